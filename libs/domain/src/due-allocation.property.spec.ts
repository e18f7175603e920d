import fc from 'fast-check';
import { allocateByDue } from './due-allocation';
import { addMoney, type Money, money, moneyOf, moneyText, subtractMoney, sum, ZERO } from './money';
import { LAW } from './testing';
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
