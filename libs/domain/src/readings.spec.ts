import { civilDate } from './civil-date';
import { quantity } from './decimal';
import { month } from './month';
import {
  checkReading,
  counted,
  isInWindow,
  plausibleUpTo,
  readingDays,
  type ReadingToCheck,
  readingWindow,
  settlingReading,
} from './readings';

const day = civilDate;
const register = { digits: 5, decimals: 3 };
const dated = {
  on: day('2026-11-20'),
  today: day('2026-11-20'),
  within: { from: day('2026-11-01'), to: day('2026-11-30') },
};
const ordinary: ReadingToCheck = {
  value: '402.418',
  register,
  previous: { value: quantity('396'), on: day('2026-10-20') },
  meter: { serial: '18851960к', works: true, verified: true },
  windowIsOpen: true,
  date: dated,
  maxPlausible: quantity('50'),
};
const check = (changes: Partial<ReadingToCheck>) => checkReading({ ...ordinary, ...changes });
const meter = { serial: '1', works: true, verified: true };

describe('a reading', () => {
  it('is accepted with its consumption', () =>
    expect(check({})).toEqual({
      errors: [],
      warnings: [],
      value: quantity('402.418'),
      consumption: quantity('6.418'),
    }));

  it.each<[string, Partial<ReadingToCheck>]>([
    ['METER_NO_SERIAL', { meter: { ...meter, serial: null } }],
    ['METER_REMOVED', { meter: { ...meter, works: false } }],
    ['READING_WINDOW_CLOSED', { windowIsOpen: false }],
    ['NOT_A_NUMBER', { value: '' }],
    ['NOT_A_NUMBER', { value: '12a' }],
    ['NOT_A_NUMBER', { value: '-5' }],
    ['NOT_A_NUMBER', { value: '1 234' }],
    ['NOT_A_NUMBER', { value: '12.' }],
    ['NOT_A_NUMBER', { value: '1,234.5' }],
    ['TOO_MANY_DIGITS', { value: '100000' }],
    ['TOO_MANY_DECIMALS', { value: '402.4185' }],
    ['DATE_OUT_OF_RANGE', { date: { ...dated, on: day('2026-11-21') } }],
    ['DATE_OUT_OF_RANGE', { date: { ...dated, on: day('2026-10-31') } }],
    ['DATE_OUT_OF_RANGE', { previous: { value: quantity('396'), on: day('2026-11-21') } }],
    ['LESS_THAN_PREVIOUS', { value: '395.999' }],
    ['VERIFICATION_EXPIRED', { meter: { ...meter, verified: false } }],
  ])('is refused with %s', (code, changes) => {
    const found = check(changes);
    expect(found.errors).toEqual([code]);
    expect(found.warnings).toEqual([]);
    expect(found.consumption).toBeNull();
  });

  it('says of a value all that is wrong with its form', () =>
    expect(check({ value: '123456.7891' }).errors).toEqual(['TOO_MANY_DIGITS', 'TOO_MANY_DECIMALS']));

  it('is refused by the first rule that does not hold', () =>
    expect(check({ meter: { ...meter, serial: null, works: false }, value: 'x' }).errors).toEqual([
      'METER_NO_SERIAL',
    ]));

  it('takes a comma, leading zeros and the day of the previous one', () => {
    expect(check({ value: '00402,418' }).consumption).toBe(quantity('6.418'));
    expect(check({ value: ' 402.418 ' }).errors).toEqual([]);
    expect(check({ previous: { value: quantity('396'), on: day('2026-11-20') } }).errors).toEqual([]);
  });

  it('is the first of its register without a consumption', () => {
    const { previous: _, ...first } = ordinary;
    expect(checkReading(first)).toEqual({
      errors: [],
      warnings: [],
      value: quantity('402.418'),
      consumption: null,
    });
  });

  it('warns of a jump, of zero and of an expired verification where that is allowed', () => {
    expect(check({ value: '446.000' }).warnings).toEqual([]);
    expect(check({ value: '446.001' }).warnings).toEqual(['IMPLAUSIBLE_JUMP']);
    expect(check({ value: '396' }).warnings).toEqual(['ZERO_CONSUMPTION']);
    const expired = check({ meter: { ...meter, verified: false }, afterVerification: 'WARN', value: '396' });
    expect(expired.warnings).toEqual(['ZERO_CONSUMPTION', 'VERIFICATION_EXPIRED']);
    expect(expired.consumption).toBe(0n);
  });
});

