import type { EnumValue } from './enums';
import type { Locale } from './locale';

/** What an explanation of a charge says around its numbers. */
export interface ExplainingWords {
  /** One sentence for each way to charge, as one would tell a neighbour. */
  methods: Readonly<Record<EnumValue<'Method'>, string>>;
  nothing: string;
  numbers: string;
  price: string;
  rounding: string;
  roundingHow: string;
  sum: string;
  additions: string;
  movements: string;
  law: string;
  lots: string;
  debt: string;
  accrued: string;
  meter: string;
  /** Of a document: `{day}` is its first. */
  since: string;
  /** Of a paper or a fact: `{day}` is when it was entered. */
  entered: string;
  share: string;
}

const RU: ExplainingWords = {
  methods: {
    AREA: 'Площадь умножаем на тариф за квадратный метр.',
    PERSON_FEE: 'Число проживающих умножаем на тариф за человека.',
    NORM_PERSON:
      'Счётчика нет, поэтому считаем по нормативу: сколько положено на человека, на число проживающих и на тариф.',
    METER: 'Сколько прибавилось на счётчике с прошлого раза, умножаем на тариф.',
    SUM_OF_WATER: 'В канализацию ушла вся вода, холодная и горячая: её объём умножаем на тариф.',
    FIXED: 'Это постоянная сумма за месяц, она не зависит от расхода.',
    COMMON_AREA: 'Общий расход дома делим на всех по площади: ваша доля умножена на тариф.',
    HEATING_NORM: 'Отапливаемую площадь умножаем на норматив тепла и на тариф.',
    HEATING_HOUSE_METER: 'Тепло по счётчику дома делим на всех по площади: ваша доля умножена на тариф.',
    PENALTY: 'Пени за каждый день просрочки: долг умножаем на долю ключевой ставки.',
    ESTIMATE_AVERAGE:
      'Показаний за месяц нет, поэтому взяли ваш средний расход за прошлые месяцы и умножили на тариф.',
    ESTIMATE_NORM:
      'Показаний нет слишком долго, поэтому взяли норматив: на человека, на число проживающих и на тариф.',
    ACT: 'Объём установлен актом: умножаем его на тариф.',
    HELD: 'Начисление отложено до решения сотрудника: эту сумму посчитаем в следующем месяце.',
  },
  nothing: 'В этом месяце по услуге ничего не начислено.',
  numbers: 'Откуда числа',
  price: 'Тариф',
  rounding: 'Округление',
  roundingHow: 'До копейки, один раз, в самом конце',
  sum: 'Вместе',
  additions: 'Что ещё изменило сумму',
  movements: 'Оплаты и корректировки месяца',
  law: 'По какому правилу: {law}',
  lots: 'Долги, за которые начислены пени',
  debt: 'Долг {sum}, срок был {day}',
  accrued: 'из них начислено раньше {sum}',
  meter: 'счётчик № {serial}',
  since: 'действует с {day}',
  entered: 'внесено {day}',
  share: 'Ваша доля',
};

