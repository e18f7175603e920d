import { price, quantity, ratio } from '../../decimal';
import { money, moneyText } from '../../money';
import { month } from '../../month';
import { type AccountService, type AccountSnapshot, type Dated, periodDays } from '../snapshot';
import {
  accountOf,
  always,
  APRIL,
  areas,
  monthOf,
  norms,
  on,
  people,
  prices,
  registerOf,
  serviceOf,
} from '../testing';
import { type BenefitRight } from './benefits';
import { type Outage } from './quality';

const EVER = { from: 0, to: 1_000_000 };
const texts = (account: AccountSnapshot) => {
  const { charged, vat, benefit, recalculated, underdelivered, closing } = monthOf(account).line;
  return {
    charged: moneyText(charged),
    vat: moneyText(vat),
    benefit: moneyText(benefit),
    recalculated: moneyText(recalculated),
    underdelivered: moneyText(underdelivered),
    closing: moneyText(closing),
  };
};
const only = (service: AccountService, changes: Partial<AccountSnapshot> = {}) =>
  texts(accountOf([service], changes));

describe('VAT, in the month', () => {
  const rates: Dated<ReturnType<typeof ratio>>[] = [
    { from: 0, to: on('2026-01-01'), value: ratio('12'), id: 'old' },
    { from: on('2026-01-01'), to: 1_000_000, value: ratio('16'), id: 'new' },
  ];
  const water = (tariff: string, mode: 'INCLUSIVE' | 'EXCLUSIVE', period = APRIL) =>
    accountOf(
      [
        {
          ...serviceOf('METER', {
            resource: 'COLD_WATER',
            zone: 'SINGLE',
            tariffs: prices(tariff),
            vat: { mode, rates },
          }),
          ...{ from: period.from, to: period.to },
        },
      ],
      {
        period,
        registers: [
          registerOf({
            previous: { value: quantity('0'), on: period.from - 1 },
            current: { value: quantity('145.554'), on: period.to - 1 },
          }),
        ],
      },
    );

  it('comes on top of the price at the rate of the month’s last day', () => {
    expect(texts(water('204.5', 'EXCLUSIVE'))).toMatchObject({ charged: '34528.32', vat: '4762.53' });
    const december = periodDays(month('2025-12'));
    expect(texts(water('197.02', 'EXCLUSIVE', december))).toMatchObject({
      charged: '32118.30',
      vat: '3441.25',
    });
  });

  it('is told apart where the price holds it', () =>
    expect(texts(water('204.5', 'INCLUSIVE'))).toMatchObject({ charged: '29765.79', vat: '4105.63' }));

  it('of no known rate stops the line', () => {
    const service = serviceOf('AREA', { vat: { mode: 'EXCLUSIVE', rates: [] } });
    expect(() => only(service)).toThrow('No VAT rate is known for 2026-04');
  });
});

describe('a benefit, in the month', () => {
  const right = (changes: Partial<BenefitRight>): BenefitRight => ({
    ...EVER,
    percent: ratio('50'),
    ...changes,
  });
  const water = (...benefits: BenefitRight[]): AccountService => ({
    ...serviceOf('METER', { resource: 'COLD_WATER', zone: 'SINGLE', tariffs: prices('43.27') }),
    benefits,
  });
  const ten = { registers: [registerOf({ current: { value: quantity('406'), on: APRIL.to - 1 } })] };

  it('takes off a per cent of the volume within the norm, by the share of who has it', () => {
    const share = right({ normsPerPerson: always(ratio('4.56')), beneficiaries: quantity('1') });
    expect(only(water(share), ten)).toMatchObject({
      charged: '432.70',
      benefit: '-98.66',
      closing: '334.04',
    });
    expect(only(water(right({})), ten)).toMatchObject({ benefit: '-216.35' });
  });

  it('takes a norm of the month, as area has', () => {
    const maintenance = {
      ...serviceOf('AREA', { tariffs: prices('31.77') }),
      benefits: [right({ percent: ratio('30'), normQuantity: quantity('33') })],
    };
    expect(only(maintenance, { areas: areas('74.80') })).toMatchObject({ benefit: '-314.52' });
  });

  it('counts the days of the right', () => {
    const half = { ...serviceOf('AREA'), benefits: [right({ from: on('2026-04-16') })] };
    expect(only(half)).toMatchObject({ charged: '500.00', benefit: '-125.00' });
    const one = { ...half, benefits: [right({ from: on('2026-04-16'), beneficiaries: quantity('1') })] };
    expect(only(one)).toMatchObject({ benefit: '-62.50' });
    expect(only({ ...half, benefits: [right({ to: on('2026-04-01') })] })).toMatchObject({ benefit: '0.00' });
    expect(only(one, { residents: [] })).toMatchObject({ benefit: '0.00' });
  });

  it('never takes more than is charged, and nothing of a correction', () => {
    const whole = right({ percent: ratio('100') });
    expect(only({ ...serviceOf('AREA'), benefits: [whole, whole] })).toMatchObject({ benefit: '-500.00' });
    const corrected = { registers: [registerOf({ estimatedSince: quantity('50') })] };
    expect(only(water(whole), corrected)).toMatchObject({ benefit: '0.00' });
    expect(only({ ...serviceOf('AREA'), benefits: [right({ beneficiaries: quantity('9') })] })).toMatchObject(
      {
        benefit: '-250.00',
      },
    );
  });

  it('takes its tax off too where that comes on top', () => {
    const vat = { mode: 'EXCLUSIVE', rates: always(ratio('20')) } as const;
    const service = { ...serviceOf('AREA', { vat }), benefits: [right({})] };
    expect(only(service)).toMatchObject({ charged: '600.00', vat: '100.00', benefit: '-300.00' });
  });
});

