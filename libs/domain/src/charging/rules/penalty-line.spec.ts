import fc from 'fast-check';
import { addDays, civilDate, dateOfDayNumber } from '../../civil-date';
import { ratio, ratioText } from '../../decimal';
import { money, moneyOf, moneyText } from '../../money';
import { month } from '../../month';
import { penalty, type PenaltyTerms } from '../../penalty';
import { PENALTY_SCHEMES } from '../../vectors/penalty-schemes';
import { LAW } from '../../testing';
import { type AccountService, type AccountSnapshot, periodDays } from '../snapshot';
import { accountOf, monthOf, on, serviceOf } from '../testing';
import { TraceRecorder, chargedBy } from '../trace';
import { calculateStatement } from '../statement';
import { type LotPayment, penaltiesUntil, type PenaltyDebt, penaltyUntil, settle } from './penalty-line';

const terms: PenaltyTerms = {
  scheme: PENALTY_SCHEMES.HOUSING,
  keyRates: [
    { from: civilDate('2025-09-15'), rate: ratio('17') },
    { from: civilDate('2025-10-27'), rate: ratio('16.5') },
    { from: civilDate('2025-12-22'), rate: ratio('8') },
  ],
  rateRules: [
    { from: civilDate('2023-01-01'), to: civilDate('2026-12-31'), mode: 'MIN', rate: ratio('9.5') },
  ],
  moratoria: [],
};
const flat: PenaltyTerms = { ...terms, keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('16') }] };
const lot = { id: '1', due: on('2025-10-10'), principal: money('5000'), accrued: money('0') };

function monthWith(debts: PenaltyDebt[], period = periodDays(month('2026-01'))): AccountSnapshot {
  const service: AccountService = { ...serviceOf('PENALTY'), from: period.from, to: period.to, debts };
  return accountOf([service], { period });
}
const charged = (debts: PenaltyDebt[], period?: ReturnType<typeof periodDays>) =>
  moneyText(monthOf(monthWith(debts, period)).line.charged);

