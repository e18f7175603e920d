import fc from 'fast-check';
import { type AgedLine, allocateByAge, allocateByDue, dueByMonth } from './due-allocation';
import {
  addMoney,
  maxMoney,
  minMoney,
  type Money,
  money,
  moneyOf,
  moneyText,
  subtractMoney,
  sum,
  ZERO,
} from './money';
import { LAW } from './testing';
import { month } from './month';
import { type PayableLine, totalToPay, type TotalMode } from './total-to-pay';

const MODES = ['PER_RECIPIENT', 'NETTED', 'SUM_OF_ROWS', 'NETTED_PER_SUPPLIER'] as const;
const amount = fc.bigInt({ min: -500_000n, max: 500_000n }).map(moneyOf);
const lines: fc.Arbitrary<PayableLine[]> = fc.array(
  fc.record({
    supplierId: fc.constantFrom('a', 'b', 'c'),
    recipientId: fc.constantFrom('one', 'two'),
    group: fc.constantFrom<PayableLine['group'][]>('HOUSING', 'UTILITY', 'CAPITAL_REPAIR', 'PENALTY'),
    closing: amount,
  }),
  { maxLength: 8 },
);
const how = fc.record({ mode: fc.constantFrom<TotalMode[]>(...MODES), inOrder: fc.boolean() });
const after = (owed: readonly PayableLine[], amounts: readonly Money[]): PayableLine[] =>
  owed.map((line, place) => ({ ...line, closing: subtractMoney(line.closing, amounts[place] ?? ZERO) }));

describe('a payment to several recipients', () => {
  it('spends the payment exactly, never more on a line than it owes', () =>
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 3_000_000n }).map(moneyOf), lines, how, (payment, owed, mode) => {
        const { amounts, advance } = allocateByDue(payment, owed, mode);
        expect(addMoney(sum(amounts), advance)).toBe(payment);
        for (const [place, part] of amounts.entries()) {
          const debt = owed[place]?.closing ?? ZERO;
          expect(part >= 0n && part <= (debt > 0n ? debt : 0n)).toBe(true);
        }
        if (advance > 0n) expect(after(owed, amounts).every(({ closing }) => closing <= 0n)).toBe(true);
      }),
      LAW,
    ));

  it('of exactly the total leaves nothing to pay to anybody', () =>
    fc.assert(
      fc.property(lines, how, (owed, mode) => {
        const total = totalToPay(owed, mode.mode);
        const { amounts, advance } = allocateByDue(total, owed, mode);
        expect(advance).toBe(ZERO);
        expect(totalToPay(after(owed, amounts), mode.mode)).toBe(ZERO);
      }),
      LAW,
    ));

  it('lets the overpaid line of one recipient pay for its own lines only', () => {
    const owed = [
      { supplierId: 'uk', recipientId: 'one', group: 'HOUSING', closing: money('100.00') },
      { supplierId: 'water', recipientId: 'one', group: 'UTILITY', closing: money('-30.00') },
      { supplierId: 'fund', recipientId: 'two', group: 'OTHER', closing: money('50.00') },
    ] as const;
    const texts = (payment: string, inOrder: boolean) =>
      allocateByDue(money(payment), owed, { mode: 'PER_RECIPIENT', inOrder }).amounts.map(moneyText);
    for (const inOrder of [false, true]) expect(texts('120.00', inOrder)).toEqual(['70.00', '0.00', '50.00']);
    expect(texts('12.00', false)).toEqual(['7.00', '0.00', '5.00']);
    expect(texts('80.00', true)).toEqual(['70.00', '0.00', '10.00']);
    expect(texts('140.00', false)).toEqual(['90.00', '0.00', '50.00']);
  });

  it('is the plain proportion where no line is overpaid (specification A01)', () => {
    const balances = ['735.51', '314.63', '375.68', '1119.65', '590.75', '1092.53', '144.19', '-409.43'];
    const owed = balances.map((closing, place): PayableLine => ({
      supplierId: String(place),
      recipientId: 'centre',
      group: place === 7 ? 'PENALTY' : 'UTILITY',
      closing: money(closing),
    }));
    const { amounts } = allocateByDue(money('4117.35'), owed, { mode: 'PER_RECIPIENT' });
    expect(amounts.map(moneyText)).toEqual([
      '692.52',
      '296.24',
      '353.72',
      '1054.21',
      '556.22',
      '1028.68',
      '135.76',
      '0.00',
    ]);
  });

  it('below zero is refused', () =>
    expect(() => allocateByDue(moneyOf(-1n), [], { mode: 'NETTED' })).toThrow(RangeError));
});