describe('temporary absence, in the month', () => {
  const february = periodDays(month('2024-02'));
  const byNorm = (method: 'NORM_PERSON' | 'METER'): AccountService => ({
    ...serviceOf(method, {
      resource: 'COLD_WATER',
      zone: 'SINGLE',
      tariffs: prices('43.27'),
      norms: norms('4.56'),
    }),
    from: february.from,
    to: february.to,
  });
  const away = (from: string, to: string, count = '2') => [
    { from: on(from), to: on(to), people: quantity(count), moreThan: 5, id: 'application' },
  ];
  const in2024 = (
    service: AccountService,
    absences: AccountSnapshot['absences'],
    more: AccountService[] = [],
  ) => texts(accountOf([service, ...more], { period: february, ...(absences ? { absences } : {}) }));

  it('takes off the norm of the days away', () => {
    expect(in2024(byNorm('NORM_PERSON'), away('2024-01-21', '2024-03-10'))).toMatchObject({
      charged: '394.62',
      recalculated: '-394.62',
      closing: '0.00',
    });
    // 4.56 × 43.27 × 10 / 29
    expect(in2024(byNorm('NORM_PERSON'), away('2024-02-11', '2024-02-21', '1'))).toMatchObject({
      recalculated: '-68.04',
    });
  });

  it('counts more than five full days only, and nobody who is not charged', () => {
    expect(in2024(byNorm('NORM_PERSON'), away('2024-02-06', '2024-02-11'))).toMatchObject({
      recalculated: '0.00',
    });
    expect(in2024(byNorm('NORM_PERSON'), away('2024-02-06', '2024-02-12'))).not.toMatchObject({
      recalculated: '0.00',
    });
    expect(in2024(byNorm('NORM_PERSON'), away('2024-01-21', '2024-03-10', '7'))).toMatchObject({
      closing: '0.00',
    });
  });

  it('leaves meters and other services as they are', () => {
    expect(in2024(byNorm('METER'), away('2024-01-21', '2024-03-10'))).toMatchObject({ recalculated: '0.00' });
    expect(
      in2024(
        { ...serviceOf('AREA'), from: february.from, to: february.to },
        away('2024-01-21', '2024-03-10'),
      ),
    ).toMatchObject({
      recalculated: '0.00',
    });
  });

  it('takes the water that was not drained off the drainage', () => {
    const drain = {
      ...serviceOf('SUM_OF_WATER', { serviceId: 'drain', tariffs: prices('20') }),
      from: february.from,
      to: february.to,
    };
    const account = accountOf([byNorm('NORM_PERSON'), drain], {
      period: february,
      absences: away('2024-01-21', '2024-03-10', '1'),
    });
    // 4.56 × 20
    expect(monthOf(account).lines.map((line) => moneyText(line.recalculated))).toEqual(['-197.31', '-91.20']);
  });
});

