import { civilDate, money, month, price, quantity, ratio } from '@kvartal/domain';
import type { BillDocument, BillLine, BillReading } from './bill.document';
import { paymentCode } from './bill.qr';

const BANK = {
  name: 'АО «Приречный банк»',
  bic: '044525225',
  account: '40702810138250123017',
  correspondent: '30101810400000000225',
  kpp: '773601001',
};
const FUND = { ...BANK, account: '40604810000000000042', name: 'Филиал «Центральный» Банка ВТБ (ПАО)' };

export const aLine = (changes: Partial<BillLine>): BillLine => ({
  service: 'Содержание жилого помещения',
  unit: 'м²',
  group: 'HOUSING',
  method: 'AREA',
  quantity: quantity('54.3'),
  commonQuantity: quantity('0'),
  price: price('34.02'),
  opening: money('0.00'),
  charged: money('1847.29'),
  recalculated: money('0.00'),
  underdelivered: money('0.00'),
  benefit: money('0.00'),
  adjusted: money('0.00'),
  paid: money('0.00'),
  closing: money('1847.29'),
  vat: money('0.00'),
  excess: money('0.00'),
  ...changes,
});

const aReading = (changes: Partial<BillReading>): BillReading => ({
  resource: 'COLD_WATER',
  zone: 'SINGLE',
  serial: 'W-104417',
  previous: quantity('154.9'),
  current: quantity('160.318'),
  takenOn: civilDate('2026-10-20'),
  verifiedUntil: civilDate('2029-12-31'),
  ...changes,
});

const ORGANIZATION: BillDocument['organization'] = {
  name: 'Муниципальное унитарное предприятие «Расчётный центр Приреченска»',
  taxId: '7707083893',
  requisites: {
    address: 'Приреченск, Речная ул., 4, каб. 12',
    phone: '+79123456789',
    dispatcherPhone: '227788',
    email: 'info@priborka.example',
    site: 'priborka.example',
    hours: 'пн–пт 8:00–17:00',
  },
};

const LINES: readonly BillLine[] = [
  aLine({ opening: money('1847.29'), paid: money('1847.29') }),
  aLine({
    service: 'Холодная вода на содержание общего имущества',
    unit: 'м³',
    method: 'COMMON_AREA',
    quantity: quantity('0.118'),
    commonQuantity: quantity('0.118'),
    price: price('48.11'),
    charged: money('5.68'),
    closing: money('5.68'),
  }),
  aLine({
    service: 'Холодное водоснабжение',
    unit: 'м³',
    group: 'UTILITY',
    method: 'METER',
    quantity: quantity('5.418'),
    price: price('48.11'),
    charged: money('260.66'),
    opening: money('312.40'),
    paid: money('300.00'),
    closing: money('273.06'),
  }),
  aLine({
    service: 'Горячее водоснабжение: компонент на тепловую энергию',
    unit: 'Гкал',
    group: 'UTILITY',
    method: 'METER',
    quantity: quantity('0.21456'),
    price: price('2335.554'),
    charged: money('501.12'),
    recalculated: money('-88.17'),
    closing: money('412.95'),
  }),
  aLine({
    service: 'Водоотведение',
    unit: 'м³',
    group: 'UTILITY',
    method: 'SUM_OF_WATER',
    quantity: quantity('9.02'),
    price: price('36.05'),
    charged: money('325.17'),
    underdelivered: money('-25.00'),
    benefit: money('-60.00'),
    closing: money('240.17'),
  }),
  aLine({
    service: 'Электроснабжение, день',
    unit: 'кВт·ч',
    group: 'UTILITY',
    method: 'METER',
    quantity: quantity('61'),
    commonQuantity: quantity('3.4'),
    price: price('7.03'),
    charged: money('428.83'),
    opening: money('-519.00'),
    closing: money('-90.17'),
  }),
  aLine({
    service: 'Взнос на капитальный ремонт',
    group: 'CAPITAL_REPAIR',
    price: price('16.2'),
    charged: money('879.66'),
    closing: money('879.66'),
  }),
  aLine({
    service: 'Домофон',
    unit: 'квартира',
    group: 'OTHER',
    method: 'FIXED',
    quantity: quantity('1'),
    price: price('68'),
    charged: money('68.00'),
    closing: money('68.00'),
  }),
  aLine({
    service: 'Пени',
    unit: '',
    group: 'PENALTY',
    method: 'PENALTY',
    quantity: quantity('0'),
    price: price('0'),
    charged: money('81.67'),
    closing: money('81.67'),
  }),
];