describe('a payment by age', () => {
  const MONTHS = [month('2026-08'), month('2026-09'), month('2026-10')] as const;
  const owing = (group: PayableLine['group'], ...amounts: string[]): AgedLine => {
    const debts = amounts.map((text, at) => ({ month: MONTHS[at] ?? MONTHS[2], amount: money(text) }));
    const closing = sum(debts.map((one) => one.amount));
    return { supplierId: 'uk', recipientId: 'one', group, closing, debts };
  };
  const texts = (payment: string, owed: readonly AgedLine[]) => {
    const { amounts, advance } = allocateByAge(money(payment), owed, 'PER_RECIPIENT');
    return [...amounts, advance].map(moneyText);
  };

  it('closes the oldest months first, splits the last one in proportion, and penalties come last', () => {
    const owed = [
      owing('HOUSING', '100.00', '100.00'),
      owing('PENALTY', '7.00'),
      owing('UTILITY', '50.00', '300.00'),
    ];
    expect(texts('150.00', owed)).toEqual(['100.00', '0.00', '50.00', '0.00']);
    expect(texts('250.00', owed)).toEqual(['125.00', '0.00', '125.00', '0.00']);
    expect(texts('553.00', owed)).toEqual(['200.00', '3.00', '350.00', '0.00']);
    expect(texts('560.00', owed)).toEqual(['200.00', '7.00', '350.00', '3.00']);
  });

  it('takes an overpaid line of the recipient for money on the oldest debt', () => {
    const overpaid = { ...owing('UTILITY'), closing: money('-60.00') };
    const owed = [owing('HOUSING', '50.00', '100.00'), overpaid];
    expect(texts('90.00', owed)).toEqual(['90.00', '0.00', '0.00']);
    expect(texts('200.00', owed)).toEqual(['150.00', '0.00', '50.00']);
    expect(() => texts('-1.00', owed)).toThrow(RangeError);
  });

  const aging = (owed: readonly PayableLine[], of: bigint): AgedLine[] =>
    owed.map((line) => {
      const first = line.closing > 0n ? moneyOf(line.closing / of) : ZERO;
      const amounts = line.closing > 0n ? [first, subtractMoney(line.closing, first)] : [];
      return {
        ...line,
        debts: amounts.map((part, at) => ({ month: MONTHS[at] ?? MONTHS[2], amount: part })),
      };
    });
  const aged = fc.tuple(lines, fc.bigInt({ min: 1n, max: 5n })).map(([owed, of]) => aging(owed, of));
  const mode = fc.constantFrom<TotalMode[]>(...MODES);
  const named = fc.constantFrom(...MONTHS);
  const payment = fc.bigInt({ min: 0n, max: 3_000_000n }).map(moneyOf);

  it('spends the payment exactly, and of exactly the total leaves nothing to pay, whichever month is named', () =>
    fc.assert(
      fc.property(aged, mode, fc.option(named, { nil: undefined }), payment, (owed, netting, name, given) => {
        const total = totalToPay(owed, netting);
        const { amounts, advance } = allocateByAge(total, owed, netting, name);
        expect(addMoney(sum(amounts), advance)).toBe(total);
        expect(totalToPay(after(owed, amounts), netting)).toBe(ZERO);
        const any = allocateByAge(given, owed, netting, name);
        expect(addMoney(sum(any.amounts), any.advance)).toBe(given);
        for (const [place, part] of any.amounts.entries())
          expect(part >= 0n && part <= maxMoney(owed[place]?.closing ?? ZERO, ZERO)).toBe(true);
      }),
      LAW,
    ));

  it('is due by months what is to pay without the penalties, the oldest first', () =>
    fc.assert(
      fc.property(aged, mode, (owed, netting) => {
        const due = dueByMonth(owed, netting);
        const penalties = owed.filter(({ group }) => group === 'PENALTY');
        // netted with all others a penalty has no sum of its own
        if (netting !== 'NETTED' || penalties.length === 0)
          expect(addMoney(sum(due.map((one) => one.amount)), totalToPay(penalties, netting))).toBe(
            totalToPay(owed, netting),
          );
        expect(due.map((one) => one.month)).toEqual([...new Set(due.map((one) => one.month))].sort());
        expect(due.every((one) => one.amount > 0n)).toBe(true);
      }),
      LAW,
    ));

  it('fills the month that is named before it pays any other, and a month that nobody owes for names nothing', () =>
    fc.assert(
      fc.property(aged, named, payment, (owed, name, given) => {
        const ofMonth = owed.map((line) => ({
          ...line,
          debts: line.debts.filter(({ month: of }) => of === name),
        }));
        const single = ofMonth.map((line) => {
          const closing = line.group === 'PENALTY' ? ZERO : sum(line.debts.map((one) => one.amount));
          return { ...line, closing };
        });
        const wanted = sum(single.map(({ closing }) => closing));
        const first = allocateByAge(minMoney(given, wanted), owed, 'SUM_OF_ROWS', name);
        expect(first.amounts).toEqual(allocateByAge(minMoney(given, wanted), single, 'SUM_OF_ROWS').amounts);
        if (wanted === 0n)
          expect(allocateByAge(given, owed, 'SUM_OF_ROWS', name)).toEqual(
            allocateByAge(given, owed, 'SUM_OF_ROWS'),
          );
      }),
      LAW,
    ));
});
