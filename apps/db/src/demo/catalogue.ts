/** What the organisations of the demo town charge for. Prices are text in the main unit; each has its order. */
export interface DemoService {
  code: string;
  name: string;
  unit: string;
  group: 'HOUSING' | 'UTILITY' | 'CAPITAL_REPAIR' | 'OTHER' | 'PENALTY';
  resource?: 'COLD_WATER' | 'HOT_WATER' | 'ELECTRICITY';
  zone?: 'SINGLE' | 'DAY' | 'NIGHT';
  supplier: string;
  /** Price from the beginning, and from the 1 July of the year in which the history ends (both with the order's name). */
  price?: readonly [string, string];
  /** Norms by kind, in the service's unit. */
  norms?: Readonly<Partial<Record<'PERSON' | 'COMMON_AREA', string>>>;
  /** What it costs above so much a person and month, from that July. */
  steps?: readonly (readonly [above: string, price: string])[];
  /** Firms pay the plain price, and its tax on top. */
  firmsPayTax?: true;
}

export interface DemoSupplier {
  key: string;
  name: string;
  taxId: string;
  /** Who is paid; itself where left out. */
  recipient?: string;
  bank: { name: string; bic: string; account: string; correspondent: string; kpp?: string };
}

export interface DemoOrganization {
  slug: string;
  name: string;
  shortName: string;
  kind: 'MANAGEMENT' | 'SUPPLIER';
  country: 'RU' | 'KZ';
  currency: 'RUB' | 'KZT';
  timeZone: string;
  taxId: string;
  city: string;
  streets: readonly [string, ...string[]];
  accountPrefix: string;
  /** Per cent of the town's accounts. */
  share: number;
  contacts: { phone: string; dispatcherPhone: string; address: string; email: string; site: string };
  suppliers: readonly DemoSupplier[];
  services: readonly DemoService[];
}

const BANK = { name: 'АО «Приречный банк»', bic: '044525225', correspondent: '30101810400000000225' };
const account = (tail: string): string => `407028101382501${tail}`;

const RECIPIENT = 'centre';
const supplyCompanies: readonly DemoSupplier[] = [
  {
    key: RECIPIENT,
    name: 'МУП «Расчётный центр Приреченска»',
    taxId: '7707083893',
    bank: { ...BANK, account: account('23017'), kpp: '773601001' },
  },
  {
    key: 'water',
    name: 'МУП «Приречводоканал»',
    taxId: '1655000106',
    recipient: RECIPIENT,
    bank: { ...BANK, account: account('23025') },
  },
  {
    key: 'heat',
    name: 'АО «Приречтеплосеть»',
    taxId: '1655000201',
    recipient: RECIPIENT,
    bank: { ...BANK, account: account('23033') },
  },
  {
    key: 'power',
    name: 'АО «Приречэнергосбыт»',
    taxId: '1655000307',
    recipient: RECIPIENT,
    bank: { ...BANK, account: account('23041') },
  },
  {
    key: 'fund',
    name: 'Фонд капитального ремонта',
    taxId: '1655000402',
    bank: { ...BANK, account: account('23059') },
  },
  {
    key: 'waste',
    name: 'ООО «Региональный оператор»',
    taxId: '1655000508',
    bank: { ...BANK, account: account('23067') },
  },
];

/** What debts cost; nobody takes it, the closing adds its lines. */
const penalties: DemoService = { code: 'PENALTY', name: 'Пени', unit: '', group: 'PENALTY', supplier: 'own' };

const russianServices: readonly DemoService[] = [
  {
    code: 'MAINT',
    name: 'Содержание жилого помещения',
    unit: 'м²',
    group: 'HOUSING',
    supplier: 'own',
    price: ['31.77', '34.02'],
  },
  {
    code: 'CAPREP',
    name: 'Капитальный ремонт',
    unit: 'м²',
    group: 'CAPITAL_REPAIR',
    supplier: 'fund',
    price: ['14.85', '16.20'],
  },
  {
    code: 'HEATING',
    name: 'Отопление',
    unit: 'м²',
    group: 'UTILITY',
    supplier: 'heat',
    price: ['38.94', '42.11'],
  },
  {
    code: 'COLD_WATER',
    name: 'Холодная вода',
    unit: 'м³',
    group: 'UTILITY',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    supplier: 'water',
    price: ['43.27', '48.11'],
    norms: { PERSON: '4.56' },
  },
  {
    code: 'HOT_WATER',
    name: 'Горячая вода',
    unit: 'м³',
    group: 'UTILITY',
    resource: 'HOT_WATER',
    zone: 'SINGLE',
    supplier: 'heat',
    price: ['211.36', '233.55'],
    norms: { PERSON: '3.02' },
  },
  {
    code: 'SEWERAGE',
    name: 'Водоотведение',
    unit: 'м³',
    group: 'UTILITY',
    supplier: 'water',
    price: ['32.18', '36.05'],
  },
  {
    code: 'ELECTRICITY',
    name: 'Электроснабжение',
    unit: 'кВт·ч',
    group: 'UTILITY',
    resource: 'ELECTRICITY',
    zone: 'SINGLE',
    supplier: 'power',
    price: ['5.43', '6.11'],
    norms: { PERSON: '92' },
  },
  {
    code: 'ELECTRICITY_DAY',
    name: 'Электроснабжение, день',
    unit: 'кВт·ч',
    group: 'UTILITY',
    resource: 'ELECTRICITY',
    zone: 'DAY',
    supplier: 'power',
    price: ['6.24', '7.03'],
    norms: { PERSON: '62' },
  },
  {
    code: 'ELECTRICITY_NIGHT',
    name: 'Электроснабжение, ночь',
    unit: 'кВт·ч',
    group: 'UTILITY',
    resource: 'ELECTRICITY',
    zone: 'NIGHT',
    supplier: 'power',
    price: ['2.49', '2.81'],
    norms: { PERSON: '30' },
  },
  {
    code: 'COLD_WATER_COMMON',
    name: 'Холодная вода на содержание общего имущества',
    unit: 'м³',
    group: 'HOUSING',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    supplier: 'own',
    price: ['43.27', '48.11'],
    norms: { COMMON_AREA: '0.03' },
  },
  {
    code: 'ELECTRICITY_COMMON',
    name: 'Электроэнергия на содержание общего имущества',
    unit: 'кВт·ч',
    group: 'HOUSING',
    resource: 'ELECTRICITY',
    zone: 'SINGLE',
    supplier: 'own',
    price: ['5.43', '6.11'],
    norms: { COMMON_AREA: '1.4' },
  },
  {
    code: 'WASTE',
    name: 'Обращение с ТКО',
    unit: 'чел.',
    group: 'UTILITY',
    supplier: 'waste',
    price: ['128.94', '139.20'],
  },
  {
    code: 'INTERCOM',
    name: 'Домофон',
    unit: 'квартира',
    group: 'OTHER',
    supplier: 'own',
    price: ['62.00', '68.00'],
  },
  penalties,
];

