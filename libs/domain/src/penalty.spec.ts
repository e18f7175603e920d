import { addDays, civilDate } from './civil-date';
import { ratio } from './decimal';
import { money, moneyText } from './money';
import { type DebtLot, penalty, type PenaltyTerms, settleOldestFirst } from './penalty';
import { rateOn } from './penalty-rates';
import { PENALTY_SCHEMES } from './vectors/penalty-schemes';

const day = civilDate;
const due = day('2025-10-10');
const lot: DebtLot = { id: '1', amount: money('5000'), due, payments: [] };
const terms: PenaltyTerms = {
  scheme: PENALTY_SCHEMES.HOUSING,
  keyRates: [
    { from: day('2025-09-15'), rate: ratio('17') },
    { from: day('2025-10-27'), rate: ratio('16.5') },
  ],
  rateRules: [{ from: day('2023-01-01'), to: day('2026-12-31'), mode: 'MIN', rate: ratio('9.5') }],
  moratoria: [],
};
const found = (changes: Partial<DebtLot>, other: Partial<PenaltyTerms> = {}, to = '2026-01-31') =>
  moneyText(penalty({ ...lot, ...changes }, addDays(due, 1), day(to), { ...terms, ...other }));

describe('a penalty', () => {
  it('begins on the 31st day of delay, and rises on the 91st', () => {
    expect(found({}, {}, '2025-11-09')).toBe('0.00');
    // 5000 × 9.5 % / 300
    expect(found({}, {}, '2025-11-10')).toBe('1.58');
    expect(found({}, {}, '2026-01-08')).toBe('95.00');
    expect(found({})).toBe('179.04');
  });

  it('still counts the day of a payment on what is paid', () => {
    const whole = [{ date: day('2025-11-10'), amount: money('5000') }];
    expect(found({ payments: whole })).toBe('1.58');
    expect(found({ payments: [{ date: day('2025-11-09'), amount: money('5000') }] })).toBe('0.00');
    expect(found({ payments: [{ date: due, amount: money('9000') }] })).toBe('0.00');
  });

  it('does not accrue in a moratorium or under an agreement, while the delay goes on', () => {
    const november = { from: day('2025-11-01'), to: day('2025-12-31') };
    // the 8 days left of the lower band, 23 of the higher
    expect(found({}, { moratoria: [november] })).toBe('96.71');
    expect(found({ suspended: [november] })).toBe('96.71');
    expect(found({ suspended: [{ from: day('2025-11-10'), to: null }] })).toBe('0.00');
  });

  it('knows the rate of a day: the key rate, fixed or capped by a rule', () => {
    const fixed = [{ from: day('2025-10-01'), to: null, mode: 'FIXED', rate: ratio('20') } as const];
    expect(rateOn(day('2025-10-20'), terms.keyRates, [])).toBe(ratio('17'));
    expect(rateOn(day('2025-10-27'), terms.keyRates, [])).toBe(ratio('16.5'));
    expect(rateOn(day('2025-10-27'), terms.keyRates, terms.rateRules)).toBe(ratio('9.5'));
    expect(rateOn(day('2025-10-27'), terms.keyRates, fixed)).toBe(ratio('20'));
    expect(rateOn(day('2027-01-01'), terms.keyRates, terms.rateRules)).toBe(ratio('16.5'));
    expect(() => rateOn(day('2025-09-14'), terms.keyRates, [])).toThrow(RangeError);
  });

  it('takes one rate for all days where a court wants that', () =>
    // 5000 × 17 % × (60 / 300 + 23 / 130)
    expect(found({}, { rateRules: [], rateDate: day('2025-10-01') })).toBe('320.38'));

  it('of a contract does not exceed the debt', () => {
    const contract = { scheme: PENALTY_SCHEMES.KZ_CONTRACT, rateRules: [] };
    // 5000 × 1.5 × 16.5 % / 365
    expect(moneyText(penalty(lot, day('2025-11-01'), day('2025-11-01'), { ...terms, ...contract }))).toBe(
      '3.39',
    );
    expect(found({}, contract, '2036-01-01')).toBe('5000.00');
  });
});

describe('payments of several debts', () => {
  it('go to the oldest, whatever the order they stand in', () => {
    const newer = { id: 'new', amount: money('100'), due: day('2025-11-10') };
    const older = { id: 'old', amount: money('50'), due };
    const { lots, advance } = settleOldestFirst(
      [newer, older],
      [
        { date: day('2025-12-02'), amount: money('120') },
        { date: day('2025-12-01'), amount: money('40') },
      ],
    );
    expect(lots.map(({ id, remaining }) => [id, moneyText(remaining)])).toEqual([
      ['new', '0.00'],
      ['old', '0.00'],
    ]);
    expect(lots[1]?.payments).toEqual([
      { date: '2025-12-01', amount: money('40') },
      { date: '2025-12-02', amount: money('10') },
    ]);
    expect(moneyText(advance)).toBe('10.00');
  });
});
