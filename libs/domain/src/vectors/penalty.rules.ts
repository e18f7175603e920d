import { type CivilDate } from '../civil-date';
import { moneyText, sum } from '../money';
import {
  accruals,
  type DatedMoney,
  type DebtLot,
  penalty,
  type PenaltyTerms,
  settleOldestFirst,
} from '../penalty';
import { type PenaltyScheme } from '../penalty-rates';
import { PENALTY_SCHEMES, type PenaltySchemeName } from './penalty-schemes';
import { type Inputs } from './inputs';
import { sumText, type VectorRule } from './rule';

const SCHEME_NAMES: readonly PenaltySchemeName[] = [
  'HOUSING',
  'CAPITAL_REPAIR',
  'LEGAL_1_130',
  'UK_RSO',
  'TSZH_RSO',
  'KZ_CONTRACT',
];

/** The first day of delay that costs may be set apart from the scheme. */
const schemeOf = (given: Inputs): PenaltyScheme => {
  const scheme = PENALTY_SCHEMES[given.word('scheme', SCHEME_NAMES, 'HOUSING')];
  if (!given.has('graceDays')) return scheme;
  const [first, ...rest] = scheme.bands;
  return first
    ? { ...scheme, bands: [{ ...first, fromDay: given.count('graceDays') + 1 }, ...rest] }
    : scheme;
};

const termsOf = (given: Inputs): PenaltyTerms => {
  const isByRateDate = given.word('rateMode', ['PER_DAY', 'RATE_DATE'], 'PER_DAY') === 'RATE_DATE';
  return {
    scheme: schemeOf(given),
    keyRates: given.list('keyRates').map((one) => ({ from: one.date('from'), rate: one.ratio('rate') })),
    rateRules: given.listOrNone('rateRules').map((one) => ({
      from: one.date('from'),
      to: one.dateOr('to', null),
      mode: one.word('mode', ['FIXED', 'MIN']),
      rate: one.ratio('rate'),
    })),
    moratoria: given
      .listOrNone('moratoria')
      .map((one) => ({ from: one.date('from'), to: one.dateOr('to', null) })),
    ...(isByRateDate ? { rateDate: given.date('rateDate') } : {}),
  };
};

const moneyOn = (given: Inputs): DatedMoney => ({ date: given.date('date'), amount: given.money('amount') });

const debtOf = (given: Inputs): Omit<DebtLot, 'payments'> => ({
  id: given.text('id'),
  amount: given.money('amount'),
  due: given.date('due'),
  suspended: given.has('suspendedFrom')
    ? [{ from: given.date('suspendedFrom'), to: given.dateOr('suspendedTo', null) }]
    : [],
});

const lotOf = (given: Inputs): DebtLot => ({
  ...debtOf(given),
  payments: given.listOrNone('payments').map(moneyOn),
});

const lots: VectorRule = (given) => {
  const terms = termsOf(given);
  const found = given
    .list('lots')
    .map(lotOf)
    .map((lot) => ({
      id: lot.id,
      penalty: penalty(lot, given.date('from'), given.date('to'), terms),
    }));
  return {
    lots: found.map((one) => ({ id: one.id, penalty: moneyText(one.penalty) })),
    penalty: sumText(sum(found.map((one) => one.penalty))),
  };
};

const fifo: VectorRule = (given) => {
  const terms = termsOf(given);
  const settled = settleOldestFirst(
    given.list('lots').map(debtOf),
    given.listOrNone('payments').map(moneyOn),
  );
  const found = settled.lots.map((lot) => ({
    lot,
    penalty: penalty(lot, given.date('from'), given.date('to'), terms),
  }));
  return {
    lots: found.map(({ lot, penalty: sumOfLot }) => ({
      id: lot.id,
      allocated: lot.payments.map(({ date, amount }) => ({ date, amount: sumText(amount) })),
      remaining: sumText(lot.remaining),
      penalty: sumText(sumOfLot),
    })),
    penalty: sumText(sum(found.map((one) => one.penalty))),
    advance: sumText(settled.advance),
  };
};

const cumulative: VectorRule = (given) => {
  const days: CivilDate[] = given.dates('accrualDates');
  return {
    accruals: accruals(lotOf(given.object('lot')), days, termsOf(given)).map((one) => ({
      asOf: one.asOf,
      cumulative: sumText(one.cumulative),
      accrued: sumText(one.accrued),
    })),
  };
};

export const penaltyRules: Readonly<Record<string, VectorRule>> = {
  penalty: lots,
  'penalty.fifo': fifo,
  'penalty.cumulative': cumulative,
};
