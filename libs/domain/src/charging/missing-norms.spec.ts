import { quantity, ratio } from '../decimal';
import { calculateHouse } from './house';
import { lacksForShare } from './missing-norms';
import { type AccountService, type AccountSnapshot, type CommonTerms } from './snapshot';
import { accountOf, APRIL, commonOf, houseOf, norms, on, people, registerOf, serviceOf } from './testing';
import { shareOf } from './common-area';

const WATER = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
const missing = (service: AccountService, changes: Partial<AccountSnapshot> = {}) =>
  calculateHouse(houseOf([accountOf([service], changes)])).statements[0]?.missingNorms;
const ENDED = norms('4').map((norm) => ({ ...norm, to: on('2026-04-11') }));

describe('a norm that is not there', () => {
  it.each([
    ['water by head', serviceOf('NORM_PERSON', WATER)],
    ['electricity of the house by head', serviceOf('NORM_PERSON')],
    ['heating by area', serviceOf('HEATING_NORM')],
    ['a norm that ended within the month', serviceOf('NORM_PERSON', { ...WATER, norms: ENDED })],
    ['a meter without a reading and without months to go by', serviceOf('METER', WATER)],
  ])('is told of %s', (_, service) => expect(missing(service)).toEqual(['service']));

  it.each([
    ['by a meter that was read', serviceOf('METER', WATER), { registers: [registerOf()] }],
    ['where the norm is known', serviceOf('NORM_PERSON', { ...WATER, norms: norms('4') }), {}],
    ['where nobody lives', serviceOf('NORM_PERSON', WATER), { residents: people(0) }],
    ['after the norm has ended, where the service has too', ended(), {}],
    ['of heating out of its season', serviceOf('HEATING_NORM', { heating: { seasons: [] } }), {}],
    ['by area', serviceOf('AREA'), {}],
  ])('is no matter %s', (_, service, changes) => expect(missing(service, changes)).toEqual([]));

  function ended(): AccountService {
    return serviceOf('NORM_PERSON', { ...WATER, norms: ENDED }, { to: on('2026-04-11') });
  }
});

describe('the heat of hot water that is not known', () => {
  const HOT = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;
  const half = on('2026-04-16');
  const heatNorms = [{ from: 0, to: half, value: ratio('0.06') }];
  const heat = (method: AccountService['method'], changes: object = {}, days: object = {}) =>
    serviceOf(method, { ...HOT, serviceId: 'heat', norms: norms('3'), heatNorms, ...changes }, days);
  const read = (date: string, value: string) =>
    registerOf({ ...HOT, current: { value: quantity(value), on: on(date) } });

  it('is told where water flowed on such a day', () => {
    expect(missing(heat('METER'), { registers: [read('2026-04-30', '402')] })).toEqual(['heat']);
    expect(missing(heat('NORM_PERSON'))).toEqual(['heat']);
    expect(missing(heat('COMMON_AREA'))).toEqual(['heat']);
  });

  it('is no matter where none did, or the account was charged on other days', () => {
    expect(missing(heat('METER'), { registers: [read('2026-04-30', '396')] })).toEqual([]);
    expect(missing(heat('METER'), { registers: [read('2026-04-15', '402')] })).toEqual([]);
    expect(missing(heat('NORM_PERSON', {}, { to: half }))).toEqual([]);
    expect(missing(heat('COMMON_AREA', {}, { to: half }))).toEqual([]);
  });

  it('is known where it changes, and before it was first set', () => {
    const changing = [...heatNorms, { from: half, to: 1_000_000, value: ratio('0.05') }];
    for (const known of [changing, changing.slice(1)])
      for (const method of ['METER', 'NORM_PERSON', 'COMMON_AREA'] as const)
        expect(missing(heat(method, { heatNorms: known }))).toEqual([]);
  });
});

describe('a norm that one part of a volume lacks', () => {
  const half = on('2026-04-16');
  const byNorm = serviceOf('NORM_PERSON', { ...WATER, serviceId: 'cold' }, { to: half });
  const byMeter = serviceOf('METER', { ...WATER, serviceId: 'cold' }, { from: half });
  const other = serviceOf('METER', { ...WATER, serviceId: 'other' });
  const told = (services: AccountService[]) =>
    calculateHouse(houseOf([accountOf(services, { registers: [registerOf()] })])).statements[0]?.missingNorms;

  it('concerns who is charged for that part', () =>
    expect(told([byNorm, byMeter, other])).toEqual(['cold', 'other']));

  it('does not concern a service that is over', () => {
    const over = serviceOf('NORM_PERSON', { ...WATER, serviceId: 'over' }, { to: APRIL.from });
    expect(told([{ ...byNorm, to: APRIL.to }, over])).toEqual(['cold']);
  });
});

describe('what a house shares', () => {
  const lacks = (changes: Partial<CommonTerms>) => lacksForShare(shareOf(commonOf(changes), quantity('10')));
  const norm = norms('0.02')[0]?.value ?? null;
  const commonArea = quantity('100');

  it('lacks the norm or the area that it is shared or capped by', () => {
    expect(lacks({ commonArea })).toBe('NORM');
    expect(lacks({ norm })).toBe('AREA');
    expect(lacks({ norm, commonArea })).toBeUndefined();
    const houseMeter = quantity('12');
    expect(lacks({ houseMeter, capByNorm: true, commonArea })).toBe('NORM');
    expect(lacks({ houseMeter, capByNorm: true, norm })).toBe('AREA');
    expect(lacks({ houseMeter, capByNorm: false })).toBeUndefined();
  });

  it('lacks nothing where the premises used as much as the house, or more', () => {
    expect(lacks({ houseMeter: quantity('10'), capByNorm: true })).toBeUndefined();
    expect(lacks({ houseMeter: quantity('9'), capByNorm: true })).toBeUndefined();
  });

  it('lacks nothing by an average, which no norm caps', () =>
    expect(lacks({ average: quantity('5'), capByNorm: true })).toBeUndefined());
});