const KK: ExplainingWords = {
  methods: {
    AREA: 'Ауданды шаршы метрдің тарифіне көбейтеміз.',
    PERSON_FEE: 'Тұратындар санын бір адамға арналған тарифке көбейтеміз.',
    NORM_PERSON:
      'Есептегіш жоқ, сондықтан норматив бойынша есептейміз: адам басына тиесілі мөлшерді тұратындар саны мен тарифке көбейтеміз.',
    METER: 'Есептегіште өткен жолдан бері қосылғанды тарифке көбейтеміз.',
    SUM_OF_WATER: 'Кәрізге барлық су кетті, суық та, ыстық та: оның көлемін тарифке көбейтеміз.',
    FIXED: 'Бұл айлық тұрақты сома, ол шығынға байланысты емес.',
    COMMON_AREA: 'Үйдің ортақ шығынын аудан бойынша бәріне бөлеміз: сіздің үлесіңіз тарифке көбейтілді.',
    HEATING_NORM: 'Жылытылатын ауданды жылу нормативі мен тарифке көбейтеміз.',
    HEATING_HOUSE_METER:
      'Үй есептегіші бойынша жылуды аудан бойынша бәріне бөлеміз: сіздің үлесіңіз тарифке көбейтілді.',
    PENALTY: 'Мерзімі өткен әр күн үшін өсімпұл: қарызды базалық мөлшерлеменің үлесіне көбейтеміз.',
    ESTIMATE_AVERAGE:
      'Ай бойынша көрсеткіш жоқ, сондықтан өткен айлардағы орташа шығыныңызды алып, тарифке көбейттік.',
    ESTIMATE_NORM:
      'Көрсеткіш тым ұзақ болмады, сондықтан нормативті алдық: адам басына, тұратындар саны мен тарифке көбейттік.',
    ACT: 'Көлем актімен белгіленген: оны тарифке көбейтеміз.',
    HELD: 'Есептеу қызметкердің шешіміне дейін кейінге қалдырылды: бұл соманы келесі айда есептейміз.',
  },
  nothing: 'Бұл айда қызмет бойынша ештеңе есептелмеді.',
  numbers: 'Сандар қайдан алынды',
  price: 'Тариф',
  rounding: 'Дөңгелектеу',
  roundingHow: 'Тиынға дейін, бір рет, ең соңында',
  sum: 'Барлығы',
  additions: 'Соманы тағы не өзгертті',
  movements: 'Айдың төлемдері мен түзетулері',
  law: 'Қандай ереже бойынша: {law}',
  lots: 'Өсімпұл есептелген қарыздар',
  debt: 'Қарыз {sum}, мерзімі {day} болған',
  accrued: 'оның ішінде бұрын есептелгені {sum}',
  meter: '№ {serial} есептегіш',
  since: '{day} бастап қолданылады',
  entered: '{day} енгізілген',
  share: 'Сіздің үлесіңіз',
};

const EN: ExplainingWords = {
  methods: {
    AREA: 'The area times the price of a square metre.',
    PERSON_FEE: 'The number of residents times the price for one.',
    NORM_PERSON:
      'There is no meter, so the norm counts: so much for each person, times residents, times the price.',
    METER: 'What the meter has counted since last time, times the price.',
    SUM_OF_WATER: 'All water went down the drain, cold and hot: its volume times the price.',
    FIXED: 'A fixed sum for the month, whatever was used.',
    COMMON_AREA: 'What the house used in common is shared by area: your share times the price.',
    HEATING_NORM: 'The heated area times the norm of heat, times the price.',
    HEATING_HOUSE_METER: 'Heat by the meter of the house is shared by area: your share times the price.',
    PENALTY: 'For each day that a debt is late: the debt times a part of the key rate.',
    ESTIMATE_AVERAGE:
      'There is no reading for the month, so your average of earlier months was taken, times the price.',
    ESTIMATE_NORM:
      'There was no reading for too long, so the norm was taken: per person, times residents, times the price.',
    ACT: 'The volume was set by an act: times the price.',
    HELD: 'The charge waits for a decision of the staff: it is counted in the next month.',
  },
  nothing: 'Nothing was charged for this service this month.',
  numbers: 'Where the numbers come from',
  price: 'Price',
  rounding: 'Rounding',
  roundingHow: 'To the kopek, once, at the very end',
  sum: 'Together',
  additions: 'What else changed the sum',
  movements: 'Payments and corrections of the month',
  law: 'By which rule: {law}',
  lots: 'Debts that the penalty is for',
  debt: 'A debt of {sum}, due on {day}',
  accrued: 'of that charged before: {sum}',
  meter: 'meter No. {serial}',
  since: 'valid from {day}',
  entered: 'entered on {day}',
  share: 'Your share',
};

const WORDS: Readonly<Record<Locale, ExplainingWords>> = { ru: RU, kk: KK, en: EN };

export const explainingWords = (locale: Locale): ExplainingWords => WORDS[locale];

/** Puts values into `{name}`. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The law behind a rule, as the domain writes it («PP 354, p. 42, formula 1»), in Russian terms; it is Russian law. */
export function lawText(law: string): string {
  return law
    .replace(/\bPP /g, 'ПП РФ № ')
    .replace(/\bof (\d{4})/g, '($1)')
    .replace(/\bpart ([IVX]+)/g, 'раздел $1')
    .replace(/\bpart (\d)/g, 'ч. $1')
    .replace(/\bannex /g, 'приложение ')
    .replace(/\bformula /g, 'формула ')
    .replace(/\bp\. /g, 'п. ')
    .replace(/ЖК РФ (\d)/g, 'ЖК РФ, ст. $1');
}