describe('a line of penalty', () => {
  it('is the whole penalty of each lot less what has been charged before', () => {
    expect(charged([{ terms: flat, lots: [lot], payments: [] }])).toBe('179.04');
    const paid = [{ on: on('2025-12-01'), amount: money('2000') }];
    expect(charged([{ terms: flat, lots: [lot], payments: paid }])).toBe('121.36');
    const before = { ...lot, accrued: money('120') };
    expect(charged([{ terms: flat, lots: [before], payments: paid }])).toBe('1.36');
  });

  it('takes back what a payment with an earlier day makes too much', () => {
    const early = [{ on: on('2025-10-10'), amount: money('5000') }];
    expect(charged([{ terms: flat, lots: [{ ...lot, accrued: money('121.36') }], payments: early }])).toBe(
      '-121.36',
    );
  });

  it('is accrued month after month without drift', () => {
    const small = { ...lot, principal: money('333.33') };
    const months = ['2025-11', '2025-12', '2026-01', '2026-02'].map((text) => periodDays(month(text)));
    let accrued = 0n;
    const found = months.map((period) => {
      const one = monthOf(
        monthWith([{ terms: flat, lots: [{ ...small, accrued: moneyOf(accrued) }], payments: [] }], period),
      );
      accrued += one.line.charged;
      return moneyText(one.line.charged);
    });
    expect(found).toEqual(['2.22', '3.27', '6.45', '6.82']);
  });

  it('pays the oldest lot first, and costs each by itself', () => {
    const lots = [
      { ...lot, id: '2025-09', principal: money('3000') },
      { ...lot, id: '2025-10', principal: money('3500'), due: on('2025-11-10') },
      { ...lot, id: '2025-11', principal: money('3200'), due: on('2025-12-10') },
    ];
    const payments = [
      { on: on('2026-01-20'), amount: money('1000') },
      { on: on('2025-12-05'), amount: money('4000') },
    ];
    const account = monthWith([{ terms: flat, lots, payments }], periodDays(month('2026-02')));
    const recorder = new TraceRecorder();
    calculateStatement(account, [], { period: account.period, commons: [] }, recorder);
    const [line] = recorder.lines;
    expect(line?.lots.map(({ id, amount }) => [id, moneyText(amount)])).toEqual([
      ['2025-09', '24.70'],
      ['2025-10', '63.41'],
      ['2025-11', '50.67'],
    ]);
    expect(line && chargedBy(line)).toBe(money('138.78'));
    expect(line?.lots[0]?.parts).toEqual([
      {
        from: on('2025-11-10'),
        to: on('2025-12-06'),
        balance: money('3000'),
        rate: ratio('9.5'),
        numerator: 1n,
        denominator: 300n,
      },
    ]);
  });

  it('serves the lot that a payment names before older ones', () => {
    const lots = [lot, { ...lot, id: '2', due: on('2025-11-10') }];
    const [first, second] = settle({ lots, payments: [{ on: 1, amount: money('6000'), lot: '2' }] });
    expect([first, second].map((taken) => taken?.map(({ amount }) => moneyText(amount)))).toEqual([
      ['1000.00'],
      ['5000.00'],
    ]);
    expect(settle({ lots, payments: [{ on: 1, amount: money('7'), lot: 'unknown' }] })[0]).toHaveLength(1);
  });

  it('gives money back to what was paid last, and it is owed again from the next day', () => {
    const lots = [lot, { ...lot, id: '2', principal: money('3000') }, { ...lot, id: '3' }];
    const paid = { on: 10, amount: money('6000') };
    const after = (...back: LotPayment[]) =>
      settle({ lots, payments: [...back, paid] }).map((taken) =>
        taken.map(({ on: day, amount }) => `${day}:${moneyText(amount)}`),
      );
    const [first, second] = ['10:5000.00', '10:1000.00'];
    expect(after({ on: 20, amount: money('-500') })).toEqual([[first], [second, '20:-500.00'], []]);
    expect(after({ on: 20, amount: money('-2000') })).toEqual([
      [first, '20:-1000.00'],
      [second, '20:-1000.00'],
      [],
    ]);
    expect(after({ on: 20, amount: money('-7000') })).toEqual([
      [first, '20:-5000.00'],
      [second, '20:-1000.00'],
      [],
    ]);
    expect(after({ on: 20, amount: money('-500'), lot: '1' })).toEqual([[first, '20:-500.00'], [second], []]);
    expect(after({ on: 30, amount: money('700') }, { on: 20, amount: money('-500'), lot: '1' })).toEqual([
      [first, '20:-500.00', '30:500.00'],
      [second, '30:200.00'],
      [],
    ]);
    const payments = [
      { on: on('2025-12-01'), amount: money('2000') },
      { on: on('2025-12-11'), amount: money('-2000') },
    ];
    // 179.0385 less 2,000 × 9.5 % × 10 / 300
    expect(charged([{ terms: flat, lots: [lot], payments }])).toBe('172.71');
  });

  it('costs what was paid and given back of a lot the same, whether that was decided before or is now', () => {
    const own = [
      { on: on('2025-12-01'), amount: money('2000') },
      { on: on('2025-12-11'), amount: money('-2000') },
    ];
    const decided = { ...lot, payments: own };
    expect(charged([{ terms: flat, lots: [decided], payments: [] }])).toBe('172.71');
    const [taken] = settle({ lots: [decided], payments: [{ on: on('2025-12-20'), amount: money('6000') }] });
    expect(taken).toEqual([...own, { on: on('2025-12-20'), amount: money('5000') }]);
  });

  it('takes costs that were worked out before for their own day alone', () => {
    const costed = { until: on('2026-01-01'), costs: [money('7')] };
    const debt = { terms: flat, lots: [lot], payments: [] };
    expect(penaltiesUntil({ ...debt, costed }, costed.until)).toEqual([money('7')]);
    const later = costed.until + 31;
    expect(penaltiesUntil({ ...debt, costed }, later)).toEqual(penaltiesUntil(debt, later));
  });

  it('takes money beyond all debts for an advance, and never owes a lot more than it was', () => {
    const [taken] = settle({ lots: [lot], payments: [{ on: 1, amount: money('6000') }] });
    expect(taken).toEqual([{ on: 1, amount: money('5000') }]);
    expect(settle({ lots: [lot], payments: [{ on: 1, amount: money('-10') }] })).toEqual([[]]);
  });

  it('is rounded once a lot: half a kopek goes up', () => {
    // 30 kopeks × 9.5 % / 300 is 0.0095 of a kopek a day: 0.494 after 52 days, 0.5035 after 53
    const half = { ...lot, principal: money('0.30') };
    const until = (days: number) => moneyText(penaltyUntil(half, [], flat, on('2025-11-10') + days));
    expect([52, 53].map(until)).toEqual(['0.00', '0.01']);
  });

  it('costs nothing before its scheme begins, and stops at the debt where that is agreed', () => {
    expect(charged([{ terms: flat, lots: [{ ...lot, due: on('2026-01-31') }], payments: [] }])).toBe('0.00');
    const contract = { ...flat, scheme: PENALTY_SCHEMES.KZ_CONTRACT };
    const old = { ...lot, due: on('2020-01-10'), principal: money('10') };
    expect(charged([{ terms: contract, lots: [old], payments: [] }])).toBe('10.00');
    expect(charged([])).toBe('0.00');
  });

  it('stops where a day that costs has no key rate', () => {
    const early = { ...lot, due: on('2025-01-10') };
    expect(() => charged([{ terms, lots: [early], payments: [] }])).toThrow(RangeError);
  });
});

