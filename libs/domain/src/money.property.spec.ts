import fc from 'fast-check';
import { allocateInOrder, allocateOldestFirst, allocateProportional } from './allocation';
import { addDays, civilDate } from './civil-date';
import { ratio } from './decimal';
import { balancesAfter, type JournalEntry } from './ledger';
import { type Money, moneyOf, subtractMoney, sum } from './money';
import { addMonths, month } from './month';
import { accruals, type DebtLot, penalty, type PenaltyTerms, settleOldestFirst } from './penalty';
import { PENALTY_SCHEMES } from './vectors/penalty-schemes';
import { LAW } from './testing';
import { debtAndOverpayment, type PayableLine, totalToPay } from './total-to-pay';

const paid = fc.bigInt({ min: 0n, max: 10n ** 8n }).map(moneyOf);
const balance = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 7n }).map(moneyOf);
const balances = fc.array(balance, { maxLength: 10 });

/** Spends the payment exactly, pays nobody more than is owed, and keeps an advance only when all is paid. */
function expectSpent(
  payment: Money,
  owed: readonly Money[],
  given: { amounts: readonly Money[]; advance: Money },
): void {
  expect(sum(given.amounts) + given.advance).toBe(payment);
  const left = owed.map((debt, place) => (debt > 0n ? debt : 0n) - (given.amounts[place] ?? 0n));
  for (const rest of left) expect(rest >= 0n).toBe(true);
  for (const part of given.amounts) expect(part >= 0n).toBe(true);
  if (given.advance > 0n) expect(left.every((rest) => rest === 0n)).toBe(true);
}

describe('laws of an allocation', () => {
  it('in proportion it spends the payment exactly', () =>
    fc.assert(
      fc.property(paid, balances, (payment, owed) =>
        expectSpent(payment, owed, allocateProportional(payment, owed)),
      ),
      LAW,
    ));

  it('in order it spends the payment exactly, and pays the first first', () =>
    fc.assert(
      fc.property(paid, balances, (payment, owed) => {
        const given = allocateInOrder(payment, owed);
        expectSpent(payment, owed, given);
        const open = owed.findIndex((debt, place) => debt > (given.amounts[place] ?? 0n) && debt > 0n);
        if (open >= 0) expect(given.amounts.slice(open + 1).every((part) => part === 0n)).toBe(true);
      }),
      LAW,
    ));

  it('by age it spends the payment exactly, and no month before an older one', () =>
    fc.assert(
      fc.property(
        paid,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), balance), { maxLength: 10 }),
        (payment, lots) => {
          const debts = lots.map(([age, amount]) => ({ month: addMonths(month('2026-01'), age), amount }));
          const given = allocateOldestFirst(payment, debts);
          expectSpent(
            payment,
            debts.map((debt) => debt.amount),
            given,
          );
          const isOpen = (place: number) => (debts[place]?.amount ?? 0n) > (given.amounts[place] ?? 0n);
          for (const [place, part] of given.amounts.entries())
            for (const [other, debt] of debts.entries())
              if (part > 0n && debt.amount > 0n && isOpen(other))
                expect(debt.month >= (debts[place]?.month ?? '')).toBe(true);
        },
      ),
      LAW,
    ));

  it('a payment below zero is refused', () =>
    expect(() => allocateProportional(moneyOf(-1n), [])).toThrow(RangeError));
});

const entry = fc.record({
  type: fc.constantFrom(
    'CHARGE',
    'PAYMENT',
    'RECALCULATION',
    'BENEFIT',
    'UNDERDELIVERY',
    'PENALTY',
    'REFUND',
  ),
  service: fc.constantFrom('water', 'heat', 'power'),
  amount: paid,
});

