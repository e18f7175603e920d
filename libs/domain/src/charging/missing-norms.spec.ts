import { quantity } from '../decimal';
import { calculateHouse } from './house';
import { lacksForShare } from './missing-norms';
import { type AccountService, type AccountSnapshot, type CommonTerms } from './snapshot';
import { accountOf, commonOf, houseOf, norms, on, people, registerOf, serviceOf } from './testing';
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

  it('lacks nothing where the premises used more than the house', () =>
    expect(lacks({ houseMeter: quantity('9'), capByNorm: true })).toBeUndefined());
});