describe('the parts of a penalty', () => {
  const january = periodDays(month('2026-01'));
  const partsOf = (given: PenaltyDebt) => {
    const recorder = new TraceRecorder();
    calculateStatement(monthWith([given]), [], { period: january, commons: [] }, recorder);
    return recorder.lines[0]?.lots[0]?.parts.map(({ from, to, balance, rate, numerator, denominator }) =>
      [
        `${dateOfDayNumber(from)}..${dateOfDayNumber(to)}`,
        moneyText(balance),
        `${ratioText(rate)} %`,
        `${numerator}/${denominator}`,
      ].join(' '),
    );
  };

  it('begin where the key rate or the band is another', () =>
    expect(partsOf({ terms, lots: [lot], payments: [] })).toEqual([
      '2025-11-10..2025-12-22 5000.00 9.5 % 1/300',
      '2025-12-22..2026-01-09 5000.00 8 % 1/300',
      '2026-01-09..2026-02-01 5000.00 8 % 1/130',
    ]));

  it('are one part where a key rate changes above its cap', () =>
    expect(partsOf({ terms, lots: [{ ...lot, due: on('2025-08-20') }], payments: [] })?.[0]).toBe(
      '2025-09-20..2025-11-19 5000.00 9.5 % 1/300',
    ));

  it('begin on the day after a payment, and end with the debt', () => {
    const payments = [
      { on: on('2025-12-01'), amount: money('2000') },
      { on: on('2025-12-31'), amount: money('3000') },
    ];
    expect(partsOf({ terms, lots: [lot], payments })).toEqual([
      '2025-11-10..2025-12-02 5000.00 9.5 % 1/300',
      '2025-12-02..2025-12-22 3000.00 9.5 % 1/300',
      '2025-12-22..2026-01-01 3000.00 8 % 1/300',
    ]);
  });

  it('leave out the days of a moratorium, of an open one to the end, and of an agreement', () => {
    const moratoria = [{ from: civilDate('2025-11-20'), to: civilDate('2025-11-30') }];
    const suspended = [{ from: on('2026-01-15'), to: on('2026-01-20') }];
    const without = (more: PenaltyTerms['moratoria']) =>
      partsOf({
        terms: { ...terms, moratoria: [...moratoria, ...more] },
        lots: [{ ...lot, suspended }],
        payments: [],
      });
    expect(without([])).toEqual([
      '2025-11-10..2025-11-20 5000.00 9.5 % 1/300',
      '2025-12-01..2025-12-22 5000.00 9.5 % 1/300',
      '2025-12-22..2026-01-09 5000.00 8 % 1/300',
      '2026-01-09..2026-01-15 5000.00 8 % 1/130',
      '2026-01-20..2026-02-01 5000.00 8 % 1/130',
    ]);
    expect(without([{ from: civilDate('2025-12-05'), to: null }])?.at(-1)).toBe(
      '2025-12-01..2025-12-05 5000.00 9.5 % 1/300',
    );
  });

  it('take one rate where a court wants that', () =>
    expect(
      partsOf({ terms: { ...terms, rateDate: civilDate('2026-01-10') }, lots: [lot], payments: [] }),
    ).toEqual(['2025-11-10..2026-01-09 5000.00 8 % 1/300', '2026-01-09..2026-02-01 5000.00 8 % 1/130']));
});