describe('under-delivery, in the month', () => {
  const hot = (outages: Outage[], tariff = '480.02') => ({
    ...serviceOf('FIXED', { tariffs: prices(tariff) }),
    outages,
  });
  const interruption = (hours: string): Outage => ({
    kind: 'INTERRUPTION',
    hours: quantity(hours),
    allowedHours: quantity('8'),
    percentPerHour: ratio('0.15'),
    id: 'act',
  });

  it('takes off a per cent for each hour above the allowed ones', () => {
    expect(only(hot([interruption('31.5')]))).toMatchObject({ underdelivered: '-16.92', closing: '463.10' });
    expect(only(hot([interruption('8')]))).toMatchObject({ underdelivered: '0.00' });
    expect(only(hot([interruption('700'), interruption('700')]))).toMatchObject({ closing: '0.00' });
  });

  it('takes off what water was too cold for, its coldest hours at the price of cold water', () => {
    const temperature: Outage = {
      kind: 'HOT_WATER_TEMPERATURE',
      dayMinimum: quantity('57'),
      nightMinimum: quantity('55'),
      steps: 'FLOOR',
      slots: [
        { temperature: quantity('50'), hours: quantity('40'), night: false },
        { temperature: quantity('53'), hours: quantity('16'), night: true },
        { temperature: quantity('38'), hours: quantity('5'), night: false },
      ],
      coldPrice: price('100'),
      hoursOfMonth: quantity('720'),
    };
    // 84.34, and 5 hours of 720: 7.32 of the charge less 0.69 of cold water
    expect(only(hot([temperature], '1054.21'))).toMatchObject({ underdelivered: '-90.97' });
    const dear = { ...temperature, coldPrice: price('9999') };
    expect(only(hot([dear], '1054.21'))).toMatchObject({ underdelivered: '-84.34' });
  });

  it('takes off rooms that were too cold by degrees and hours', () => {
    const heating: Outage = {
      kind: 'HEATING_TEMPERATURE',
      degreeHours: quantity('100'),
      percentPerDegreeHour: ratio('0.15'),
    };
    expect(only(hot([heating], '1000'))).toMatchObject({ underdelivered: '-150.00' });
  });

  it('adds to what acts of earlier months took off', () => {
    const service = { ...hot([interruption('31.5')]), underdelivered: money('-3') };
    expect(only(service)).toMatchObject({ underdelivered: '-19.92' });
  });
});

describe('who counts by head', () => {
  const fee = serviceOf('PERSON_FEE', { tariffs: prices('100'), chargesOwners: true });
  const owners = people(2);

  it('is who lives there, else the owners where that is decided', () => {
    expect(only(fee, { owners })).toMatchObject({ charged: '200.00' });
    expect(only(fee, { owners, residents: people(0) })).toMatchObject({ charged: '200.00' });
    expect(only(fee, { owners: people(1), residents: people(3) })).toMatchObject({ charged: '300.00' });
    expect(
      only(serviceOf('PERSON_FEE', { tariffs: prices('100') }), { owners, residents: [] }),
    ).toMatchObject({
      charged: '0.00',
    });
  });

  it('changes with the day on which the last one moves out', () => {
    const residents = [{ from: 0, to: on('2026-04-16'), value: quantity('3') }];
    expect(only(fee, { owners: people(1), residents })).toMatchObject({ charged: '200.00' });
  });
});

describe('a service that charges begun months whole', () => {
  it('takes the whole month of an account that was open for a part of it', () => {
    const service = serviceOf('AREA', { wholeMonths: true }, { from: on('2026-04-12') });
    const since = [{ from: on('2026-04-12'), to: 1_000_000, value: quantity('50') }];
    expect(only(service, { areas: since })).toMatchObject({ charged: '500.00' });
    expect(only(serviceOf('AREA', {}, { from: on('2026-04-12') }), { areas: since })).toMatchObject({
      charged: '316.67',
    });
  });

  it('is still charged once where its terms change within the month, and not at all where it is over', () => {
    const parts = [
      serviceOf('AREA', { wholeMonths: true }, { from: on('2026-04-06'), to: on('2026-04-16') }),
      serviceOf(
        'AREA',
        { wholeMonths: true, tariffs: prices('20') },
        { from: on('2026-04-16'), to: on('2026-04-20') },
      ),
    ];
    expect(texts(accountOf(parts))).toMatchObject({ charged: '750.00' });
    expect(only(serviceOf('AREA', { wholeMonths: true }, { from: APRIL.to }))).toMatchObject({
      charged: '0.00',
    });
  });
});
