import { price, quantity, quantityOf, quantityText } from '../../decimal';
import { moneyText } from '../../money';
import { type AccountRegister, type AccountService } from '../snapshot';
import { accountOf, APRIL, COLD, monthOf, norms, on, registerOf, serviceOf } from '../testing';
import { asUsable, flowsOf, weightsOf } from './register-days';

const read = (value: string, date: string) => ({ value: quantity(value), on: on(date) });
/** At 10.00 until 15 April and at 20.00 since. */
const changing = serviceOf('METER', {
  ...COLD,
  norms: norms('4'),
  tariffs: [
    { from: 0, to: on('2026-04-16'), value: price('10') },
    { from: on('2026-04-16'), to: 1_000_000, value: price('20') },
  ],
});
const charged = (registers: AccountRegister[], service: AccountService = changing) => {
  const { line } = monthOf(accountOf([service], { registers }));
  return [line.method, quantityText(line.quantity), moneyText(line.charged)];
};

describe('a register that became unusable', () => {
  const broken = (since: string, changes: Partial<AccountRegister> = {}) =>
    asUsable(registerOf({ unusable: { since: on(since), why: 'BROKEN' }, ...changes }), APRIL);

  it('keeps a reading of the day before, and loses one of that day', () => {
    const current = read('402', '2026-04-20');
    expect(broken('2026-04-21', { current }).current).toBe(current);
    expect(broken('2026-04-20', { current }).current).toBeNull();
    expect(broken('2026-04-30').current).toBeNull();
  });

  it('is usable in a month that ends before', () =>
    expect(broken('2026-05-01').current).toEqual(registerOf().current));

  it('has missed the months from the event on, its own for the first, whatever was missed before', () => {
    expect(broken('2026-04-10').missed).toBe(1);
    expect(broken('2026-04-10', { missed: 5 }).missed).toBe(1);
    expect(broken('2026-04-30', { missed: 5 }).missed).toBe(1);
    expect(broken('2026-02-01', { missed: 5 }).missed).toBe(3);
    expect(broken('2026-01-31', { missed: 5 }).missed).toBe(4);
  });

  it('has not missed a month that a reading of before the event settled', () =>
    // read on 20 February, broken on the 25th: March and April
    expect(broken('2026-02-25', { missed: 2 }).missed).toBe(2));

  it('is charged by its average for three months from the event, then by the norm', () => {
    const month = (since: string, missed: number) =>
      charged([
        registerOf({
          ...{ unusable: { since: on(since), why: 'LOST' }, missed, current: null },
          history: ['3', '3', '3'].map(quantity),
        }),
      ]).slice(0, 2);
    // silent since October, lost in February: February, March, April
    expect(month('2026-02-10', 7)).toEqual(['ESTIMATE_AVERAGE', '3']);
    expect(month('2026-01-10', 7)).toEqual(['ESTIMATE_NORM', '8']);
    expect(month('2026-01-25', 3)).toEqual(['ESTIMATE_AVERAGE', '3']);
  });
});

describe('what flowed', () => {
  const register = registerOf({
    previous: read('0', '2026-04-16'),
    current: read('3', '2026-04-30'),
    between: [read('1', '2026-04-20')],
    replaced: {
      registerId: 'old',
      shape: { digits: 3, decimals: 3 },
      previous: read('998', '2026-03-31'),
      final: read('4', '2026-04-10'),
      average: quantity('6'),
    },
  });
  const previous = read('0', '2026-04-16');
  const shown = (flows: ReturnType<typeof flowsOf>) =>
    flows.map(({ from, to, quantity: volume }) => [
      from - APRIL.from + 1,
      to - APRIL.from + 1,
      quantityText(volume),
    ]);

  it('is by the old register, by its average, and from reading to reading', () => {
    const flows = flowsOf(register, { previous, current: read('3', '2026-04-30') }, APRIL);
    // the old one turned over at 1,000; six days of an average of 6 are 1.2
    expect(shown(flows)).toEqual([
      [1, 11, '6'],
      [11, 17, '1.2'],
      [17, 21, '1'],
      [21, 31, '2'],
    ]);
  });

  it('ends with the last reading', () =>
    expect(shown(flowsOf(register, { previous, current: null }, APRIL)).at(-1)).toEqual([17, 21, '1']));

  it('weighs each day by its flow, days without any nothing', () => {
    const days = (from: number, to: number, volume: bigint) => ({ from, to, quantity: quantityOf(volume) });
    expect(weightsOf([days(1, 3, 10n), days(3, 8, 20n)])).toEqual([
      { from: 1, to: 3, value: 50n },
      { from: 3, to: 8, value: 40n },
    ]);
    expect(weightsOf([days(1, 3, 10n), days(3, 3, 0n)])).toEqual([{ from: 1, to: 3, value: 10n }]);
    expect(weightsOf([days(1, 3, 10n), days(3, 3, 5n)])).toBeNull();
  });
});