describe('laws of a line of penalty', () => {
  const day = fc.integer({ min: on('2025-09-20'), max: on('2026-08-01') });
  const span = fc
    .tuple(day, day)
    .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));
  const payment = fc.record({ on: day, amount: fc.bigInt({ min: 1n, max: 300_000n }).map(moneyOf) });
  const schemes = Object.values(PENALTY_SCHEMES);

  it('is what the law counts day by day', () =>
    fc.assert(
      fc.property(
        fc.record({
          due: day,
          principal: fc.bigInt({ min: 1n, max: 1_000_000n }).map(moneyOf),
          payments: fc.array(payment, { maxLength: 4 }),
          until: day,
          scheme: fc.constantFrom(...schemes),
          moratorium: span,
          suspended: span,
        }),
        ({ due, principal, payments, until, scheme, moratorium, suspended }) => {
          const inclusive = (days: { from: number; to: number }) => ({
            from: dateOfDayNumber(days.from),
            to: addDays(dateOfDayNumber(days.to), -1),
          });
          const one = { id: '1', due, principal, accrued: moneyOf(0n), suspended: [suspended] };
          const [taken = []] = settle({ lots: [one], payments });
          const withFree = { ...terms, scheme, moratoria: [inclusive(moratorium)] };
          const slow = penalty(
            {
              id: '1',
              amount: principal,
              due: dateOfDayNumber(due),
              payments: taken.map((paid) => ({ date: dateOfDayNumber(paid.on), amount: paid.amount })),
              suspended: [inclusive(suspended)],
            },
            addDays(dateOfDayNumber(due), 1),
            addDays(dateOfDayNumber(until), -1),
            withFree,
          );
          expect(penaltyUntil(one, taken, withFree, until)).toBe(slow);
        },
      ),
      LAW,
    ));

  it('settles no more than comes, and no lot below zero', () =>
    fc.assert(
      fc.property(
        fc.array(payment, { maxLength: 5 }),
        fc.array(day, { minLength: 1, maxLength: 4 }),
        (payments, dues) => {
          const lots = dues
            .sort((one, other) => one - other)
            .map((due, place) => ({ ...lot, id: String(place), due, principal: money('1000') }));
          const taken = settle({ lots, payments });
          const total = (given: readonly { amount: bigint }[]) =>
            given.reduce((all, { amount }) => all + amount, 0n);
          const came = total(payments);
          const owed = total(lots.map(({ principal }) => ({ amount: principal })));
          expect(total(taken.flat())).toBe(came < owed ? came : owed);
          for (const one of taken) expect(total(one) <= 100_000n).toBe(true);
        },
      ),
      LAW,
    ));
});
