import { CATALOGUE_LABELS } from './enums.catalogue';
import { EXPLAINING_LABELS } from './enums.explaining';
import type { Locale } from './locale';

type Labels<K extends string> = Readonly<Record<K, readonly [ru: string, kk: string, en: string]>>;
const labels = <const K extends string>(table: Labels<K>): Labels<K> => table;
const COLUMN: Readonly<Record<Locale, 0 | 1 | 2>> = { ru: 0, kk: 1, en: 2 };

/** Every enum of the contract in words. A value that is added to the contract and not here fails enums.spec.ts. */
export const ENUM_LABELS = {
  ...CATALOGUE_LABELS,
  ...EXPLAINING_LABELS,
  Country: labels({
    RU: ['Россия', 'Ресей', 'Russia'],
    KZ: ['Казахстан', 'Қазақстан', 'Kazakhstan'],
  }),
  Currency: labels({
    RUB: ['рубль', 'рубль', 'rouble'],
    KZT: ['тенге', 'теңге', 'tenge'],
  }),
  PersonKind: labels({
    RESIDENT: ['Житель', 'Тұрғын', 'Resident'],
    LEGAL: ['Юридическое лицо', 'Заңды тұлға', 'Legal entity'],
    STAFF: ['Сотрудник', 'Қызметкер', 'Staff'],
  }),
  Resource: labels({
    COLD_WATER: ['Холодная вода', 'Суық су', 'Cold water'],
    HOT_WATER: ['Горячая вода', 'Ыстық су', 'Hot water'],
    ELECTRICITY: ['Электричество', 'Электр энергиясы', 'Electricity'],
    HEAT: ['Отопление', 'Жылу', 'Heating'],
    GAS: ['Газ', 'Газ', 'Gas'],
  }),
  Zone: labels({
    SINGLE: ['Общий', 'Бірыңғай', 'Single'],
    DAY: ['День', 'Күндіз', 'Day'],
    NIGHT: ['Ночь', 'Түн', 'Night'],
    PEAK: ['Пик', 'Шың', 'Peak'],
    HALF_PEAK: ['Полупик', 'Жартылай шың', 'Half-peak'],
  }),
  PeriodState: labels({
    OPEN: ['Открыт', 'Ашық', 'Open'],
    CLOSING: ['Закрывается', 'Жабылуда', 'Closing'],
    CLOSED: ['Закрыт', 'Жабық', 'Closed'],
  }),
  ClosingState: labels({
    COMPUTING: ['Считается', 'Есептелуде', 'Computing'],
    READY: ['Готово к проверке', 'Тексеруге дайын', 'Ready for review'],
    FAILED: ['Остановилось на ошибке', 'Қатеден тоқтады', 'Stopped by an error'],
    DISCARDED: ['Отменено', 'Бас тартылды', 'Discarded'],
    COMMITTED: ['Закрыто', 'Жабылды', 'Committed'],
  }),
  ReadingSource: labels({
    SITE: ['Сайт', 'Сайт', 'Website'],
    MOBILE: ['Мобильное приложение', 'Мобильді қосымша', 'Mobile app'],
    PHONE: ['Телефон', 'Телефон', 'Phone'],
    OFFICE: ['Абонентский отдел', 'Абоненттік бөлім', 'Office'],
    SMS: ['СМС', 'СМС', 'SMS'],
    PAYMENT_REGISTRY: ['Реестр платежей', 'Төлемдер тізілімі', 'Payment registry'],
    IMPORT: ['Загрузка из файла', 'Файлдан жүктеу', 'File import'],
    API: ['Другая система', 'Басқа жүйе', 'Another system'],
    CONTROLLER: ['Контролёр', 'Бақылаушы', 'Inspector'],
    ASKUE: ['Автоматический съём', 'Автоматты алу', 'Automatic reading'],
    INSTALLATION: ['Установка счётчика', 'Есептегішті орнату', 'Meter installation'],
    ESTIMATE: ['Расчётное', 'Есептік', 'Estimate'],
  }),
  MeterState: labels({
    WORKING: ['Работает', 'Жұмыс істейді', 'Works'],
    BROKEN: ['Неисправен', 'Ақаулы', 'Broken'],
    LOST: ['Утрачен', 'Жоғалған', 'Lost'],
    REMOVED: ['Снят', 'Алынған', 'Taken down'],
    VERIFIED: ['Поверен', 'Тексерілген', 'Verified'],
    UNVERIFIED: [
      'Не поверен или сорвана пломба',
      'Тексерілмеген немесе пломбасы жұлынған',
      'Not verified, or its seal is broken',
    ],
    IRRIGATION: ['Для полива', 'Суаруға арналған', 'Waters a garden'],
    INDOORS: ['Больше не для полива', 'Енді суаруға емес', 'No longer waters a garden'],
  }),
  MeterFact: labels({
    METER_WORKING: ['Работает', 'Жұмыс істейді', 'Works'],
    METER_LOST: ['Утрачен', 'Жоғалған', 'Lost'],
    METER_VERIFIED: ['Поверен', 'Тексерілген', 'Verified'],
    METER_IRRIGATION: ['Для полива', 'Суаруға арналған', 'Waters a garden'],
  }),
  ReadingState: labels({
    ACCEPTED: ['Принято', 'Қабылданды', 'Accepted'],
    SUPERSEDED: ['Заменено', 'Ауыстырылды', 'Replaced'],
    DELETED: ['Удалено', 'Жойылды', 'Deleted'],
  }),
  PaymentState: labels({
    CREATED: ['Создан', 'Құрылды', 'Created'],
    PENDING: ['Ждём банк', 'Банкті күтудеміз', 'Waiting for the bank'],
    SUCCEEDED: ['Зачислен', 'Есепке алынды', 'Received'],
    FAILED: ['Отклонён банком', 'Банк қабылдамады', 'Declined by the bank'],
    EXPIRED: ['Не оплачен вовремя', 'Мерзімінде төленбеді', 'Not paid in time'],
    CANCELED: ['Отменён', 'Бас тартылды', 'Canceled'],
    REVIEW: ['Проверяем', 'Тексерудеміз', 'Under review'],
    REFUNDED: ['Возвращён', 'Қайтарылды', 'Refunded'],
    REVERSED: ['Отменён сотрудником', 'Қызметкер күшін жойды', 'Reversed by staff'],
  }),
  RequestState: labels({
    NEW: ['Новая', 'Жаңа', 'New'],
    IN_WORK: ['В работе', 'Жұмыста', 'In progress'],
    CLARIFICATION: ['На уточнении', 'Нақтылануда', 'Needs clarification'],
    DONE: ['Исполнена', 'Орындалды', 'Done'],
    CLOSED: ['Закрыта', 'Жабылды', 'Closed'],
    CANCELED: ['Отменена', 'Бас тартылды', 'Canceled'],
    REJECTED: ['Отклонена', 'Қабылданбады', 'Rejected'],
  }),
  RequestCategory: labels({
    PLUMBING: ['Сантехника', 'Сантехника', 'Plumbing'],
    ELECTRICITY: ['Электрика', 'Электр', 'Electrical'],
    HEATING: ['Отопление', 'Жылу', 'Heating'],
    LIFT: ['Лифт', 'Лифт', 'Lift'],
    ROOF: ['Кровля', 'Шатыр', 'Roof'],
    CLEANING: ['Уборка подъезда', 'Кіреберісті жинау', 'Entrance cleaning'],
    TERRITORY: ['Двор и территория', 'Аула және аумақ', 'Yard and grounds'],
    INTERCOM: ['Домофон', 'Домофон', 'Intercom'],
    WASTE: ['Вывоз мусора', 'Қоқыс шығару', 'Waste'],
    OTHER: ['Другое', 'Басқа', 'Other'],
  }),
  RequestEventKind: labels({
    CREATED: ['Заявка создана', 'Өтінім құрылды', 'Request created'],
    ASSIGNED: ['Назначен исполнитель', 'Орындаушы тағайындалды', 'Assigned'],
    STATE: ['Состояние изменено', 'Күйі өзгерді', 'State changed'],
    MESSAGE: ['Сообщение', 'Хабарлама', 'Message'],
    ATTACHED: ['Приложен файл', 'Файл тіркелді', 'File attached'],
    RATED: ['Оценка', 'Баға', 'Rating'],
  }),
  AnomalyKind: labels({
    ZERO_CHARGE: ['Нулевое начисление', 'Нөлдік есептеу', 'Zero charge'],
    TRIPLED_CHARGE: ['Начисление выросло втрое', 'Есептеу үш есе өсті', 'Charge tripled'],
    MISSING_READING: ['Нет показаний', 'Көрсеткіш жоқ', 'No reading'],
    NEGATIVE_COMMON_AREA: [
      'Отрицательный расход на общие нужды',
      'Жалпы үй шығыны теріс',
      'Negative common consumption',
    ],
    NEGATIVE_LINE: ['Отрицательная строка', 'Теріс жол', 'Negative line'],
    OVER_BOUND: ['Начисление больше предела', 'Есептеу шектен асады', 'Charge over the bound'],
  }),
  DecisionChoice: labels({
    CHARGE: ['Начислить как есть', 'Сол күйінде есептеу', 'Charge as it is'],
    HOLD: ['Отложить на следующий месяц', 'Келесі айға қалдыру', 'Hold for the next month'],
  }),
  FindingCode: labels({
    TARIFF_MISSING: ['Нет тарифа', 'Тариф жоқ', 'No tariff'],
    NORM_MISSING: ['Нет норматива', 'Норматив жоқ', 'No norm'],
    HEAT_NORM_MISSING: [
      'Нет норматива тепла в горячей воде',
      'Ыстық судағы жылу нормативі жоқ',
      'No norm of the heat in hot water',
    ],
    ACCOUNT_WITHOUT_AREA: ['У помещения нет площади', 'Үй-жайдың ауданы жоқ', 'Premises without an area'],
    HOUSE_WITHOUT_AREA: [
      'У дома нет площади общего имущества',
      'Үйдің ортақ мүлік ауданы жоқ',
      'House without an area of common premises',
    ],
    READING_AFTER_REMOVAL: [
      'Показание после снятия счётчика',
      'Есептегіш алынғаннан кейінгі көрсеткіш',
      'A reading after the meter was removed',
    ],
    NEGATIVE_CARRY: [
      'Отрицательный расход на общие нужды с прошлого месяца',
      'Өткен айдан қалған ортақ қажеттіліктің теріс шығыны',
      'Negative common consumption carried on from last month',
    ],
    HOUSE_METER_WITHOUT_READING: [
      'Нет показания общедомового счётчика',
      'Үй есептегішінің көрсеткіші жоқ',
      'A meter of the house without a reading',
    ],
    PAYMENT_UNMATCHED: ['Платёж на проверке', 'Төлем тексеруде', 'A payment under review'],
    READINGS_COVERAGE: [
      'Не все показания переданы',
      'Көрсеткіштердің бәрі берілмеген',
      'Readings are missing',
    ],
  }),
  HouseProgress: labels({
    WAITING: ['Ждёт', 'Кезекте', 'Waiting'],
    DONE: ['Посчитан', 'Есептелді', 'Done'],
    FAILED: ['Ошибка', 'Қате', 'Failed'],
  }),
  ActKind: labels({
    ABSENCE: ['Временное отсутствие', 'Уақытша болмау', 'Temporary absence'],
    INTERRUPTION: ['Перерыв в услуге', 'Қызметтегі үзіліс', 'Interruption'],
    HOT_WATER_TEMPERATURE: ['Температура горячей воды', 'Ыстық су температурасы', 'Temperature of hot water'],
    HEATING_TEMPERATURE: ['Температура в квартире', 'Пәтердегі температура', 'Temperature of rooms'],
    VOLUME: ['Объём по акту', 'Акт бойынша көлем', 'Volume by an act'],
    COEFFICIENT: ['Повышающий коэффициент', 'Арттырушы коэффициент', 'Raised norm'],
  }),
  Permission: labels({
    ACCOUNT_READ: ['Смотреть лицевые счета', 'Дербес шоттарды қарау', 'View accounts'],
    ACCOUNT_WRITE: ['Вносить акты и льготы', 'Актілер мен жеңілдіктерді енгізу', 'Enter acts and benefits'],
    READING_WRITE: ['Вносить показания', 'Көрсеткіштерді енгізу', 'Enter readings'],
    PERIOD_CLOSE: ['Закрывать месяц', 'Айды жабу', 'Close the month'],
    PERIOD_REOPEN: ['Открывать закрытый месяц снова', 'Жабылған айды қайта ашу', 'Reopen a closed month'],
    REQUEST_WORK: ['Работать с заявками', 'Өтінімдермен жұмыс', 'Work on requests'],
    KEY_MANAGE: ['Управлять ключами API', 'API кілттерін басқару', 'Manage API keys'],
    PAYMENT_READ: ['Смотреть платежи', 'Төлемдерді қарау', 'View payments'],
    PAYMENT_WRITE: ['Отменять платежи', 'Төлемдердің күшін жою', 'Reverse payments'],
    TARIFF_WRITE: ['Менять тарифы и нормы', 'Тарифтер мен нормаларды өзгерту', 'Change tariffs and norms'],
    LAW_WRITE: ['Менять законные числа', 'Заңды сандарды өзгерту', 'Change legal numbers'],
  }),
  KeyScope: labels({
    ACCOUNTS_READ: ['Читать лицевые счета', 'Дербес шоттарды оқу', 'Read accounts'],
    READINGS_WRITE: ['Передавать показания', 'Көрсеткіштерді беру', 'Submit readings'],
  }),
  PenaltyPayer: labels({
    PERSON: ['Граждане', 'Азаматтар', 'People'],
    LEGAL: ['Юридические лица', 'Заңды тұлғалар', 'Legal entities'],
  }),
  DebtGroup: labels({
    HOUSING: ['Содержание жилья', 'Тұрғын үйді ұстау', 'Housing'],
    UTILITY: ['Коммунальные услуги', 'Коммуналдық қызметтер', 'Utilities'],
    CAPITAL_REPAIR: ['Капитальный ремонт', 'Күрделі жөндеу', 'Capital repair'],
    OTHER: ['Прочие услуги', 'Басқа қызметтер', 'Other services'],
  }),
  AllocationMode: labels({
    PROPORTIONAL: ['Пропорционально долгу', 'Қарызға пропорционалды', 'In proportion'],
    FIFO: ['Сначала старый долг', 'Алдымен ескі қарыз', 'The oldest first'],
    PRIORITY: [
      'По очереди услуг, пени последними',
      'Қызметтер кезегімен, өсімпұл соңында',
      'In order, penalties last',
    ],
  }),
  TotalMode: labels({
    PER_RECIPIENT: ['По каждому получателю отдельно', 'Әр алушы бойынша бөлек', 'Per recipient'],
    NETTED: ['С зачётом переплат', 'Артық төлемді есепке алып', 'Netted'],
    SUM_OF_ROWS: ['Сумма строк', 'Жолдар қосындысы', 'Sum of rows'],
    NETTED_PER_SUPPLIER: [
      'С зачётом внутри поставщика',
      'Жеткізуші ішінде есепке алып',
      'Netted per supplier',
    ],
  }),
  Method: labels({
    AREA: ['По площади', 'Аудан бойынша', 'By area'],
    PERSON_FEE: ['По числу проживающих', 'Тұратындар саны бойынша', 'By residents'],
    NORM_PERSON: ['По нормативу на человека', 'Адам басына норматив бойынша', 'By norm per person'],
    METER: ['По счётчику', 'Есептегіш бойынша', 'By meter'],
    SUM_OF_WATER: ['По сумме воды', 'Су қосындысы бойынша', 'By total water'],
    FIXED: ['Фиксированная сумма', 'Тұрақты сома', 'Fixed amount'],
    COMMON_AREA: ['На общедомовые нужды', 'Жалпы үй қажеттілігіне', 'Common-area use'],
    HEATING_NORM: ['По нормативу отопления', 'Жылыту нормативі бойынша', 'By heating norm'],
    HEATING_HOUSE_METER: [
      'По счётчику тепла дома',
      'Үйдің жылу есептегіші бойынша',
      'By the house heat meter',
    ],
    PENALTY: ['Пени', 'Өсімпұл', 'Penalty'],
    ESTIMATE_AVERAGE: ['По среднему расходу', 'Орташа шығын бойынша', 'By average use'],
    ESTIMATE_NORM: ['По нормативу, показаний нет', 'Норматив бойынша, көрсеткіш жоқ', 'By norm, no reading'],
    ACT: ['По акту', 'Акт бойынша', 'By an act'],
    HELD: ['Начислим в следующем месяце', 'Келесі айда есептейміз', 'Charged next month'],
  }),
  /** Not an enum of the contract (a text there), but of the database. */
  Role: labels({
    OWNER: ['Руководитель', 'Басшы', 'Owner'],
    ACCOUNTANT: ['Бухгалтер', 'Бухгалтер', 'Accountant'],
    OPERATOR: ['Оператор', 'Оператор', 'Operator'],
    DISPATCHER: ['Диспетчер', 'Диспетчер', 'Dispatcher'],
    READER: ['Наблюдатель', 'Бақылаушы', 'Reader'],
  }),
  AccountKind: labels({
    PERSON: ['Физическое лицо', 'Жеке тұлға', 'Person'],
    LEGAL: ['Юридическое лицо', 'Заңды тұлға', 'Legal entity'],
  }),
  Relation: labels({
    HOLDER: ['Владелец счёта', 'Шот иесі', 'Account holder'],
    FAMILY: ['Член семьи', 'Отбасы мүшесі', 'Family'],
    TENANT: ['Наниматель', 'Жалға алушы', 'Tenant'],
    REPRESENTATIVE: ['Представитель', 'Өкіл', 'Representative'],
  }),
} as const;

