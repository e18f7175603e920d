import {
  type CivilDate,
  type DaySpan,
  type Outage,
  type Quantity,
  type Ratio,
  daySpan,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { SnapshotScope } from './closing.drafts';
import { believed } from './closing.known';

const KINDS = [
  'ABSENCE_DAYS',
  'INTERRUPTION_PERCENT',
  'HEATING_DEGREE_PERCENT',
  'HOT_WATER_DAY_MINIMUM',
  'HOT_WATER_NIGHT_MINIMUM',
] as const;
type Kind = (typeof KINDS)[number];
type Law = { readonly law: string } | undefined;

type HotWater = Pick<
  Extract<Outage, { kind: 'HOT_WATER_TEMPERATURE' }>,
  'dayMinimum' | 'nightMinimum' | 'steps'
>;

/** A rate counts in hundred-millionths, a quantity in millionths. */
const PER_QUANTITY = 100n;
const ONE = 100_000_000n;

/** The law's numbers about absences and bad quality, by days. A number that the country does not know reduces nothing. */
export class LegalNumbers {
  constructor(
    private readonly rates: readonly (DaySpan & { id: string; kind: Kind; value: bigint })[],
    private readonly steps: HotWater['steps'],
  ) {}

  percent(kind: 'INTERRUPTION_PERCENT' | 'HEATING_DEGREE_PERCENT', day: number): Ratio {
    return ratioOf(this.on(kind, day)?.value ?? 0n);
  }

  /** The row that says a number. */
  lawOf(kind: Kind, day: number): Law {
    const found = this.on(kind, day);
    return found && { law: found.id };
  }

  /** How many full days of an absence do not count yet; where the country says nothing, none ever does. */
  absenceDays(day: number): number {
    const days = this.on('ABSENCE_DAYS', day)?.value;
    return days === undefined ? Number.MAX_SAFE_INTEGER : Number(days / ONE);
  }

  hotWater(day: number): HotWater {
    const degrees = (kind: Kind): Quantity => quantityOf((this.on(kind, day)?.value ?? 0n) / PER_QUANTITY);
    return {
      dayMinimum: degrees('HOT_WATER_DAY_MINIMUM'),
      nightMinimum: degrees('HOT_WATER_NIGHT_MINIMUM'),
      steps: this.steps,
    };
  }

  private on(kind: Kind, day: number): { id: string; value: bigint } | undefined {
    return this.rates.find((one) => one.kind === kind && one.from <= day && day < one.to);
  }
}

/** Reads them for the organisation's country; only asked where there is an act to apply them to. */
export async function readLegalNumbers(
  tx: Pick<Tx, 'query'>,
  { organizationId, knownAt }: Pick<SnapshotScope, 'organizationId' | 'knownAt'>,
  steps: HotWater['steps'],
): Promise<LegalNumbers> {
  const found = await rows<{
    id: string;
    kind: Kind;
    value: string;
    from: CivilDate | null;
    to: CivilDate | null;
  }>(
    tx,
    `select r.id, r.kind, r.value::text, lower(r.valid)::text as "from", upper(r.valid)::text as "to"
     from organization o join rate r on r.country = o.country and r.kind = any($2) and ${believed('r.known', knownAt)}
     where o.id = $1 order by r.kind, lower(r.valid)`,
    [organizationId, KINDS],
  );
  const rates = found.map(({ id, kind, value, from, to }) => ({
    id,
    kind,
    value: BigInt(value),
    ...daySpan({ from, to }),
  }));
  return new LegalNumbers(rates, steps);
}
