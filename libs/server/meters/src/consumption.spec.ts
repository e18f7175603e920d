import { civilDate, month, quantity } from '@kvartal/domain';
import { plausibleSince, previousOf, usualOf } from './consumption';
import type { KnownReading, KnownRegister } from './intake.state';

const NOVEMBER = month('2026-11');

/** Settling readings of a cold-water register: `2026-09 100`, `2026-10~ 110` is an estimate. */
function history(...texts: string[]): Pick<KnownRegister, 'readings' | 'shape' | 'resource'> {
  const readings = texts.map((text, at): KnownReading => {
    const [of = '', value = ''] = text.split(' ');
    return {
      id: String(at),
      month: month(of.slice(0, 7)),
      takenOn: civilDate(`${of.slice(0, 7)}-20`),
      value: quantity(value),
      source: of.endsWith('~') ? 'ESTIMATE' : 'SITE',
      state: 'ACCEPTED',
      settles: true,
      version: 1,
      unusual: false,
      clientKey: null,
      createdAt: new Date(0),
    };
  });
  return { readings, shape: { digits: 5, decimals: 3 }, resource: 'COLD_WATER' };
}

describe('what is usual for a register', () => {
  it('is the least and the greatest month of the last year', () => {
    const { from, to, average } =
      usualOf(history('2026-07 100', '2026-08 103', '2026-09 110', '2026-10 114'), NOVEMBER) ?? {};
    expect([from, to, average]).toEqual([quantity('3'), quantity('7'), quantity('4.666666')]);
  });

  it('spreads a gap over its months', () => {
    const { from, to } = usualOf(history('2026-06 100', '2026-09 109', '2026-10 114'), NOVEMBER) ?? {};
    expect([from, to]).toEqual([quantity('3'), quantity('5')]);
  });

  it('is unknown with fewer than three months', () => {
    expect(usualOf(history('2026-08 100', '2026-09 103', '2026-10 106'), NOVEMBER)).toBeUndefined();
  });

  it('forgets what is older than a year, and does not hear estimates', () => {
    const register = history(
      '2025-09 0',
      '2025-10 90',
      '2025-11 100',
      '2026-01 104',
      '2026-02~ 900',
      '2026-02 105',
    );
    expect(usualOf(register, NOVEMBER)).toMatchObject({ from: quantity('1'), to: quantity('10') });
  });

  it('counts over the zero', () => {
    const register = history('2026-07 99990', '2026-08 99995', '2026-09 2', '2026-10 5');
    expect(usualOf(register, NOVEMBER)).toMatchObject({ from: quantity('3'), to: quantity('7') });
  });
});

describe('what needs no second look', () => {
  it('is three times the average, and at least what anybody may use', () => {
    const modest = history('2026-07 0', '2026-08 4', '2026-09 8', '2026-10 12');
    expect(plausibleSince(modest, previousOf(modest.readings, NOVEMBER), NOVEMBER)).toBe(quantity('30'));
    const thirsty = history('2026-07 0', '2026-08 40', '2026-09 80', '2026-10 120');
    expect(plausibleSince(thirsty, previousOf(thirsty.readings, NOVEMBER), NOVEMBER)).toBe(quantity('120'));
  });

  it('grows with the months that were missed', () => {
    const register = history('2026-08 100');
    expect(plausibleSince(register, previousOf(register.readings, NOVEMBER), NOVEMBER)).toBe(quantity('90'));
  });
});

describe('the reading before', () => {
  it('is the last that really settled an earlier month', () => {
    const { readings } = history('2026-08 100', '2026-09~ 300', '2026-11 120');
    expect(previousOf(readings, NOVEMBER)?.value).toBe(quantity('100'));
    expect(previousOf(readings, month('2026-08'))).toBeUndefined();
  });
});
