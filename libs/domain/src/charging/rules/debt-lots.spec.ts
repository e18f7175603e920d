import fc from 'fast-check';
import { maxMoney, type Money, money, moneyOf, moneyText, sum } from '../../money';
import { LAW } from '../../testing';
import { type DebtMove, type MonthLot, leftOf, moveLots, openLots } from './debt-lots';

const NONE = moneyOf(0n);
const lot = (id: string, principal: string, ...paid: [number, string][]): MonthLot => ({
  id,
  due: Number(id) * 30,
  principal: money(principal),
  accrued: NONE,
  payments: paid.map(([on, amount]) => ({ on, amount: money(amount) })),
});
const LAST = { id: '9', due: 270, endsOn: 255 };
const text = (lots: readonly MonthLot[]): string[] =>
  lots.map(
    ({ id, principal, payments }) =>
      `${id} ${moneyText(principal)} ${payments.map(({ on, amount }) => `${on}:${moneyText(amount)}`).join(' ')}`,
  );

describe('debts as a month begins', () => {
  it('are what is owed: what no older lot explains is last month’s', () => {
    expect(text(openLots([lot('7', '100.00', [200, '30.00'])], money('120.00'), LAST))).toEqual([
      '7 100.00 200:30.00',
      '9 50.00 ',
    ]);
    expect(text(openLots([], money('40.00'), LAST))).toEqual(['9 40.00 ']);
    expect(openLots([], money('-40.00'), LAST)).toEqual([]);
  });

  it('are paid, the oldest first, by a charge below zero', () => {
    const known = [lot('7', '100.00'), lot('8', '50.00')];
    expect(text(openLots(known, money('30.00'), LAST))).toEqual(['7 100.00 255:100.00', '8 50.00 255:20.00']);
    expect(text(openLots(known, money('-5.00'), LAST))).toEqual(['7 100.00 255:100.00', '8 50.00 255:50.00']);
  });
});

