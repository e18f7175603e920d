import fc from 'fast-check';
import { quantity, quantityOf, quantityText, ratio } from '../decimal';
import { moneyText } from '../money';
import { LAW } from '../testing';
import { consumption } from './consumption';
import { type AccountService, type AccountSnapshot } from './snapshot';
import {
  accountOf,
  APRIL,
  COLD,
  commonOf,
  houseOf,
  linesOf,
  MARCH,
  monthOf,
  norms,
  on,
  people,
  prices,
  readAfterEstimates,
  registerOf,
  serviceOf,
} from './testing';
import { calculateHouse } from './house';

const until11 = { to: on('2026-04-11') };
const since11 = { from: on('2026-04-11') };
const byNorm = (serviceId: string, days: object = {}, changes: object = {}) =>
  serviceOf('NORM_PERSON', { ...COLD, serviceId, norms: norms('4'), ...changes }, days);
const byMeter = (serviceId: string, days: object = {}, changes: object = {}) =>
  serviceOf('METER', { ...COLD, serviceId, norms: norms('4'), ...changes }, days);
const drain = (days: object = {}) => serviceOf('SUM_OF_WATER', { serviceId: 'drain' }, days);
/** 6 m³ from 31 March to 30 April. */
const read = registerOf({ current: { value: quantity('402'), on: APRIL.to - 1 } });
const metered = { registers: [read] };
const unread = { registers: [registerOf({ current: null, history: ['6', '6', '6'].map(quantity) })] };

const quantities = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
  monthOf(accountOf(services, changes)).lines.map((line) => quantityText(line.quantity));
const used = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) => {
  const volumes = consumption(accountOf(services, changes));
  return quantityText(quantityOf(volumes.reduce((sum, one) => sum + one.quantity, 0n)));
};

