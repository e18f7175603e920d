import {
  type AverageTerms,
  type ChargingMethod,
  type CivilDate,
  type CommonTerms,
  type DatedPlan,
  type NegativeCommonPolicy,
  type Price,
  type Ratio,
  type ServiceTerms,
  type TariffPlan,
  daySpan,
  priceOf,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { row, type Tx } from '@kvartal/platform';
import type { TariffRow } from './closing.catalogue';
import { believed } from './closing.known';

/** A price by volume as it stands beside its tariff: bigints come as digits. */
interface PlanRow {
  tariffId: string;
  kind: 'MARGINAL' | 'WHOLE' | 'SOCIAL_NORM' | 'DAILY_LIMIT';
  perPerson: boolean;
  limits: readonly string[];
  prices: readonly string[];
  overCoefficient: string | null;
}

/** What was decided of a service. */
interface DecidedRow {
  serviceId: string;
  wholeMonths: boolean;
  chargesOwners: boolean;
  takesShare: boolean;
  redistributes: boolean;
  raisesNorm: boolean;
  areaKind: ServiceTerms['areaKind'] | null;
  commonMode: 'METER' | 'NORM' | 'AVERAGE';
  sharedBy: 'TOTAL_AREA' | 'HEATED_AREA' | 'PEOPLE';
  capByNorm: boolean | null;
  negativePolicy: NegativeCommonPolicy | null;
  trueUpMonth: number | null;
}

type LegalKind = 'NORM_COEFFICIENT' | 'AVERAGE_OF' | 'AVERAGE_NEEDS' | 'AVERAGE_LASTS';

interface TermRows {
  plans: readonly PlanRow[] | null;
  decided: readonly DecidedRow[] | null;
  legal: Partial<Record<LegalKind, string>> | null;
  coefficientId: string | null;
}

/** What a month takes from the year before: services that its readings settle, and whether some volume is a month of it. */
export interface LastYear {
  settled: readonly string[];
  takesAverages: boolean;
}

/** How what a house uses in common of a service is found and shared. */
export type CommonDecided = Pick<DecidedRow, 'commonMode' | 'sharedBy'> &
  Partial<Pick<CommonTerms, 'capByNorm' | 'negativePolicy'>>;

const USUAL: CommonDecided = { commonMode: 'METER', sharedBy: 'TOTAL_AREA' };
const ONE = 100_000_000n;

/** What an organisation has decided of its services beside their prices and norms; most have decided nothing. */
export class TermsBook {
  /** How far averages carry by the law of the country; where it knows none, no average is taken. */
  readonly averages: AverageTerms;
  private readonly plans: ReadonlyMap<string, PlanRow>;
  private readonly decided: ReadonlyMap<string, DecidedRow>;
  private readonly coefficient: Ratio;
  private readonly coefficientId: Pick<ServiceTerms, 'estimateCoefficientId'>;

  constructor({ plans, decided, legal, coefficientId }: TermRows) {
    this.plans = new Map((plans ?? []).map((plan) => [plan.tariffId, plan]));
    this.decided = new Map((decided ?? []).map((one) => [one.serviceId, one]));
    this.coefficient = ratioOf(BigInt(legal?.NORM_COEFFICIENT ?? ONE));
    this.coefficientId = coefficientId === null ? {} : { estimateCoefficientId: coefficientId };
    const months = (kind: LegalKind): number => Number(BigInt(legal?.[kind] ?? 0) / ONE);
    this.averages = {
      of: months('AVERAGE_OF'),
      needs: months('AVERAGE_NEEDS'),
      lasts: months('AVERAGE_LASTS'),
    };
  }

  /** Prices by volume, where one of a service's tariffs has some; the others are then flat. */
  plansOf(tariffs: readonly TariffRow[]): { plans?: DatedPlan[] } {
    if (!tariffs.some(({ id }) => this.plans.has(id))) return {};
    return {
      plans: tariffs.map((tariff) => {
        const plan = planOf(priceOf(BigInt(tariff.value)), this.plans.get(tariff.id));
        return { ...daySpan(tariff), plan, id: tariff.id };
      }),
    };
  }

  /** What was decided of a service where it is charged by a method; nothing where the law's usual way stands. */
  decidedOf(serviceId: string, method: ChargingMethod): Partial<ServiceTerms> {
    const found = this.decided.get(serviceId);
    if (!found) return {};
    const isMeasured = method === 'METER' || method === 'NORM_PERSON';
    return {
      ...(found.areaKind === null ? {} : { areaKind: found.areaKind }),
      ...(found.wholeMonths ? { wholeMonths: true } : {}),
      ...(found.chargesOwners ? { chargesOwners: true } : {}),
      ...(found.takesShare && isMeasured ? { takesShare: true } : {}),
      ...(found.redistributes && method === 'METER' ? { redistributes: true } : {}),
      ...(found.raisesNorm ? { estimateCoefficient: this.coefficient, ...this.coefficientId } : {}),
    };
  }

  /** What the month of this number takes from the year before. */
  lastYear(month: number): LastYear {
    const decided = [...this.decided.values()];
    return {
      settled: decided.flatMap(({ serviceId, trueUpMonth }) => (trueUpMonth === month ? serviceId : [])),
      takesAverages: decided.some(({ commonMode }) => commonMode === 'AVERAGE'),
    };
  }

  /** What was decided of what houses use in common of a service. */
  commonOf(serviceId: string): CommonDecided {
    const found = this.decided.get(serviceId);
    if (!found) return USUAL;
    const { commonMode, sharedBy, capByNorm, negativePolicy } = found;
    return {
      commonMode,
      sharedBy,
      ...(capByNorm === null ? {} : { capByNorm }),
      ...(negativePolicy === null ? {} : { negativePolicy }),
    };
  }
}

/** The tables keep millionths of a unit, the rules count norms of a person in hundred-millionths. */
const RATIO_UNITS = 100n;

function planOf(price: Price, row: PlanRow | undefined): TariffPlan {
  if (!row) return { kind: 'FLAT', price };
  const { kind, perPerson, overCoefficient } = row;
  const limits = row.limits.map((digits) => quantityOf(BigInt(digits)));
  const prices = [price, ...row.prices.map((digits) => priceOf(BigInt(digits)))];
  const norm = ratioOf((limits[0] ?? 0n) * RATIO_UNITS);
  switch (kind) {
    case 'SOCIAL_NORM':
      return { kind, normPerPerson: norm, price, priceOver: prices[1] ?? price };
    case 'DAILY_LIMIT': {
      const coefficient = ratioOf(BigInt(overCoefficient ?? ONE));
      return { kind, limitPerPersonAndDay: norm, price, overCoefficient: coefficient };
    }
    case 'MARGINAL':
    case 'WHOLE': {
      const blocks = prices.map((one, place) => ({ upTo: limits[place] ?? null, price: one }));
      return { kind: 'BLOCKS', application: kind, perPerson, blocks };
    }
  }
}

/** $1 the organisation, $2 the month's last day. Arrays and sums go as texts: as JSON numbers they would lose digits. */
const termsKnown = (at?: Date): string => `
  select (
    select json_agg(json_build_object('tariffId', p.tariff_id::text, 'kind', p.kind, 'perPerson', p.per_person,
      'limits', p.limits::text[], 'prices', p.prices::text[], 'overCoefficient', p.over_coefficient::text))
    from tariff_plan p where p.organization_id = o.id and ${believed('p.known', at)}) as plans, (
    select json_agg(json_build_object('serviceId', t.service_id::text, 'wholeMonths', t.whole_months,
      'chargesOwners', t.charges_owners, 'takesShare', t.takes_share, 'redistributes', t.redistributes,
      'raisesNorm', t.raises_norm, 'areaKind', t.area_kind, 'commonMode', t.common_mode, 'sharedBy', t.shared_by,
      'capByNorm', t.cap_by_norm, 'negativePolicy', t.negative_policy, 'trueUpMonth', t.true_up_month))
    from service_terms t where t.organization_id = o.id and ${believed('t.known', at)} and t.valid @> $2::date) as decided, (
    select json_object_agg(r.kind, r.value::text) from rate r
    where r.country = o.country and r.kind in ('NORM_COEFFICIENT', 'AVERAGE_OF', 'AVERAGE_NEEDS', 'AVERAGE_LASTS')
      and ${believed('r.known', at)} and r.valid @> $2::date) as legal, (
    select r.id::text from rate r where r.country = o.country and r.kind = 'NORM_COEFFICIENT'
      and ${believed('r.known', at)} and r.valid @> $2::date) as "coefficientId"
  from organization o where o.id = $1`;

/** Reads what an organisation has decided of its services, and the law of its country, by one statement. */
export async function readTerms(
  tx: Pick<Tx, 'query'>,
  organizationId: string,
  { lastDay, knownAt }: { lastDay: CivilDate; knownAt: Date | undefined },
): Promise<TermsBook> {
  const found = await row<TermRows>(tx, termsKnown(knownAt), [organizationId, lastDay]);
  return new TermsBook(found ?? { plans: null, decided: null, legal: null, coefficientId: null });
}
