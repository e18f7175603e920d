import { price, quantity, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { type AccountService, type AccountSnapshot } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  monthOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from '../testing';
import { type Outage } from './quality';

const VAT = { mode: 'EXCLUSIVE', rates: always(ratio('20')) } as const;
const RIGHT = { from: 0, to: 1_000_000, percent: ratio('50') };
const OUTAGE: Outage = {
  kind: 'INTERRUPTION',
  hours: quantity('18'),
  allowedHours: quantity('8'),
  percentPerHour: ratio('1'),
};
const lineOf = (service: AccountService, changes: Partial<AccountSnapshot> = {}) => {
  const { line } = monthOf(accountOf([service], changes));
  const { charged, vat, benefit, recalculated, underdelivered, closing } = line;
  return [charged, vat, benefit, recalculated, underdelivered, closing].map(moneyText).join(' ');
};

describe('the rules of a line, in their order', () => {
  const water = serviceOf('NORM_PERSON', {
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    norms: norms('4'),
    tariffs: prices('10'),
    vat: VAT,
  });
  const away = { from: on('2026-04-06'), to: on('2026-04-21'), people: quantity('1'), moreThan: 5 };

  it('are benefits, tax, absence, under-delivery: reductions are of the sum with its tax', () =>
    // 80 and 16 of tax; half of 80 with its tax; 20 with its tax; 10 % of 96
    expect(lineOf({ ...water, benefits: [RIGHT], outages: [OUTAGE] }, { absences: [away] })).toBe(
      '96.00 16.00 -48.00 -24.00 -9.60 14.40',
    ));

  it('take no under-delivery off a correction below zero', () => {
    const metered = serviceOf('METER', { ...water.terms, vat: { ...VAT, mode: 'INCLUSIVE' } });
    const registers = [registerOf({ estimatedSince: quantity('16.418') })];
    expect(lineOf({ ...metered, outages: [OUTAGE] }, { registers })).toBe(
      '-100.00 -16.67 0.00 0.00 0.00 -100.00',
    );
  });

  it('take no tax of a penalty', () =>
    expect(lineOf({ ...serviceOf('PENALTY', { vat: { ...VAT, rates: [] } }), debts: [] })).toBe(
      '0.00 0.00 0.00 0.00 0.00 0.00',
    ));

  it('take the rate of the month’s last day, whatever it was before', () => {
    const rates = [
      { from: 0, to: APRIL.to - 1, value: ratio('20') },
      { from: APRIL.to - 1, to: APRIL.to, value: ratio('10') },
      { from: APRIL.to, to: 1_000_000, value: ratio('20') },
    ];
    expect(lineOf(serviceOf('FIXED', { vat: { mode: 'EXCLUSIVE', rates } }))).toBe(
      '11.00 1.00 0.00 0.00 0.00 11.00',
    );
  });

  it('are asked each by itself', () => {
    const fixed = serviceOf('FIXED');
    expect(lineOf({ ...fixed, benefits: [RIGHT] })).toBe('10.00 0.00 -5.00 0.00 0.00 5.00');
    expect(lineOf({ ...fixed, outages: [OUTAGE] })).toBe('10.00 0.00 0.00 0.00 -1.00 9.00');
    expect(lineOf(fixed, { absences: [away] })).toBe('10.00 0.00 0.00 0.00 0.00 10.00');
    const month = { measured: quantity('3'), distributed: quantity('2'), quantity: quantity('1') };
    // 3 of 2 measured: half a unit more
    expect(lineOf({ ...fixed, year: [{ ...month, price: price('8') }] })).toBe(
      '10.00 0.00 0.00 4.00 0.00 14.00',
    );
  });
});

describe('owners who count where nobody lives', () => {
  const fee = serviceOf('PERSON_FEE', { tariffs: prices('30'), chargesOwners: true });
  const feeOf = (changes: Partial<AccountSnapshot>) => lineOf(fee, changes).split(' ')[0];

  it('count by the days that they own it', () => {
    const owners = [
      { from: 0, to: on('2026-04-11'), value: quantity('1') },
      { from: on('2026-04-11'), to: 1_000_000, value: quantity('3') },
    ];
    // 10 days of one, 20 of three
    expect(feeOf({ residents: [], owners })).toBe('70.00');
    expect(feeOf({ residents: [], owners: owners.slice(1) })).toBe('60.00');
  });

  it('do not count on days on which somebody lives there', () => {
    const residents = [
      { from: 0, to: on('2026-04-11'), value: quantity('2') },
      { from: on('2026-04-11'), to: on('2026-04-21'), value: quantity('0') },
      { from: on('2026-04-21'), to: 1_000_000, value: quantity('1') },
    ];
    // 10 days of two, 10 of the three owners, 10 of one
    expect(feeOf({ residents, owners: people(3) })).toBe('60.00');
  });
});

describe('a month that is charged whole', () => {
  const whole = (changes: Partial<AccountSnapshot>, days: object = {}) =>
    lineOf(serviceOf('AREA', { wholeMonths: true }, days), changes).split(' ')[0];
  const fact = (from: string, to: string, value: string) => ({
    from: on(from),
    to: on(to),
    value: quantity(value),
  });

  it('stretches what is known of some of its days over all of them', () => {
    expect(whole({ areas: [fact('2026-04-12', '2026-04-20', '50')] })).toBe('500.00');
    // 50 m² until the 15th, 60 m² since
    const both = [fact('2026-04-12', '2026-04-16', '50'), fact('2026-04-16', '2026-04-20', '60')];
    expect(whole({ areas: both })).toBe('550.00');
  });

  it('does not take facts of other months', () => {
    const old = fact('2025-01-01', '2026-04-01', '90');
    const next = fact('2026-05-01', '2026-06-01', '90');
    expect(whole({ areas: [old, fact('2026-04-12', '2026-04-20', '50'), next] })).toBe('500.00');
    expect(whole({ areas: [old, next] })).toBe('0.00');
  });
});