describe('a register that turns over', () => {
  const before = (value: string) => ({ value: quantity(value), on: day('2026-10-20') });

  it('counts over the zero, with a warning', () => {
    const found = check({ value: '3.25', previous: before('99998.5') });
    expect(found.warnings).toEqual(['ROLLOVER']);
    expect(found.consumption).toBe(quantity('4.75'));
  });

  it('is not believed from below nine tenths, nor where the step is implausible', () => {
    expect(check({ value: '3', previous: before('90000'), maxPlausible: quantity('10003') }).errors).toEqual(
      [],
    );
    expect(check({ value: '3', previous: before('90000'), maxPlausible: quantity('10002') }).errors).toEqual([
      'LESS_THAN_PREVIOUS',
    ]);
    expect(
      check({ value: '3', previous: before('89999.999'), maxPlausible: quantity('99999') }).errors,
    ).toEqual(['LESS_THAN_PREVIOUS']);
  });

  it('is believed without a bound for a small step only', () => {
    const { maxPlausible: _, ...unbounded } = ordinary;
    const small = { ...unbounded, value: '100', previous: before('99000') };
    expect(checkReading(small).warnings).toEqual(['ROLLOVER']);
    const large = { ...unbounded, value: '9500', previous: before('99000') };
    expect(checkReading(large).errors).toEqual(['LESS_THAN_PREVIOUS']);
  });

  it('counts behind transformers by their ratio', () => {
    const shape = { ...register, factor: quantity('20') };
    expect(counted(quantity('1240'), quantity('1255'), shape)).toBe(quantity('300'));
    expect(counted(quantity('99998.5'), quantity('3.25'), register)).toBe(quantity('4.75'));
  });
});

describe('the largest plausible consumption', () => {
  it('is three averages, but not below the limit of the service', () => {
    expect(plausibleUpTo(quantity('5'), quantity('30'))).toBe(quantity('30'));
    expect(plausibleUpTo(quantity('11'), quantity('30'))).toBe(quantity('33'));
    expect(plausibleUpTo(undefined, quantity('30'))).toBe(quantity('30'));
  });
});

describe('the window', () => {
  it.each([
    ['2026-11', 10, 25, '2026-11-10', '2026-11-25'],
    ['2026-12', 25, 5, '2026-12-25', '2027-01-05'],
    ['2026-02', 20, 31, '2026-02-20', '2026-02-28'],
    ['2028-02', 30, 31, '2028-02-29', '2028-02-29'],
    ['2026-11', 15, 15, '2026-11-15', '2026-11-15'],
  ])('of %s from %i to %i is %s to %s', (of, fromDay, toDay, from, to) =>
    expect(readingWindow(month(of), { fromDay, toDay })).toEqual({ from, to }),
  );

  it('takes both its ends', () => {
    const window = readingWindow(month('2026-11'), { fromDay: 10, toDay: 25 });
    expect(
      ['2026-11-09', '2026-11-10', '2026-11-25', '2026-11-26'].map((text) => isInWindow(window, day(text))),
    ).toEqual([false, true, true, false]);
  });

  it('lets a reading be dated in the month, or in the window where that wraps', () => {
    const wrapped = readingWindow(month('2026-11'), { fromDay: 25, toDay: 5 });
    expect(readingDays(month('2026-11'), wrapped)).toEqual({ from: '2026-11-01', to: '2026-12-05' });
    const inside = readingWindow(month('2026-11'), { fromDay: 10, toDay: 25 });
    expect(readingDays(month('2026-11'), inside)).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  });
});

describe('the reading that settles a month', () => {
  const reading = (source: string, takenOn: string, entered: number) => ({
    source,
    takenOn: day(takenOn),
    entered,
  });
  const site = reading('SITE', '2026-11-20', 5);
  const phone = reading('PHONE', '2026-11-20', 6);
  const later = reading('OFFICE', '2026-11-24', 4);
  const askue = reading('ASKUE', '2026-11-10', 1);
  const controller = reading('CONTROLLER', '2026-11-02', 0);
  const estimate = reading('ESTIMATE', '2026-11-30', 9);

  it('is the controller’s, else the automatic one, else the latest by day and by entry', () => {
    const all = [site, phone, later, askue, controller, estimate];
    expect(settlingReading(all)).toBe(controller);
    expect(settlingReading(all.filter((one) => one !== controller))).toBe(askue);
    expect(settlingReading([estimate, site, later, phone])).toBe(later);
    expect(settlingReading([phone, site])).toBe(phone);
    expect(settlingReading([site, phone].reverse())).toBe(phone);
    expect(settlingReading([estimate])).toBe(estimate);
    expect(settlingReading([])).toBeUndefined();
  });
});