describe('two services of one resource', () => {
  const orders = [
    ['the second begins later', {}, since11, ['1', '2/3'], '8'],
    ['the second ends earlier', {}, until11, ['1', '1/3'], '8'],
    ['the first begins later', since11, {}, ['2/3', '1'], '8'],
    ['the first ends earlier', until11, {}, ['1/3', '1'], '8'],
    ['the second takes over from the first', until11, since11, ['1/3', '2/3'], '8'],
    ['the first takes over from the second', since11, until11, ['2/3', '1/3'], '8'],
    ['both begin later', since11, since11, ['2/3', '2/3'], '5.333333'],
  ] as const;
  const shares = { '1': ['8', '6'], '2/3': ['5.333333', '4'], '1/3': ['2.666667', '2'] } as const;

  it.each(orders)('by a norm, where %s: each on its own days', (_, one, other, parts, all) => {
    const services = [byNorm('one', one), byNorm('other', other)];
    expect(quantities(services)).toEqual(parts.map((part) => shares[part][0]));
    expect(used(services)).toBe(all);
  });

  it.each(orders.slice(0, 6))('by a meter, where %s: each its part by days', (_, one, other, parts) => {
    const services = [byMeter('one', one), byMeter('other', other)];
    for (const changes of [metered, unread]) {
      expect(quantities(services, changes)).toEqual(parts.map((part) => shares[part][1]));
      expect(used(services, changes)).toBe('6');
    }
  });

  it('of the same days are both charged for all that was counted, though they began with the 11th', () =>
    expect(quantities([byMeter('one', since11), byMeter('other', since11)], metered)).toEqual(['6', '6']));

  it('that overlap are each charged for their days, and the house has all of them once', () => {
    const services = [byNorm('one', { to: on('2026-04-21') }), byNorm('other', since11)];
    // 20 days each of 8 a month; the other's are the ten that are found by the one, and ten of its own
    expect(quantities(services)).toEqual(['5.333333', '5.333334']);
    expect(used(services)).toBe('8');
    const counted = [byMeter('one', { to: on('2026-04-21') }), byMeter('other', since11)];
    expect(quantities(counted, metered)).toEqual(['4', '4']);
    expect(used(counted, metered)).toBe('6');
  });

  it('leave nothing that a meter counted while neither was charged: it is of who was before', () => {
    const services = [byMeter('one', until11), byMeter('other', { from: on('2026-04-21') })];
    expect(quantities(services, metered)).toEqual(['4', '2']);
    // what is estimated is of the days that somebody is charged for: 6 × 20 / 30
    expect(used(services, unread)).toBe('4');
    expect(quantities([byMeter('one', until11), byMeter('one', { from: on('2026-04-21') })])).toEqual([
      '5.333334',
    ]);
  });

  it('have a volume that an act sets by days too', () => {
    const acts = [{ ...COLD, quantity: quantity('30'), id: 'act' }];
    expect(quantities([byNorm('one', until11), byMeter('other', since11)], { acts })).toEqual(['10', '20']);
  });

  it('of which one is charged by the norm and then the other by the meter are charged so', () => {
    const put = registerOf({
      previous: { value: quantity('0'), on: on('2026-04-10') },
      current: { value: quantity('5'), on: on('2026-04-25') },
    });
    const services = [byNorm('one', until11), byMeter('other', since11)];
    expect(quantities(services, { registers: [put] })).toEqual(['2.666667', '5']);
    expect(used(services, { registers: [put] })).toBe('7.666667');
  });

  it('have the norm, the people and the coefficient of their own days', () => {
    const changed = [
      { from: 0, to: on('2026-04-16'), value: ratio('3') },
      { from: on('2026-04-16'), to: 1_000_000, value: ratio('6') },
    ];
    const grown = [
      { from: 0, to: on('2026-04-21'), value: quantity('1') },
      { from: on('2026-04-21'), to: 1_000_000, value: quantity('2') },
    ];
    const own = { norms: changed };
    // 3 × 5 + 6 × 5 + 6 × 2 × 10, over 30
    expect(quantities([byNorm('one', {}, own), byNorm('other', since11)], { residents: grown })).toEqual([
      '6.5',
      '5.5',
    ]);
    const raised = { ...byNorm('one'), coefficients: [{ from: 0, to: 1_000_000, value: ratio('3') }] };
    const { lines } = monthOf(accountOf([raised, byNorm('other', since11)]));
    // twice what the plain norm costs: 16 and 10.666667 at 10.00
    expect(lines.map(({ excess }) => moneyText(excess))).toEqual(['160.00', '106.67']);
  });

  it('settle months that were estimated once, by whoever was charged for them', () => {
    const middle = on('2026-03-16');
    const dear = { redistributes: true, tariffs: prices('43.27') };
    const first = byMeter('one', { ...MARCH, to: middle }, dear);
    const next = byMeter('other', { ...MARCH, from: middle }, dear);
    const drains = serviceOf('SUM_OF_WATER', { serviceId: 'drain', redistributes: true }, MARCH);
    const recalculated = (services: AccountService[]) =>
      monthOf(accountOf(services, { period: MARCH, registers: [readAfterEstimates('one')] })).lines.map(
        (line) => moneyText(line.recalculated),
      );
    expect(recalculated([first, next, drains])).toEqual(['97.59', '0.00', '22.55']);
    expect(recalculated([next, first, { ...drains, from: middle }])).toEqual(['0.00', '97.59', '0.00']);
    expect(recalculated([next])).toEqual(['97.59']);
  });

  it('lack a norm only on their own days', () => {
    const late = { norms: [{ from: on('2026-04-11'), to: 1_000_000, value: ratio('4') }] };
    const account = accountOf([byNorm('one', {}, late), byNorm('other', since11)]);
    const [statement] = calculateHouse(houseOf([account])).statements;
    expect(statement?.missingNorms).toEqual(['one']);
  });

  it('that charges begun months whole is charged for what flowed on its days all the same', () =>
    expect(quantities([byMeter('one'), byMeter('other', since11, { wholeMonths: true })], metered)).toEqual([
      '6',
      '4',
    ]));

  it('share the house’s volume once', () => {
    const account = accountOf(
      [byMeter('one', until11), byMeter('other', since11), serviceOf('COMMON_AREA', { serviceId: 'common' })],
      metered,
    );
    const { share } = calculateHouse(houseOf([account], [commonOf({ houseMeter: quantity('10') })]));
    expect(share.commons.map(({ individual }) => quantityText(individual))).toEqual(['6']);
  });

  it('hand over what was counted to the last drop, on whichever days', () => {
    const day = fc.integer({ min: APRIL.from + 1, max: APRIL.to - 1 });
    fc.assert(
      fc.property(
        fc.uniqueArray(day, { maxLength: 5 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        (days, size) => {
          const begins = [APRIL.from, ...days.sort((one, other) => one - other)];
          const services = begins.map((from, place) =>
            byMeter(String(place), { from, to: begins[place + 1] ?? APRIL.to }),
          );
          const previous = { value: quantity('1'), on: APRIL.from - 8 };
          const current = { value: quantityOf(1_000_000n + BigInt(size)), on: APRIL.to - 3 };
          const registers = [registerOf({ previous, current })];
          for (const all of [services, [byMeter('whole'), ...services]]) {
            const { lines } = monthOf(accountOf([...all, drain()], { registers }));
            const parts = lines.filter(({ serviceId }) => serviceId !== 'whole' && serviceId !== 'drain');
            expect(parts.reduce((sum, { quantity: part }) => sum + part, 0n)).toBe(BigInt(size));
            expect(lines.at(-1)?.quantity).toBe(BigInt(size));
          }
        },
      ),
      LAW,
    );
  });
});

describe('the drain of a part of the month', () => {
  it('is charged for the water of its days', () => {
    expect(quantities([byNorm('cold'), drain(since11)])).toEqual(['8', '5.333333']);
    expect(quantities([byNorm('cold'), drain(until11)])).toEqual(['8', '2.666667']);
    expect(quantities([byMeter('cold'), drain(since11)], metered)).toEqual(['6', '4']);
    expect(quantities([drain(since11), byMeter('cold')], metered)).toEqual(['4', '6']);
  });

  it('that began with the water is charged for all of it, whenever that was read', () =>
    expect(quantities([byMeter('cold', since11), drain(since11)], metered)).toEqual(['6', '6']));

  it('is charged for all water that changed hands, and for none twice', () => {
    expect(quantities([byNorm('one', until11), byNorm('other', since11), drain()])[2]).toBe('8');
    expect(quantities([byNorm('one'), byNorm('other', since11), drain()])[2]).toBe('8');
    const handed = [byMeter('one', until11), byMeter('other', since11)];
    expect(quantities([...handed, drain()], metered)[2]).toBe('6');
    expect(quantities([...handed, drain({ from: on('2026-04-16') })], metered)[2]).toBe('3');
  });

  it('has what went to the garden on its days, and none that went before', () => {
    const garden = registerOf({
      registerId: 'garden',
      isIrrigation: true,
      current: { value: quantity('399'), on: APRIL.to - 1 },
    });
    const registers = [read, garden];
    // (6 − 3) × 20 / 30
    expect(quantities([byMeter('cold'), drain(since11)], { registers })[1]).toBe('2');
    expect(quantities([byMeter('cold', since11), drain(since11)], { registers })[1]).toBe('3');
  });

  it('has the house’s water in the account’s own row on its days', () => {
    const cold = byMeter('cold', {}, { takesShare: true });
    const common = commonOf({ serviceId: 'cold', houseMeter: quantity('12') });
    // 3 of the 6 that the house used beyond: (6 + 3) × 20 / 30
    const lines = linesOf(accountOf([cold, drain(since11)], metered), [common]);
    expect(lines.map(([, volume]) => volume)).toEqual(['9', '6']);
  });

  it('is reduced for who was away by the norms of whoever supplied the water that day', () => {
    const services = [byNorm('one', until11), byNorm('other', since11, { norms: norms('6') }), drain()];
    const away = { from: on('2026-04-04'), to: on('2026-04-18'), people: quantity('1'), moreThan: 5 };
    const { lines } = monthOf(accountOf(services, { absences: [away], residents: people(2) }));
    // 10.00 × (4 × 7 + 6 × 7) / 30
    expect(lines.map(({ recalculated }) => moneyText(recalculated))[2]).toBe('-23.33');
  });
});