/** What the charges were made from. */
const USED: Pick<BillDocument, 'readings' | 'houseReadings' | 'shares' | 'norms' | 'corrections'> = {
  readings: [
    aReading({}),
    aReading({
      resource: 'HOT_WATER',
      serial: 'W-104418',
      previous: quantity('88.1'),
      current: quantity('91.702'),
    }),
    aReading({
      resource: 'ELECTRICITY',
      zone: 'DAY',
      serial: '011870155',
      previous: quantity('10452'),
      current: quantity('10513'),
    }),
    aReading({ resource: 'ELECTRICITY', zone: 'NIGHT', serial: '011870155', current: null, takenOn: null }),
  ],
  houseReadings: [
    aReading({
      serial: 'ОДПУ-1',
      previous: quantity('20118'),
      current: quantity('20560'),
      verifiedUntil: null,
    }),
  ],
  shares: [
    {
      service: 'Холодная вода на содержание общего имущества',
      unit: 'м³',
      houseMeter: quantity('442'),
      individual: quantity('433.04'),
      distributed: quantity('8.96'),
    },
  ],
  norms: [
    {
      service: 'Холодное водоснабжение',
      unit: 'м³',
      kind: 'PERSON',
      value: ratio('4.56'),
      document: 'Постановление № 118',
    },
    {
      service: 'Холодная вода на содержание общего имущества',
      unit: 'м³',
      kind: 'COMMON_AREA',
      value: ratio('0.03'),
      document: 'Постановление № 118',
    },
  ],
  corrections: [
    {
      service: 'Горячее водоснабжение: компонент на тепловую энергию',
      amount: money('-88.17'),
      reason: 'акт № 14 о температуре горячей воды, 9–14 октября',
    },
  ],
};

const PAYER = {
  number: '0401287047',
  surname: 'Иванов',
  address: 'Приреченск, Садовая ул., 12 к. 1, кв. 47',
};
const OWN = { id: '7', name: 'МУП «Расчётный центр Приреченска»', taxId: '7707083893', requisites: BANK };
const CAPITAL = {
  id: '9',
  name: 'Фонд капитального ремонта многоквартирных домов',
  taxId: '7701090559',
  requisites: FUND,
};
const codeOf = (to: typeof OWN, amount: string): string =>
  paymentCode(to, PAYER, { month: month('2026-10'), amount: money(amount) }) ?? '';

/** A flat's bill with everything that a bill may say. */
export function aBill(changes: Partial<BillDocument> = {}): BillDocument {
  return {
    number: '0401287047-2610',
    isDraft: false,
    replaces: null,
    month: month('2026-10'),
    issuedOn: civilDate('2026-11-01'),
    payBy: civilDate('2026-11-15'),
    total: money('3718.31'),
    currency: 'RUB',
    account: {
      number: PAYER.number,
      els: '70АА000560',
      holder: 'Иванов Иван Иванович',
      address: PAYER.address,
    },
    residents: quantity('2'),
    totalArea: quantity('54.3'),
    livingArea: quantity('31.6'),
    heatedArea: null,
    houseArea: quantity('4120.5'),
    commonArea: quantity('612.4'),
    organization: ORGANIZATION,
    countedUntil: civilDate('2026-11-01'),
    lastPaidOn: civilDate('2026-10-12'),
    lines: LINES,
    ...USED,
    recipients: [OWN, CAPITAL],
    hasBarcodes: true,
    codes: [codeOf(OWN, '2838.65'), codeOf(CAPITAL, '879.66')],
    ...changes,
  };
}