describe('a volume over a change of its price', () => {
  it('is spread over the days from one reading to the next', () =>
    // 30 days from 1 April to 30 April, 15 at each price
    expect(charged([registerOf()])).toEqual(['METER', '6.418', '96.27']));

  it('follows the readings between: 2 before, 4.418 since', () =>
    expect(charged([registerOf({ between: [read('398', '2026-04-15')] })])).toEqual([
      'METER',
      '6.418',
      '108.36',
    ]));

  it('is spread over the month where estimates have been charged for a part of it', () => {
    const early = { previous: read('396', '2026-03-24'), current: read('402', '2026-04-23') };
    // 15 of 30 days at each price; 22 of the days between the readings lie before the change
    expect(charged([registerOf({ ...early, estimatedSince: quantity('1') })])).toEqual([
      'METER',
      '5',
      '75.00',
    ]);
    expect(charged([registerOf(early)])).toEqual(['METER', '6', '76.00']);
  });

  it('is what all registers counted, each on its own days, in whatever order', () => {
    const early = registerOf({ previous: read('396', '2026-03-24'), current: read('402', '2026-04-23') });
    const second = registerOf({ registerId: 'second', current: read('400', '2026-04-10') });
    // 25 March to 23 April: 4.4 × 10 + 1.6 × 20; 1 to 10 April: 4 × 10
    expect(charged([early, second])).toEqual(['METER', '10', '116.00']);
    expect(charged([second, early])).toEqual(['METER', '10', '116.00']);
  });

  it('is spread over the month where readings between stand beside months that were estimated', () => {
    const between = [read('398', '2026-04-15')];
    expect(charged([registerOf({ between, estimatedSince: quantity('2') })])).toEqual([
      'METER',
      '4.418',
      '66.27',
    ]);
  });

  it('of three readings on one day is spread over the month, on two days over the last', () => {
    const between = [read('397', '2026-04-20')];
    const onDay = { previous: read('396', '2026-04-20'), between };
    expect(charged([registerOf({ ...onDay, current: read('400', '2026-04-20') })])).toEqual([
      'METER',
      '4',
      '60.00',
    ]);
    // all that flowed, flowed on the 21st
    expect(charged([registerOf({ ...onDay, current: read('400', '2026-04-21') })])).toEqual([
      'METER',
      '4',
      '80.00',
    ]);
  });

  it('of two readings on one day is spread over the month', () =>
    expect(
      charged([registerOf({ previous: read('396', '2026-04-20'), current: read('400', '2026-04-20') })]),
    ).toEqual(['METER', '4', '60.00']));
});

describe('an average', () => {
  const unread = (changes: Partial<AccountRegister> = {}) =>
    registerOf({ current: null, missed: 1, history: ['3', '3', '3'].map(quantity), ...changes });

  it('beside a register that was read makes an estimate of the whole', () =>
    expect(charged([registerOf(), unread({ registerId: 'second' })])).toEqual([
      'ESTIMATE_AVERAGE',
      '9.418',
      '141.27',
    ]));

  it('is spread over the month, and the register beside it over the days that it was read on', () => {
    const early = { previous: read('396', '2026-03-24'), current: read('402', '2026-04-23') };
    const both = [registerOf(early), unread({ registerId: 'second' })];
    // 25 March to 23 April: 4.4 × 10 + 1.6 × 20; April: 1.5 × 10 + 1.5 × 20
    expect(charged(both)).toEqual(['ESTIMATE_AVERAGE', '9', '121.00']);
    const between = { ...early, between: [read('401', '2026-04-10')] };
    // 5 until 10 April and 5 of the 13 days of 1 m³ before the change: 6.884615 × 10 + 2.115385 × 20
    expect(charged([registerOf(between), ...both.slice(1)])).toEqual(['ESTIMATE_AVERAGE', '9', '111.16']);
  });

  it('gives way to the norm where one register has none, whichever comes first', () => {
    const both = [unread(), unread({ history: [] })];
    expect(charged(both)).toEqual(['ESTIMATE_NORM', '8', '120.00']);
    expect(charged([...both].reverse())).toEqual(['ESTIMATE_NORM', '8', '120.00']);
  });
});