describe('what moves debts', () => {
  const lots = [lot('7', '100.00'), lot('8', '50.00')];
  const moved = (...moves: Parameters<typeof moveLots>[1][number][]) => text(moveLots(lots, moves, NONE));

  it('pays the oldest first, by the payers’ days', () => {
    expect(moved({ on: 260, amount: money('60.00') }, { on: 250, amount: money('70.00') })).toEqual([
      '7 100.00 250:70.00 260:30.00',
      '8 50.00 260:30.00',
    ]);
  });

  it('corrects the month that is named since it was due, then the oldest', () => {
    expect(moved({ on: 260, amount: money('70.00'), corrects: '8' })).toEqual([
      '7 100.00 260:20.00',
      '8 50.00 240:50.00',
    ]);
    expect(moved({ on: 260, amount: money('7.00'), corrects: '1' })).toEqual([
      '7 100.00 260:7.00',
      '8 50.00 ',
    ]);
  });

  it('pays the month that the payer named on his day, then the oldest', () => {
    expect(moved({ on: 260, amount: money('30.00'), names: '8' })).toEqual([
      '7 100.00 ',
      '8 50.00 260:30.00',
    ]);
    expect(moved({ on: 260, amount: money('70.00'), names: '8' })).toEqual([
      '7 100.00 260:20.00',
      '8 50.00 260:50.00',
    ]);
    const afterOthers = [
      { on: 250, amount: money('110.00') },
      { on: 260, amount: money('45.00'), names: '8' },
    ];
    expect(text(moveLots(lots, afterOthers, NONE))).toEqual([
      '7 100.00 250:100.00',
      '8 50.00 250:10.00 260:40.00',
    ]);
    expect(moved({ on: 260, amount: money('7.00'), names: '9' })).toEqual(['7 100.00 260:7.00', '8 50.00 ']);
  });

  it('owes the month again that a payment had named, before what was paid last', () => {
    const paid = [lot('7', '100.00', [250, '60.00']), lot('8', '50.00', [250, '10.00'])];
    const back = (amount: string, undoes?: number) =>
      text(
        moveLots(
          paid,
          [{ on: 261, amount: money(amount), names: '7', ...(undoes === undefined ? {} : { undoes }) }],
          NONE,
        ),
      );
    expect(back('-60.00')).toEqual(['7 100.00 250:60.00 261:-60.00', '8 50.00 250:10.00']);
    expect(back('-65.00')).toEqual(['7 100.00 250:60.00 261:-60.00', '8 50.00 250:10.00 261:-5.00']);
    expect(back('-60.00', 250)).toEqual(['7 100.00 ', '8 50.00 250:10.00']);
    expect(back('-65.00', 250)).toEqual(['7 100.00 ', '8 50.00 250:5.00']);
  });

  it.each([
    ['a refund', { cameOn: 250 }, '7 500.00 250:200.00 290:-200.00'],
    ['a reversal', { undoes: 250 }, '7 500.00 '],
    ['a refund of nobody knows what', {}, '7 500.00 250:200.00 290:-200.00'],
  ])('takes by %s that names no month nothing of what another payment had named', (_, of, seventh) => {
    const open = [lot('7', '500.00'), lot('8', '500.00')];
    const back = { on: 290, amount: money('-200.00'), ...of };
    for (const on of [249, 250, 251]) {
      const came = [
        { on, amount: money('200.00'), names: '8' },
        { on: 250, amount: money('200.00') },
      ];
      const expected = [seventh, `8 500.00 ${on}:200.00`];
      expect(text(moveLots(open, [...came, back], NONE))).toEqual(expected);
      // the same where the payments are of a month that is closed
      expect(text(moveLots(moveLots(open, came, NONE), [back], NONE))).toEqual(expected);
    }
  });

  it('owes again what was paid on the day that the money came, before what was paid later', () => {
    const paid = [lot('7', '100.00', [250, '100.00']), lot('8', '50.00', [255, '50.00'])];
    const back = (cameOn: number) =>
      text(moveLots(paid, [{ on: 261, amount: money('-60.00'), cameOn }], NONE));
    expect(back(250)).toEqual(['7 100.00 250:100.00 261:-60.00', '8 50.00 255:50.00']);
    expect(back(255)).toEqual(['7 100.00 250:100.00 261:-10.00', '8 50.00 255:50.00 261:-50.00']);
  });

  it('tells what was named also in the part that a reversal leaves of it', () => {
    const moves = [
      { on: 250, amount: money('80.00'), names: '8' },
      { on: 250, amount: money('110.00') },
      { on: 260, amount: money('-30.00'), names: '8', undoes: 250 },
      { on: 261, amount: money('-110.00'), undoes: 250 },
    ];
    const open = [lot('7', '100.00'), lot('8', '100.00')];
    expect(moveLots(open, moves, NONE).map(leftOf)).toEqual([money('100.00'), money('50.00')]);
  });

  it.each([{ cameOn: 250 }, { undoes: 250 }])('owes no other month for one that is forgotten (%#)', (of) => {
    const paid = [lot('7', '100.00', [250, '60.00']), lot('9', '50.00', [250, '10.00'])];
    const back = { on: 261, amount: money('-60.00'), names: '8', ...of };
    expect(moveLots(paid, [back], NONE)).toEqual(paid);
    const later = { on: 262, amount: money('-60.00') };
    expect(moveLots(paid, [back, later], money('60.00'))).toEqual(moveLots(paid, [later], NONE));
  });

  it('gives back first what no lot took, then what was paid last', () => {
    const all = [
      { on: 250, amount: money('170.00') },
      { on: 261, amount: money('-60.00') },
    ];
    expect(moved(...all)).toEqual(['7 100.00 250:100.00', '8 50.00 250:50.00 261:-40.00']);
    expect(text(moveLots(lots, all, money('40.00')))).toEqual(['7 100.00 250:100.00', '8 50.00 250:50.00']);
  });

  it('gives back from what is left of what no lot took, and never more of a lot than was paid', () => {
    const after = (paid: string, advance: string, ...back: string[]) => {
      const moves = back.map((amount, place) => ({ on: 260 + place, amount: money(`-${amount}`) }));
      return text(moveLots(lots, [{ on: 250, amount: money(paid) }, ...moves], money(advance)));
    };
    // 30 and 10 of the advance of 40
    expect(after('150.00', '40.00', '30.00', '30.00')).toEqual([
      '7 100.00 250:100.00',
      '8 50.00 250:50.00 261:-20.00',
    ]);
    expect(after('150.00', '40.00', '60.00', '10.00')).toEqual([
      '7 100.00 250:100.00',
      '8 50.00 250:50.00 260:-20.00 261:-10.00',
    ]);
    expect(after('100.00', '0.00', '60.00', '60.00')).toEqual([
      '7 100.00 250:100.00 260:-60.00 261:-40.00',
      '8 50.00 ',
    ]);
    const half = [lot('7', '100.00', [250, '50.00'], [255, '-30.00'])];
    expect(text(moveLots(half, [{ on: 260, amount: money('-40.00') }], NONE))).toEqual([
      '7 100.00 250:50.00 255:-30.00 260:-20.00',
    ]);
  });

  it('keeps payments in the order of their days', () => {
    const paid = [lot('8', '50.00', [250, '10.00'])];
    const moves = [{ on: 260, amount: money('20.00'), corrects: '8' }];
    expect(text(moveLots(paid, moves, NONE))).toEqual(['8 50.00 240:20.00 250:10.00']);
  });

  it('forgets a part of a payment, and of another day’s where there is none of that day: the latest first', () => {
    const paid = [lot('7', '100.00', [250, '60.00'], [255, '40.00'])];
    const undone = (undoes: number, amount: string) =>
      text(moveLots(paid, [{ on: 261, amount: money(amount), undoes }], NONE));
    expect(undone(250, '-25.00')).toEqual(['7 100.00 250:35.00 255:40.00']);
    expect(undone(240, '-50.00')).toEqual(['7 100.00 250:50.00']);
  });

  it('forgets a payment that never came, by its day', () => {
    const paid = [lot('7', '100.00', [250, '60.00'], [255, '40.00']), lot('8', '50.00', [255, '10.00'])];
    const undone = moveLots(paid, [{ on: 261, amount: money('-60.00'), undoes: 250 }], NONE);
    expect(text(undone)).toEqual(['7 100.00 255:40.00', '8 50.00 255:10.00']);
    const beyond = moveLots(paid, [{ on: 261, amount: money('-200.00'), undoes: 255 }], NONE);
    expect(text(beyond)).toEqual(['7 100.00 ', '8 50.00 ']);
  });

  it('never leaves a lot below zero or above what it was, and loses no kopek while there is debt', () => {
    const amount = (least: bigint, most: bigint): fc.Arbitrary<Money> =>
      fc.bigInt({ min: least, max: most }).map(moneyOf);
    fc.assert(
      fc.property(
        fc.array(amount(1n, 50_000n), { minLength: 1, maxLength: 4 }),
        fc.array(
          fc.record(
            {
              on: fc.integer({ min: 200, max: 300 }),
              amount: amount(-9_000n, 40_000n),
              names: fc.constantFrom('0', '1', '2', '7'),
            },
            { requiredKeys: ['on', 'amount'] },
          ),
          { maxLength: 6 },
        ),
        (principals, moves) => {
          const before = principals.map((principal, at) => ({ ...lot(String(at), '1.00'), principal }));
          const after = moveLots(before, moves, NONE);
          const left = after.reduce((total, one) => total + leftOf(one), 0n);
          const owed = principals.reduce((total, one) => total + one, 0n);
          const isGone = ({ amount, names }: DebtMove) =>
            amount < 0n && !before.some(({ id }) => id === (names ?? id));
          const came = moves.reduce((total, one) => total + one.amount, 0n);
          const gone = moves.filter(isGone).reduce((total, one) => total - one.amount, 0n);
          for (const one of after) expect(leftOf(one) >= 0n && leftOf(one) <= one.principal).toBe(true);
          const within = (sum: bigint) => (sum < 0n ? 0n : sum > owed ? owed : sum);
          // for a month that is not known any more no lot is owed again
          expect(left <= within(owed - came) && left >= within(owed - came - gone)).toBe(true);
        },
      ),
      LAW,
    );
  });

  it('fills the named month before it pays any other', () =>
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 50_000n }).map(moneyOf), { minLength: 2, maxLength: 4 }),
        fc.bigInt({ min: 1n, max: 60_000n }).map(moneyOf),
        fc.nat({ max: 3 }),
        (principals, amount, at) => {
          const before = principals.map((principal, place) => ({ ...lot(String(place), '1.00'), principal }));
          const place = at % before.length;
          const after = moveLots(before, [{ on: 250, amount, names: String(place) }], NONE);
          const paidOf = (one: MonthLot) => one.principal - leftOf(one);
          const named = principals[place] ?? NONE;
          const whole = after.reduce((total, one) => total + paidOf(one), 0n);
          expect(after.map(paidOf)[place]).toBe(amount < named ? amount : named);
          const others = after.filter((_, other) => other !== place);
          const unnamed = moveLots(
            before.filter((_, other) => other !== place),
            [{ on: 250, amount: moneyOf(amount < named ? 0n : amount - named) }],
            NONE,
          );
          expect(others.map(paidOf)).toEqual(unnamed.map(paidOf));
          const owed = principals.reduce((total, one) => total + one, 0n);
          expect(whole).toBe(amount < owed ? amount : owed);
        },
      ),
      LAW,
    ));

  it('leaves the debts as if an unnamed payment had never come, whatever was named before it', () => {
    const sums = (least: bigint) => fc.bigInt({ min: least, max: 50_000n }).map(moneyOf);
    fc.assert(
      fc.property(
        fc.array(sums(1n), { minLength: 2, maxLength: 4 }),
        fc.array(fc.record({ amount: sums(1n), names: fc.constantFrom('0', '1', '2', '3') }), {
          maxLength: 3,
        }),
        fc.record({
          amount: sums(1n),
          isLater: fc.boolean(),
          isReversal: fc.boolean(),
          isKept: fc.boolean(),
        }),
        (principals, named, { amount, isLater, isReversal, isKept }) => {
          const before = principals.map((principal, at) => ({ ...lot(String(at), '1.00'), principal }));
          const on = isLater || isKept ? 251 : 250;
          const came = [...named.map((one) => ({ ...one, on: 250 })), { on, amount }];
          const back = {
            on: 260,
            amount: moneyOf(-amount),
            ...(isReversal ? { undoes: on } : { cameOn: on }),
          };
          const without = moveLots(before, came.slice(0, -1), NONE).map(leftOf);
          const spare = maxMoney(
            moneyOf(came.reduce((rest, one) => rest + one.amount, 0n) - sum(principals)),
            NONE,
          );
          const after = isKept
            ? moveLots(moveLots(before, came, NONE), [back], spare)
            : moveLots(before, [...came, back], NONE);
          expect(after.map(leftOf)).toEqual(without);
        },
      ),
      LAW,
    );
  });
});