describe('laws of the journal', () => {
  const journal = fc
    .array(entry, { maxLength: 20 })
    .map((entries): JournalEntry[] => entries.map((one, place) => ({ ...one, id: String(place) })));
  const byService = (entries: readonly JournalEntry[]) => [...balancesAfter(entries)].sort();

  it('charges and payments in any order give the same balances', () =>
    fc.assert(
      fc.property(
        journal.chain((entries) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
        ),
        ([entries, shuffled]) => expect(byService(shuffled)).toEqual(byService(entries)),
      ),
      LAW,
    ));

  it('a storno of every entry leaves nothing', () =>
    fc.assert(
      fc.property(journal, (entries) => {
        const stornos = entries.map(({ id }): JournalEntry => ({
          id: `-${id}`,
          type: 'STORNO',
          reversalOf: id,
        }));
        for (const left of balancesAfter([...stornos, ...entries]).values()) expect(left).toBe(0n);
      }),
      LAW,
    ));

  it('an entry is reversed once, and only where it is', () => {
    const charge: JournalEntry = { id: '1', type: 'CHARGE', service: 'water', amount: moneyOf(1n) };
    const storno = (id: string, reversalOf: string): JournalEntry => ({ id, type: 'STORNO', reversalOf });
    expect(() => balancesAfter([charge, storno('2', '1'), storno('3', '1')])).toThrow(RangeError);
    expect(() => balancesAfter([charge, storno('2', '9')])).toThrow(RangeError);
    expect(() => balancesAfter([storno('1', '2'), storno('2', '1')])).toThrow(RangeError);
  });
});

describe('laws of the total to pay', () => {
  const line: fc.Arbitrary<PayableLine> = fc.record({
    supplierId: fc.constantFrom('a', 'b', 'c'),
    recipientId: fc.constantFrom('x', 'y'),
    group: fc.constantFrom('UTILITY', 'HOUSING', 'CAPITAL_REPAIR', 'PENALTY', 'OTHER'),
    closing: balance,
  });

  it('the more is netted, the less is asked, and never less than nothing', () =>
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const modes = (['NETTED', 'PER_RECIPIENT', 'SUM_OF_ROWS'] as const).map((mode) =>
          totalToPay(lines, mode),
        );
        expect([...modes].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))).toEqual(modes);
        expect(modes.every((total) => total >= 0n)).toBe(true);
        const { debt, overpayment } = debtAndOverpayment(lines);
        expect(debt).toBe(totalToPay(lines, 'SUM_OF_ROWS'));
        expect(debt - overpayment).toBe(sum(lines.map((one) => one.closing)));
      }),
      LAW,
    ));
});

describe('laws of a penalty', () => {
  const terms: PenaltyTerms = {
    scheme: PENALTY_SCHEMES.HOUSING,
    keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('16') }],
    rateRules: [],
    moratoria: [],
  };
  const due = civilDate('2025-10-10');
  const lot = fc.record({
    id: fc.constant('lot'),
    amount: fc.bigInt({ min: 1n, max: 10n ** 7n }).map(moneyOf),
    due: fc.constant(due),
    payments: fc.array(
      fc.record({ date: fc.integer({ min: 1, max: 200 }).map((after) => addDays(due, after)), amount: paid }),
      { maxLength: 3 },
    ),
  });
  const few = { numRuns: Math.ceil(LAW.numRuns / 10) };

  it('accruals sum up to the whole, whenever they are drawn', () =>
    fc.assert(
      fc.property(
        lot,
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        (debt: DebtLot, after) => {
          const days = after.sort((one, other) => one - other).map((count) => addDays(due, count));
          const drawn = accruals(debt, days, terms);
          expect(sum(drawn.map((one) => one.accrued))).toBe(penalty(debt, due, days.at(-1) ?? due, terms));
          expect(drawn.every(({ accrued }) => accrued >= 0n)).toBe(true);
        },
      ),
      few,
    ));

  it('payments are spent on lots exactly', () =>
    fc.assert(
      fc.property(fc.array(lot, { maxLength: 4 }), fc.array(paid, { maxLength: 4 }), (debts, payments) => {
        const settled = settleOldestFirst(
          debts,
          payments.map((amount) => ({ date: due, amount })),
        );
        const spent = settled.lots.map((one) => subtractMoney(one.amount, one.remaining));
        expect(sum(spent) + settled.advance).toBe(sum(payments));
        for (const one of settled.lots)
          expect(sum(one.payments.map(({ amount }) => amount))).toBe(one.amount - one.remaining);
      }),
      few,
    ));
});
