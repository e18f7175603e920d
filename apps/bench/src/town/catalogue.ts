/** A service of the benchmark's organisation. Prices in millionths, norms in hundred-millionths. */
export interface BenchService {
  code: string;
  name: string;
  unit: string;
  group: 'HOUSING' | 'UTILITY' | 'CAPITAL_REPAIR' | 'OTHER';
  method: 'AREA' | 'METER' | 'SUM_OF_WATER' | 'COMMON_AREA' | 'FIXED';
  resource: 'COLD_WATER' | 'HOT_WATER' | 'ELECTRICITY' | null;
  zone: 'SINGLE' | 'DAY' | 'NIGHT' | null;
  supplier: 1 | 2 | 3 | 4;
  price: number;
  norm?: { kind: 'PERSON' | 'COMMON_AREA'; value: number };
}

const flat = { resource: null, zone: null };
const metered = (
  resource: BenchService['resource'],
  zone: BenchService['zone'],
): Pick<BenchService, 'resource' | 'zone' | 'method' | 'group'> => ({
  resource,
  zone,
  method: 'METER',
  group: 'UTILITY',
});

/** Ten services of the methods that a panel house has; `--services N` takes the first N. */
export const SERVICES: readonly BenchService[] = [
  {
    ...flat,
    code: 'MAINT',
    name: 'Содержание жилого помещения',
    unit: 'м²',
    group: 'HOUSING',
    method: 'AREA',
    supplier: 1,
    price: 34_020_000,
  },
  {
    ...flat,
    code: 'CAPREP',
    name: 'Капитальный ремонт',
    unit: 'м²',
    group: 'CAPITAL_REPAIR',
    method: 'AREA',
    supplier: 2,
    price: 16_200_000,
  },
  {
    ...flat,
    code: 'HEATING',
    name: 'Отопление',
    unit: 'м²',
    group: 'UTILITY',
    method: 'AREA',
    supplier: 3,
    price: 42_110_000,
  },
  {
    ...metered('COLD_WATER', 'SINGLE'),
    code: 'COLD_WATER',
    name: 'Холодная вода',
    unit: 'м³',
    supplier: 4,
    price: 48_110_000,
    norm: { kind: 'PERSON', value: 456_000_000 },
  },
  {
    ...metered('HOT_WATER', 'SINGLE'),
    code: 'HOT_WATER',
    name: 'Горячая вода',
    unit: 'м³',
    supplier: 3,
    price: 233_550_000,
    norm: { kind: 'PERSON', value: 302_000_000 },
  },
  {
    ...metered('ELECTRICITY', 'DAY'),
    code: 'ELECTRICITY_DAY',
    name: 'Электроснабжение, день',
    unit: 'кВт·ч',
    supplier: 1,
    price: 7_030_000,
    norm: { kind: 'PERSON', value: 6_200_000_000 },
  },
  {
    ...metered('ELECTRICITY', 'NIGHT'),
    code: 'ELECTRICITY_NIGHT',
    name: 'Электроснабжение, ночь',
    unit: 'кВт·ч',
    supplier: 1,
    price: 2_810_000,
    norm: { kind: 'PERSON', value: 3_000_000_000 },
  },
  {
    ...flat,
    code: 'SEWERAGE',
    name: 'Водоотведение',
    unit: 'м³',
    group: 'UTILITY',
    method: 'SUM_OF_WATER',
    supplier: 4,
    price: 36_050_000,
  },
  {
    code: 'COLD_WATER_COMMON',
    name: 'Холодная вода на общее имущество',
    unit: 'м³',
    group: 'HOUSING',
    method: 'COMMON_AREA',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    supplier: 1,
    price: 48_110_000,
    norm: { kind: 'COMMON_AREA', value: 3_000_000 },
  },
  {
    ...flat,
    code: 'INTERCOM',
    name: 'Домофон',
    unit: 'квартира',
    group: 'OTHER',
    method: 'FIXED',
    supplier: 1,
    price: 68_000_000,
  },
];
