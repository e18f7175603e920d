/** The fixed words of a bill. A non-breaking space keeps a number with its unit. */
export const WORDS = {
  title: 'Счёт на оплату за жилое помещение и коммунальные услуги',
  due: 'К оплате: ',
  payBy: 'Оплатить не позднее: ',
  payer: 'Плательщик',
  executor: 'Исполнитель услуг',
  recipients: 'Получатели платежа',
  scan: 'Наведите камеру приложения банка на код получателя: реквизиты и сумма подставятся сами.',
  services: 'Расчёт размера платы',
  meters: 'Показания приборов учёта',
  noMeters: 'Приборов учёта нет',
  house: 'Дом: общие приборы, объёмы и нормативы',
  remarks: 'Перерасчёты, неустойки, рассрочка',
  total: 'Итого',
  /** What does not apply. */
  none: '—',
  unknownArea: 'не указана',
  unknownCount: 'не указано',
  equation: {
    debt: 'Долг на начало месяца',
    credit: 'Переплата на начало',
    even: 'На начало месяца',
    paid: 'Оплачено',
    charged: 'Начислено',
    corrected: 'Перерасчёты, льготы',
    closing: 'Остаток на конец',
  },
  facts: {
    account: 'Лицевой счёт',
    els: 'Единый лицевой счёт',
    holder: 'Собственник (наниматель)',
    address: 'Адрес',
    totalArea: 'Общая площадь',
    livingArea: 'Жилая площадь',
    heatedArea: 'Отапливаемая площадь',
    houseArea: 'Площадь дома',
    commonArea: 'Общее имущество дома',
    residents: 'Проживает',
    organization: 'Организация',
    phone: 'Телефон',
    dispatcher: 'Диспетчерская',
    email: 'Электронная почта',
    site: 'Сайт',
    hours: 'Часы работы',
  },
  table: {
    number: '№',
    name: 'Услуга',
    unit: 'Ед.',
    quantity: 'Объём',
    price: 'Тариф',
    opening: 'Долг (+), переплата (−)',
    paid: 'Оплачено',
    charged: 'Начислено',
    recalculated: 'Перерасчёт',
    underdelivered: 'Недопоставка',
    days: 'дней',
    benefit: 'Льгота',
    socialNorm: 'В пределах соц. норматива',
    due: 'К оплате',
  },
  groups: {
    HOUSING: 'Жилищные услуги',
    UTILITY: 'Коммунальные услуги',
    CAPITAL_REPAIR: 'Капитальный ремонт',
    OTHER: 'Прочие услуги',
    PENALTY: 'Пени',
  },
  readings: {
    meter: 'Прибор',
    serial: '№',
    previous: 'Предыдущее',
    current: 'Текущее',
    used: 'Расход',
    takenOn: 'Снято',
    verifiedUntil: 'Поверка до',
  },
  shares: {
    service: 'Объёмы дома',
    houseMeter: 'Общий прибор',
    individual: 'В помещениях',
    distributed: 'На общее имущество',
  },
  norms: {
    title: 'Нормативы: ',
    PERSON: 'на человека',
    AREA: 'на м² помещения',
    COMMON_AREA: 'на м² общего имущества',
    HEAT_IN_WATER: 'на м³ горячей воды',
    HEATING_MONTHS: 'месяцев отопления в году',
  },
} as const;

/** What stands in the short sections of the official form. */
export const REMARKS = {
  current: 'текущий',
  debtOnly: 'долговой',
  noCorrections: 'Перерасчётов нет.',
  grounds: {
    RUB: 'за просрочку оплаты, часть 14 статьи 155 Жилищного кодекса РФ',
    KZT: 'за просрочку оплаты, по договору',
  },
  noPenalties: 'Неустойки (пени) и судебные расходы не начислены.',
  noCosts: 'Судебные расходы не начислены.',
  noInstalments: 'Рассрочка не предоставлена.',
} as const;

interface Numbered {
  number: string;
  month: string;
  kind: string;
  issuedOn: string;
  validUntil: string;
}
export const numbered = ({ number, month, kind, issuedOn, validUntil }: Numbered): string =>
  `№ ${number} за ${month}, ${kind}, выписан ${issuedOn}, действителен до ${validUntil}`;

/** What stands on a bill of a month that is not closed. */
export const DRAFT = {
  title: 'Предварительный расчёт',
  due: 'Было бы к оплате: ',
  payBy: 'Срок оплаты: ',
} as const;
export const draftNumbered = (month: string, kind: string): string =>
  `Счёт за ${month}, ${kind}. Месяц не закрыт: суммы могут измениться. Для оплаты не служит.`;
export const draftSheetOf = (number: string, page: number, pages: number): string =>
  `Предварительный расчёт, лицевой счёт ${number}, лист ${page} из ${pages}`;
export const wouldPay = (total: string): string => `Итого было бы к оплате: ${total}`;

/** What of a service's volume is the house's. */
export const sharedVolume = (volume: string): string => `в том числе на общее имущество ${volume}`;

/** What of a service's charge is tax, and what a raised norm adds. */
export const taxed = (amount: string): string => `в том числе НДС ${amount}`;
export const raised = (amount: string): string => `в том числе по повышающему коэффициенту ${amount}`;

export const counted = (until: string, lastPaidOn: string | null): string =>
  `Учтены оплаты, поступившие до ${until}${lastPaidOn === null ? '' : `, последняя ${lastPaidOn}`}.`;

export const remainder = (closing: string): string => `Остаток на конец месяца: ${closing}. `;
export const NETTED = 'Переплата по одним услугам зачтена в счёт других. ';
export const toPay = (total: string): string => `Итого к оплате: ${total}`;
export const dueTo = (amount: string): string => `К оплате ${amount}`;
/** What stands behind the number of a bill whose month was closed again. */
export const replacing = (number: string): string => `, взамен № ${number}`;

export const sheetOf = (number: string, page: number, pages: number): string =>
  `Счёт № ${number}, лист ${page} из ${pages}`;

/** How a country calls what banks and tax offices ask for. */
export const REQUISITES = {
  RUB: { taxId: 'ИНН', account: 'р/с', bic: 'БИК', kpp: 'КПП', correspondent: 'к/с' },
  KZT: { taxId: 'БИН', account: 'ИИК', bic: 'БИК', kpp: 'КПП', correspondent: 'к/с' },
} as const;

export const houseTitle = (address: string, month: string): string => `Квитанции за ${month}: ${address}`;