export type EnumName = keyof typeof ENUM_LABELS;
export type EnumValue<N extends EnumName> = keyof (typeof ENUM_LABELS)[N] & string;

/** A value of an enum in words: `enumText('Resource', 'COLD_WATER', 'ru')` is «Холодная вода». */
export function enumText<N extends EnumName>(name: N, value: EnumValue<N>, locale: Locale): string {
  return enumTextOf(name, value, locale);
}

/** The same for a value that only arrives as text; the text itself where it is none of ours. */
export function enumTextOf(name: EnumName, value: string, locale: Locale): string {
  const table: Readonly<Record<string, readonly [string, string, string] | undefined>> = ENUM_LABELS[name];
  return table[value]?.[COLUMN[locale]] ?? value;
}

/** Units as the books write them, in Russian, and what they are called elsewhere. */
const UNITS: Readonly<Record<string, readonly [ru: string, kk: string, en: string]>> = {
  'м³': ['м³', 'м³', 'm³'],
  'м²': ['м²', 'м²', 'm²'],
  'кВт·ч': ['кВт·ч', 'кВт·сағ', 'kWh'],
  Гкал: ['Гкал', 'Гкал', 'Gcal'],
  'чел.': ['чел.', 'адам', 'pers.'],
  квартира: ['квартира', 'пәтер', 'flat'],
  прибор: ['прибор', 'аспап', 'meter'],
};
const RESOURCE_UNITS: Readonly<Record<EnumValue<'Resource'>, string>> = {
  COLD_WATER: 'м³',
  HOT_WATER: 'м³',
  ELECTRICITY: 'кВт·ч',
  HEAT: 'Гкал',
  GAS: 'м³',
};

/** A unit of the books in a language; a unit that is none of ours stays as it is. */
export const unitText = (unit: string, locale: Locale): string => UNITS[unit]?.[COLUMN[locale]] ?? unit;

/** The unit that a resource is measured in: «м³». */
export const resourceUnit = (resource: EnumValue<'Resource'>, locale: Locale): string =>
  unitText(RESOURCE_UNITS[resource], locale);
