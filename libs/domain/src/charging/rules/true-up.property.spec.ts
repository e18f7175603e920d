import fc from 'fast-check';
import { splitByDays } from '../../days-share';
import { type Quantity, quantity, quantityOf } from '../../decimal';
import { type Money, money } from '../../money';
import { month } from '../../month';
import { LAW } from '../../testing';
import { randomPlans } from '../random-services';
import { aPrice, dated, Dice } from '../random-values';
import { type SettledVolume } from '../silent-registers';
import { type AccountSnapshot, type PeriodDays, periodDays, type ServiceTerms } from '../snapshot';
import {
  accountOf,
  COLD,
  estimatedLine,
  MARCH,
  monthOf,
  people,
  registerOf,
  serviceOf,
  silentMonth,
} from '../testing';

const FEBRUARY = periodDays(month('2026-02'));
const START = { value: quantity('100'), on: FEBRUARY.from - 1 };

/** A month of water at some prices, with what stands charged of months before. */
const charged = (
  terms: Partial<ServiceTerms>,
  period: PeriodDays,
  changes: Partial<AccountSnapshot>,
): { charged: Money; recalculated: Money } =>
  monthOf(
    accountOf([serviceOf('METER', { ...COLD, ...terms, redistributes: true }, period)], {
      period,
      ...changes,
    }),
  ).line;

const readAs = (used: Quantity, { to }: PeriodDays) => ({
  value: quantityOf(START.value + used),
  on: to - 1,
});

describe('laws of a reading after an estimated month', () => {
  it('the month costs in the end what it would have cost by the reading’s part of it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const dice = new Dice(seed);
        const residents = dated(dice, FEBRUARY, () => quantityOf(BigInt(dice.roll(5)) * 1_000_000n));
        const terms = dice.is(4)
          ? { tariffs: dated(dice, FEBRUARY, aPrice(dice)) }
          : { plans: randomPlans(dice, FEBRUARY) };
        const [estimate, counted] = [dice.volume(20), dice.volume(40)];
        const inFebruary = (used: Quantity): Money =>
          charged(terms, FEBRUARY, {
            residents,
            registers: [registerOf({ previous: START, current: readAs(used, FEBRUARY) })],
          }).charged;
        const was = { quantity: estimate, charged: inFebruary(estimate) };
        const lines = [estimatedLine(terms, FEBRUARY, was)];
        const register = registerOf({
          previous: START,
          current: readAs(counted, MARCH),
          estimatedSince: estimate,
          estimated: [silentMonth(FEBRUARY, { quantity: estimate, lines, residents })],
        });
        const march = charged(terms, MARCH, { residents: people(7), registers: [register] });
        const [share = quantity('0')] = splitByDays(counted, [FEBRUARY.days, MARCH.days]);
        expect(was.charged + march.recalculated).toBe(inFebruary(share));
      }),
      LAW,
    ));

  it('registers that settle it one after the other leave it at what it costs by all that they counted', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const dice = new Dice(seed);
        const residents = people(dice.roll(5));
        const terms = { plans: randomPlans(dice, FEBRUARY) };
        const inFebruary = (used: bigint): Money =>
          charged(terms, FEBRUARY, {
            residents,
            registers: [registerOf({ previous: START, current: readAs(quantityOf(used), FEBRUARY) })],
          }).charged;
        const [kitchen, bath] = [dice.volume(10), dice.volume(10)];
        const was = { quantity: quantityOf(kitchen + bath), charged: inFebruary(kitchen + bath) };
        const lines = [estimatedLine(terms, FEBRUARY, was)];
        const settling = (estimated: Quantity, counted: Quantity, settled?: SettledVolume): Money => {
          const told = { quantity: estimated, silent: 2, lines, residents, ...(settled && { settled }) };
          const register = registerOf({
            previous: START,
            current: readAs(counted, MARCH),
            estimatedSince: estimated,
            estimated: [silentMonth(FEBRUARY, told)],
          });
          return charged(terms, MARCH, { residents: people(7), registers: [register] }).recalculated;
        };
        const inFebruaryOf = (counted: Quantity): Quantity =>
          splitByDays(counted, [FEBRUARY.days, MARCH.days])[0] ?? quantity('0');
        const [first, second] = [dice.volume(40), dice.volume(40)];
        const given = inFebruaryOf(first);
        const settled =
          settling(kitchen, first) + settling(bath, second, { estimated: kitchen, counted: given });
        expect(was.charged + settled).toBe(inFebruary(given + inFebruaryOf(second)));
      }),
      LAW,
    ));

  it('services of one register are each settled as if they were alone', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 30 }), (seed) => {
        const dice = new Dice(seed);
        const residents = people(2);
        const counted = dice.volume(40);
        const lines = ['one', 'other'].map((serviceId) =>
          estimatedLine({ serviceId, plans: randomPlans(dice, FEBRUARY) }, FEBRUARY, {
            quantity: quantity('6'),
            charged: money('77'),
          }),
        );
        const settled = (own: typeof lines) => {
          const month = silentMonth(FEBRUARY, { quantity: quantity('6'), lines: own, residents });
          const register = registerOf({
            previous: START,
            current: readAs(counted, MARCH),
            estimatedSince: quantity('6'),
            estimated: [month],
          });
          const services = own.map(({ terms }) =>
            serviceOf('METER', { ...terms, ...COLD, redistributes: true }, MARCH),
          );
          const { lines: found } = monthOf(accountOf(services, { period: MARCH, registers: [register] }));
          return found.map(({ quantity: used, recalculated }) => [used, recalculated]);
        };
        expect(settled(lines)).toEqual(lines.flatMap((line) => settled([line])));
      }),
      LAW,
    ));
});
