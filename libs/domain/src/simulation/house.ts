import { accountOf, norms, serviceOf } from '../charging/testing';
import { type CommonTerms, type HouseSnapshot, type AccountService } from '../charging/snapshot';
import { type AccountRegister } from '../charging/snapshot';
import { quantity, type Quantity, ratio } from '../decimal';
import { type Money, ZERO } from '../money';
import { type Flat, type Plan, type ServiceId, SERVICES } from './plan';

/** What has moved a line before it is charged. */
export interface Moved {
  opening: Money;
  paid: Money;
  recalculated: Money;
  adjusted: Money;
}
export const unmoved = (opening: Money = ZERO): Moved => ({
  opening,
  paid: ZERO,
  recalculated: ZERO,
  adjusted: ZERO,
});

/** A flat in a month: its register where it has one, and what has moved its lines. */
export interface FlatMonth {
  readonly flat: Flat;
  readonly register: AccountRegister | undefined;
  readonly moved: Readonly<Record<ServiceId, Moved>>;
}

const METHODS = {
  MAINT: 'AREA',
  WASTE: 'PERSON_FEE',
  INTERCOM: 'FIXED',
  WATER: 'METER',
  SUPPLY: 'METER',
  DRAIN: 'SUM_OF_WATER',
  COMMON: 'COMMON_AREA',
} as const satisfies Record<ServiceId, AccountService['method']>;
const ALL_AREA = quantity('200');

/** The snapshot of a house in a month, as a closing would read it. */
export function houseIn(
  plan: Plan,
  at: number,
  flats: readonly FlatMonth[],
  carryIn: Quantity,
): HouseSnapshot {
  const period = plan.months[at];
  if (!period) throw new RangeError(`The plan has no month ${at}`);
  const common: CommonTerms = {
    serviceId: 'COMMON',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    houseMeter: plan.houseMeter[at] ?? null,
    carryIn,
    norm: ratio('0.03'),
    commonArea: quantity('120'),
    totalArea: ALL_AREA,
    capByNorm: plan.capByNorm,
    negativePolicy: plan.negativePolicy,
  };
  const accounts = flats.map(({ flat, register, moved }) =>
    accountOf(
      SERVICES.map((service) => serviceIn(plan, flat, service, moved[service])).map((one) => ({
        ...one,
        from: period.from,
        to: period.to,
      })),
      {
        accountId: flat.id,
        period,
        areas: flat.areas,
        residents: flat.residents,
        registers: register ? [register] : [],
      },
    ),
  );
  return { houseId: 'house', period, commons: [common], accounts };
}

function serviceIn(plan: Plan, flat: Flat, service: ServiceId, moved: Moved): AccountService {
  const isWater = METHODS[service] === 'METER';
  return serviceOf(
    isWater && !flat.hasMeter ? 'NORM_PERSON' : METHODS[service],
    {
      serviceId: service,
      tariffs: plan.prices[service],
      norms: norms('4.56'),
      ...(isWater ? { resource: 'COLD_WATER', zone: 'SINGLE' } : {}),
    },
    moved,
  );
}