function managementCompany(given: {
  slug: string;
  name: string;
  shortName: string;
  taxId: string;
  accountPrefix: string;
  share: number;
  streets: readonly [string, ...string[]];
  phone: string;
  tail: string;
}): DemoOrganization {
  const { tail, phone, ...rest } = given;
  return {
    ...rest,
    kind: 'MANAGEMENT',
    country: 'RU',
    currency: 'RUB',
    timeZone: 'Europe/Moscow',
    city: 'Приреченск',
    contacts: {
      phone,
      dispatcherPhone: phone.replace(/\d\d$/, '12'),
      address: '420054, Приреченск, ул. Заводская, 8',
      email: `office@${given.slug}.example`,
      site: `https://${given.slug}.example`,
    },
    suppliers: [
      {
        key: 'own',
        name: given.name,
        taxId: given.taxId,
        recipient: RECIPIENT,
        bank: { ...BANK, account: account(tail) },
      },
      ...supplyCompanies,
    ],
    services: russianServices,
  };
}

const waterUtility: DemoOrganization = {
  slug: 'tasbulak-su',
  name: 'ГКП на ПХВ «Тасбулак Су»',
  shortName: 'Тасбулак Су',
  kind: 'SUPPLIER',
  country: 'KZ',
  currency: 'KZT',
  timeZone: 'Asia/Almaty',
  taxId: '971240001315',
  city: 'Тасбулак',
  streets: ['Абая', 'Достык', 'Жибек Жолы', 'Сатпаева'],
  accountPrefix: '0400',
  share: 25,
  contacts: {
    phone: '+77212500100',
    dispatcherPhone: '+77212500112',
    address: '100000, Тасбулак, ул. Абая, 15',
    email: 'abonent@tasbulak-su.example',
    site: 'https://tasbulak-su.example',
  },
  suppliers: [
    {
      key: 'own',
      name: 'ГКП на ПХВ «Тасбулак Су»',
      taxId: '971240001315',
      bank: { name: 'АО «Дала Банк»', bic: 'DALAKZKA', account: 'KZ86125KZT5004100100', correspondent: '' },
    },
  ],
  services: [
    {
      code: 'COLD_WATER',
      name: 'Водоснабжение',
      unit: 'м³',
      group: 'UTILITY',
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      supplier: 'own',
      price: ['118.40', '135.50'],
      norms: { PERSON: '4.2' },
      // × 1.2, × 1.5 and × 2
      steps: [
        ['3', '162.60'],
        ['5', '203.25'],
        ['10', '271.00'],
      ],
      firmsPayTax: true,
    },
    {
      code: 'SEWERAGE',
      name: 'Водоотведение',
      unit: 'м³',
      group: 'UTILITY',
      supplier: 'own',
      price: ['74.15', '82.90'],
    },
    {
      code: 'SERVICE_FEE',
      name: 'Обслуживание прибора учёта',
      unit: 'прибор',
      group: 'OTHER',
      supplier: 'own',
      price: ['190.00', '210.00'],
    },
    penalties,
  ],
};

/** The settlement centre's two management companies, and the Kazakh water utility. */
export const DEMO_PORTALS: readonly {
  slug: string;
  name: string;
  country: 'RU' | 'KZ';
  organizations: readonly DemoOrganization[];
}[] = [
  {
    slug: 'prirechensk',
    name: 'Расчётный центр Приреченска',
    country: 'RU',
    organizations: [
      managementCompany({
        slug: 'zarechny',
        name: 'ООО «УК „Заречный квартал“»',
        shortName: 'Заречный квартал',
        taxId: '1655123456',
        accountPrefix: '0401',
        share: 50,
        streets: ['Садовая', 'Речная', 'Спортивная', 'Заречная'],
        phone: '+78432000101',
        tail: '23074',
      }),
      managementCompany({
        slug: 'stary-gorod',
        name: 'ООО «УК „Старый город“»',
        shortName: 'Старый город',
        taxId: '1655654321',
        accountPrefix: '0402',
        share: 25,
        streets: ['Пушкина', 'Мельничная', 'Соборная', 'Купеческая'],
        phone: '+78432000201',
        tail: '23082',
      }),
    ],
  },
  { slug: 'tasbulak', name: 'Тасбулак Су', country: 'KZ', organizations: [waterUtility] },
];
