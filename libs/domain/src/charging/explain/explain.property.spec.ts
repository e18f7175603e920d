import fc from 'fast-check';
import { HOUSE_LAW } from '../../testing';
import { calculateHouse, type HouseMonth } from '../house';
import { otherMonthOf, randomHouse } from '../random-house';
import { type HouseSnapshot } from '../snapshot';
import { type StatementLine } from '../statement-line';
import { type ChargedMonth, difference } from './difference';
import { explainStatement } from './explain';

const seed = fc.integer({ min: 1, max: 2 ** 30 });
const sumOf = (line: StatementLine): bigint =>
  line.charged + line.recalculated + line.underdelivered + line.benefit + line.adjusted;

const chargedAt = (month: HouseMonth, place: number): bigint =>
  (month.statements[place]?.lines ?? []).reduce((total, line) => total + sumOf(line), 0n);

/** Each account of a house with what it shares. */
function monthsOf(house: HouseSnapshot): ChargedMonth[] {
  const { share } = calculateHouse(house);
  return house.accounts.map((account) => ({ account, share }));
}

describe('laws of explaining', () => {
  it('what is told reproduces every line to the kopek', () =>
    fc.assert(
      fc.property(seed, (number) => {
        const house = randomHouse(number);
        const { share, statements } = calculateHouse(house);
        for (const [place, account] of house.accounts.entries()) {
          const told = explainStatement(account, share);
          expect(told.map(({ line }) => line)).toEqual(statements[place]?.lines);
          for (const { charged, line, additions } of told) {
            expect(charged).toBe(line.charged);
            const benefits = additions.filter(({ kind }) => kind === 'BENEFIT');
            if (line.vat === 0n)
              expect(benefits.reduce((total, { amount }) => total + amount, 0n)).toBe(line.benefit);
          }
        }
      }),
      HOUSE_LAW,
    ));

  it('the causes of a difference add up to it, line by line', () =>
    fc.assert(
      fc.property(seed, seed, (one, other) => {
        const house = randomHouse(one);
        const later = otherMonthOf(house, other);
        const [was, is] = [calculateHouse(house), calculateHouse(later)];
        for (const [place, account] of house.accounts.entries()) {
          const now = later.accounts[place];
          if (!now) continue;
          const told = difference({ account, share: was.share }, { account: now, share: is.share });
          const unexplained = told.filter(
            ({ before, after, causes }) =>
              causes.reduce((total, { amount }) => total + amount, 0n) !== after - before,
          );
          expect(unexplained).toEqual([]);
          expect(told.reduce((total, line) => total + line.after - line.before, 0n)).toBe(
            chargedAt(is, place) - chargedAt(was, place),
          );
        }
      }),
      HOUSE_LAW,
    ));

  it('a month differs from itself in nothing', () =>
    fc.assert(
      fc.property(seed, (number) => {
        for (const month of monthsOf(randomHouse(number)))
          expect(difference(month, month).flatMap(({ causes }) => causes)).toEqual([]);
      }),
      HOUSE_LAW,
    ));
});
