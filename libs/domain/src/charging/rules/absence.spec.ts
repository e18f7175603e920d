import { price, quantity, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { type AccountService, type AccountSnapshot } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  HOT,
  monthOf,
  norms,
  on,
  prices,
  registerOf,
  serviceOf,
} from '../testing';

const cold = (changes: object = {}, days: object = {}): AccountService =>
  serviceOf(
    'NORM_PERSON',
    { serviceId: 'cold', ...COLD, norms: norms('4'), tariffs: prices('10'), ...changes },
    days,
  );
const drain = serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('20') });
/** Fifteen full days of one person, of two who live there. */
const AWAY = { from: on('2026-04-06'), to: on('2026-04-21'), people: quantity('1'), moreThan: 5 };
const taken = (services: AccountService[], changes: Partial<AccountSnapshot> = {}) =>
  monthOf(accountOf(services, { absences: [AWAY], ...changes })).lines.map((line) =>
    moneyText(line.recalculated),
  );

describe('an absence', () => {
  it('is cut where the price changes, each part rounded', () => {
    const changing = [
      { from: 0, to: on('2026-04-11'), value: price('10') },
      { from: on('2026-04-11'), to: 1_000_000, value: price('20') },
    ];
    // 4 × 10 × 5 / 30 + 4 × 20 × 10 / 30
    expect(taken([cold({ tariffs: changing })])).toEqual(['-33.34']);
  });

  it('is cut where the norm changes', () => {
    const changing = [
      { from: 0, to: on('2026-04-11'), value: ratio('4') },
      { from: on('2026-04-11'), to: 1_000_000, value: ratio('5') },
    ];
    // 4 × 10 × 5 / 30 + 5 × 10 × 10 / 30
    expect(taken([cold({ norms: changing })])).toEqual(['-23.34']);
  });

  it('counts the days of the service only', () => {
    expect(taken([cold({}, { from: on('2026-04-16') })])).toEqual(['-6.67']);
    expect(taken([cold({}, { to: on('2026-04-11') })])).toEqual(['-6.67']);
  });

  it('takes off the drain the norms of water without a meter, each once', () => {
    const hot = (method: 'METER' | 'NORM_PERSON', days: object = {}) =>
      serviceOf(method, { serviceId: 'hot', ...HOT, norms: norms('3'), tariffs: prices('10') }, days);
    const registers = [registerOf(HOT)];
    // 4 × 20 × 15 / 30 of cold water; 3 × 20 × 15 / 30 of hot
    expect(taken([cold(), hot('METER'), drain], { registers })).toEqual(['-20.00', '0.00', '-40.00']);
    expect(taken([cold(), hot('NORM_PERSON'), drain])).toEqual(['-20.00', '-15.00', '-70.00']);
    expect(taken([cold(), cold({ serviceId: 'heat' }), drain]).at(-1)).toBe('-40.00');
    expect(taken([cold(), hot('NORM_PERSON', { to: APRIL.from }), drain]).at(-1)).toBe('-40.00');
  });

  it('takes off the drain a norm on its own days only, where a meter was put in', () => {
    const metered = serviceOf(
      'METER',
      { serviceId: 'cold', ...COLD, tariffs: prices('10') },
      { from: on('2026-04-11') },
    );
    const parts = [cold({}, { to: on('2026-04-11') }), metered, drain];
    // away on five of the ten days by the norm: 4 × 10 × 5 / 30 of the water, 4 × 20 × 5 / 30 of the drain
    expect(taken(parts, { registers: [registerOf()] })).toEqual(['-6.67', '-13.33']);
  });

  it('leaves what flows no water off the drain', () => {
    const gas = cold({ serviceId: 'gas', resource: 'GAS' });
    expect(taken([cold(), gas, drain])).toEqual(['-20.00', '-20.00', '-40.00']);
  });

  it('of several people at different times adds up, to what is charged and no more', () => {
    const both = { ...AWAY, people: quantity('2'), from: on('2026-03-20'), to: on('2026-05-20') };
    expect(taken([cold()], { absences: [AWAY, AWAY] })).toEqual(['-40.00']);
    expect(taken([cold()], { absences: [AWAY, both] })).toEqual(['-80.00']);
    expect(taken([cold()], { absences: [both, AWAY, both] })).toEqual(['-80.00']);
  });

  it('takes its tax off too where that comes on top', () => {
    const taxed = cold({ vat: { mode: 'EXCLUSIVE', rates: always(ratio('20')) } });
    const all = { ...AWAY, people: quantity('9'), from: on('2026-03-20'), to: on('2026-05-20') };
    expect(taken([taxed])).toEqual(['-24.00']);
    expect(taken([taxed], { absences: [AWAY, all] })).toEqual(['-96.00']);
  });

  it('of no days in the month takes nothing', () =>
    expect(
      taken([cold()], { absences: [{ ...AWAY, from: on('2026-05-02'), to: on('2026-05-20') }] }),
    ).toEqual(['0.00']));
});
