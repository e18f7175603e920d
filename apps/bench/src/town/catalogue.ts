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

type Named = readonly [code: string, name: string, unit: string];
type Sold = Pick<BenchService, 'supplier' | 'price'>;

/** A service without a meter. */
const plain = (
  [code, name, unit]: Named,
  how: Pick<BenchService, 'group' | 'method'>,
  sold: Sold,
): BenchService => ({ code, name, unit, resource: null, zone: null, ...how, ...sold });

/** A service by meter, with the norm of a person for whoever sends no reading. */
const metered = (
  [code, name, unit]: Named,
  what: Pick<BenchService, 'resource' | 'zone'>,
  { norm, ...sold }: Sold & { norm: number },
): BenchService => ({
  ...{ code, name, unit, group: 'UTILITY', method: 'METER', norm: { kind: 'PERSON', value: norm } },
  ...what,
  ...sold,
});

const COLD_WATER = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;

/** Ten services of the methods that a panel house has; `--services N` takes the first N. */
export const SERVICES: readonly BenchService[] = [
  plain(
    ['MAINT', 'Содержание жилого помещения', 'м²'],
    { group: 'HOUSING', method: 'AREA' },
    { supplier: 1, price: 34_020_000 },
  ),
  plain(
    ['CAPREP', 'Капитальный ремонт', 'м²'],
    { group: 'CAPITAL_REPAIR', method: 'AREA' },
    { supplier: 2, price: 16_200_000 },
  ),
  plain(
    ['HEATING', 'Отопление', 'м²'],
    { group: 'UTILITY', method: 'AREA' },
    { supplier: 3, price: 42_110_000 },
  ),
  metered(['COLD_WATER', 'Холодная вода', 'м³'], COLD_WATER, {
    supplier: 4,
    price: 48_110_000,
    norm: 456_000_000,
  }),
  metered(
    ['HOT_WATER', 'Горячая вода', 'м³'],
    { resource: 'HOT_WATER', zone: 'SINGLE' },
    { supplier: 3, price: 233_550_000, norm: 302_000_000 },
  ),
  metered(
    ['ELECTRICITY_DAY', 'Электроснабжение, день', 'кВт·ч'],
    { resource: 'ELECTRICITY', zone: 'DAY' },
    { supplier: 1, price: 7_030_000, norm: 6_200_000_000 },
  ),
  metered(
    ['ELECTRICITY_NIGHT', 'Электроснабжение, ночь', 'кВт·ч'],
    { resource: 'ELECTRICITY', zone: 'NIGHT' },
    { supplier: 1, price: 2_810_000, norm: 3_000_000_000 },
  ),
  plain(
    ['SEWERAGE', 'Водоотведение', 'м³'],
    { group: 'UTILITY', method: 'SUM_OF_WATER' },
    { supplier: 4, price: 36_050_000 },
  ),
  {
    ...plain(
      ['COLD_WATER_COMMON', 'Холодная вода на общее имущество', 'м³'],
      { group: 'HOUSING', method: 'COMMON_AREA' },
      { supplier: 1, price: 48_110_000 },
    ),
    ...COLD_WATER,
    norm: { kind: 'COMMON_AREA', value: 3_000_000 },
  },
  plain(
    ['INTERCOM', 'Домофон', 'квартира'],
    { group: 'OTHER', method: 'FIXED' },
    { supplier: 1, price: 68_000_000 },
  ),
];
