import { civilDate } from '../../civil-date';
import { quantity, quantityText, ratio } from '../../decimal';
import { money, moneyOf, moneyText } from '../../money';
import { PENALTY_SCHEMES } from '../../vectors/penalty-schemes';
import { calculateHouse } from '../house';
import { type AccountService, type AccountSnapshot, type CommonTerms } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  COLD,
  houseOf,
  norms,
  on,
  prices,
  registerOf,
  serviceOf,
  terms,
} from '../testing';
import { type ChargedMonth } from './difference';
import { explainPenalty } from './explain';
import { whatIf, withMeter, withReading, withResidents, withZones, type ZonePart } from './what-if';

const charged = (account: AccountSnapshot, commons: CommonTerms[] = []): ChargedMonth => ({
  account,
  share: calculateHouse(houseOf([account], commons)).share,
});
const zone = (of: 'DAY' | 'NIGHT', at: string, part: string): ZonePart => ({
  terms: { ...terms({ serviceId: of, resource: 'ELECTRICITY', tariffs: prices(at) }), zone: of },
  part: quantity(part),
});

describe('what if', () => {
  const byNorm = serviceOf('NORM_PERSON', {
    serviceId: 'cold',
    ...COLD,
    norms: norms('4'),
    tariffs: prices('10'),
  });
  const told = (given: ReturnType<typeof whatIf>) => ({
    before: given.before.lines.map((line) => moneyText(line.charged)),
    after: given.after.lines.map((line) => moneyText(line.charged)),
    causes: given.differences.flatMap(({ causes }) => causes.map(({ cause }) => cause)),
  });

  it('one more lived here from a day on', () => {
    const account = charged(accountOf([byNorm]));
    expect(told(whatIf(account, withResidents(quantity('1'), on('2026-04-16'))))).toEqual({
      before: ['80.00'],
      after: ['100.00'],
      causes: ['PEOPLE'],
    });
    expect(told(whatIf(account, withResidents(quantity('-9'), 0))).after).toEqual(['0.00']);
    const nobody = charged(accountOf([byNorm], { residents: [] }));
    expect(told(whatIf(nobody, withResidents(quantity('1'), APRIL.from))).after).toEqual(['40.00']);
  });

  it('a meter were installed', () => {
    const raised = { ...byNorm, coefficients: always(ratio('1.5')) };
    expect(
      told(whatIf(charged(accountOf([raised])), withMeter('COLD_WATER', 'SINGLE', quantity('5')))),
    ).toEqual({
      before: ['120.00'],
      after: ['50.00'],
      causes: ['VOLUME'],
    });
  });

  it('a reading were sent', () => {
    const metered = serviceOf('METER', { ...COLD, norms: norms('4'), tariffs: prices('10') });
    const account = charged(accountOf([metered], { registers: [registerOf({ current: null, missed: 5 })] }));
    const typed = withReading('register', { value: quantity('398'), on: on('2026-04-20') });
    expect(told(whatIf(account, typed))).toEqual({ before: ['80.00'], after: ['20.00'], causes: ['VOLUME'] });
  });

  it('electricity were charged by zones', () => {
    const power = serviceOf(
      'METER',
      { serviceId: 'power', resource: 'ELECTRICITY', zone: 'SINGLE', tariffs: prices('5') },
      { opening: money('7') },
    );
    const register = registerOf({
      resource: 'ELECTRICITY',
      current: { value: quantity('496'), on: APRIL.to - 1 },
    });
    const given = whatIf(
      charged(accountOf([power], { registers: [register] })),
      withZones('power', [zone('DAY', '6', '0.7'), zone('NIGHT', '3', '0.3')]),
    );
    expect(told(given)).toMatchObject({ before: ['500.00'], after: ['0.00', '420.00', '90.00'] });
    expect(given.after.lines.map((line) => moneyText(line.opening))).toEqual(['7.00', '0.00', '0.00']);
    const none = whatIf(charged(accountOf([byNorm])), withZones('power', []));
    expect(none.after).toEqual(none.before);
  });

  it('electricity were charged by zones, in a month that comes in parts', () => {
    const half = on('2026-04-16');
    const row = (method: AccountService['method'], tariff: string, days: object) =>
      serviceOf(
        method,
        {
          serviceId: 'power',
          resource: 'ELECTRICITY',
          zone: 'SINGLE',
          norms: norms('4'),
          tariffs: prices(tariff),
        },
        days,
      );
    const zones = withZones('power', [zone('DAY', '6', '0.7'), zone('NIGHT', '3', '0.3')]);
    const read = (from: string, to: string) =>
      registerOf({
        resource: 'ELECTRICITY',
        previous: { value: quantity('0'), on: on(from) },
        current: { value: quantity('100'), on: on(to) },
      });
    const given = (rows: AccountService[], register: ReturnType<typeof read>) => {
      const found = whatIf(charged(accountOf(rows, { registers: [register] })), zones);
      const [line] = found.differences;
      return [
        ...told(found).before,
        ...told(found).after,
        line && moneyText(moneyOf(line.after - line.before)),
      ];
    };
    // 50 × 5 and 50 × 10; all of it then is 70 × 6 and 30 × 3
    const dearer = [row('METER', '5', { to: half }), row('METER', '10', { from: half })];
    expect(given(dearer, read('2026-03-31', '2026-04-30'))).toEqual([
      '750.00',
      ...['0.00', '420.00', '90.00'],
      '-750.00',
    ]);
    // 4 × 10 by the norm until the meter was put in stay
    const put = [row('NORM_PERSON', '10', { to: half }), row('METER', '5', { from: half })];
    expect(given(put, read('2026-04-15', '2026-04-28'))).toEqual([
      '540.00',
      ...['40.00', '420.00', '90.00'],
      '-500.00',
    ]);
  });

  it('zones take each their part of what was counted too much, and the whole of it between them', () => {
    const power = {
      serviceId: 'power',
      resource: 'ELECTRICITY',
      zone: 'SINGLE',
      tariffs: prices('5'),
    } as const;
    const register = registerOf({
      resource: 'ELECTRICITY',
      current: { value: quantity('397'), on: APRIL.to - 1 },
      estimatedSince: quantity('8.000001'),
    });
    const given = whatIf(
      charged(accountOf([serviceOf('METER', power)], { registers: [register] })),
      withZones('power', [zone('DAY', '6', '0.5'), zone('NIGHT', '3', '0.5')]),
    );
    expect(given.after.lines.map((line) => quantityText(line.quantity))).toEqual(['0', '-3.5', '-3.500001']);
    expect(told(given)).toMatchObject({ before: ['-35.00'], after: ['0.00', '-21.00', '-10.50'] });
  });

  it('debts were paid on another day', () => {
    const debt = {
      terms: {
        scheme: PENALTY_SCHEMES.HOUSING,
        keyRates: [{ from: civilDate('2020-01-01'), rate: ratio('9.5') }],
        rateRules: [],
        moratoria: [],
      },
      lots: [{ id: '9', due: on('2025-10-10'), principal: money('5000'), accrued: money('100') }],
      payments: [],
    };
    const costs = (day: string) => explainPenalty([debt], on(day) + 1);
    expect(
      ['2025-11-09', '2026-01-08', '2026-01-31'].map((day) => costs(day).map((lot) => moneyText(lot.amount))),
    ).toEqual([['-100.00'], ['-5.00'], ['79.04']]);
    expect(costs('2026-01-31')[0]?.parts).toEqual([
      { from: '2025-11-10', to: '2026-01-08', expression: '5000.00 × 9.5 % × 60 × 1/300' },
      { from: '2026-01-09', to: '2026-01-31', expression: '5000.00 × 9.5 % × 23 × 1/130' },
    ]);
  });
});
