import { type Money } from '../money';
import { type Price, type Quantity } from '../decimal';
import { type TracedLot } from './rules/penalty-line';
import { type AccountService, type DaySpan, type Resource, type Zone } from './snapshot';
import { type StatementLine } from './statement-line';

/** What a rule took: the names that a breakdown shows. */
export type InputName =
  | 'AREA'
  | 'RESIDENTS'
  | 'NORM'
  | 'COEFFICIENT'
  | 'USUAL_COEFFICIENT'
  | 'PREVIOUS_READING'
  | 'CURRENT_READING'
  | 'FACTOR'
  | 'ESTIMATED_SINCE'
  | 'AVERAGE'
  | 'MISSED'
  | 'VOLUME'
  | 'HOUSE_METER'
  | 'INDIVIDUAL_TOTAL'
  | 'CARRY_IN'
  | 'NORM_VOLUME'
  | 'DISTRIBUTED'
  | 'TOTAL_AREA'
  | 'SHARED_WHOLE'
  | 'OWNERS'
  | 'HEAT_NORM'
  | 'HEATING_MONTHS'
  | 'IRRIGATION'
  | 'ACT'
  | 'GAP'
  | 'UNUSABLE_SINCE';

/**
 * The formulas of the lines, specification B.3–B.7. R2 and R6 round half away from zero to money and to a volume; S
 * area, n people, N norm, K coefficient, T price, V volume, d of D days.
 */
export const FORMULAS = {
  AREA: 'Σ R2(S × T × d / D)',
  FIXED: 'Σ R2(T × d / D)',
  PERSON_FEE: 'Σ R2(T × Σ(n × d) / D)',
  HEATING_NORM: 'Σ R2(R6(N × Σ(S × d) / D) × T)',
  NORM_PERSON: 'Σ R2(R6(N × Σ(n × d) / D) × T)',
  METER: 'Σ R2(V × T), V = (current − previous) × factor − estimated since',
  ESTIMATE_AVERAGE: 'Σ R2(V × T), V = R6(average of up to 6 months × d / D)',
  ESTIMATE_NORM: 'Σ R2(V × T), V = R6(N × Σ(n × d) / D)',
  ACT: 'Σ R2(V × T), V by an act',
  SUM_OF_WATER: 'Σ R2((V cold + V hot − V irrigation) × T)',
  HEATING_SEASON: 'Σ R2(R6(N × Σ(S × d) / D) × T), days of the season',
  HEATING_YEAR: 'Σ R2(R6(N × Σ(S × d) × M / (D × 12)) × T)',
  PENALTY: 'Σ (R2(Σ balance × rate × fraction) − accrued before), a lot at a time',
  COMMON_AREA: 'Σ R2(R6(V house × Σ(S × d) / (ΣS × D)) × T)',
  COMMON_AREA_BY_NORM: 'Σ R2(R6(N × S common × Σ(S × d) / (ΣS × D)) × T)',
} as const;

/** A value that a rule took, in the units of its kind, the row it came from, and the days on which it is true. */
export interface TracedInput {
  readonly name: InputName;
  readonly value: bigint;
  readonly source?: string;
  readonly days?: DaySpan;
}

/** A part of a line: its days, and the product before and after rounding. */
export interface TracedSegment extends DaySpan {
  readonly quantity: Quantity;
  readonly price: Price;
  readonly tariffId: string | undefined;
  /** The amount in minor units before rounding, as a fraction. */
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** Rounded once, half away from zero. */
  readonly amount: Money;
}

/** Which column of the line a rule adds to beside its segments. */
export type AdditionKind = 'EXCESS' | 'VAT' | 'BENEFIT' | 'ABSENCE' | 'OUTAGE' | 'TRUE_UP';

/** What the coefficient, the tax, a benefit, an absence or an outage adds: the fraction of minor units, and it rounded. */
export interface TracedAddition {
  readonly kind: AdditionKind;
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly amount: Money;
  readonly source?: string | undefined;
  /** The row of the law's number behind it. */
  readonly law?: string | undefined;
  readonly expression?: string | null;
}

/** How a volume was found. */
export interface VolumeTrace {
  readonly resource: Resource;
  readonly zone: Zone;
  readonly inputs: TracedInput[];
}

/** How a line came to be. */
export interface LineTrace {
  readonly service: AccountService;
  /** R2, R6: rounded half away from zero to money, to a volume. d of D days. */
  formula: string;
  readonly inputs: TracedInput[];
  readonly volumes: VolumeTrace[];
  readonly segments: TracedSegment[];
  readonly additions: TracedAddition[];
  readonly lots: TracedLot[];
  line?: StatementLine;
}

/** Listens to the rules while they compute. Without one they tell nobody, and cost nothing. */
export interface Recorder {
  /** A volume of an account begins. */
  volume(resource: Resource, zone: Zone): void;
  /** A line of the account begins. */
  line(service: AccountService): void;
  formula(text: string): void;
  /** The line takes a volume that was told before. */
  uses(resource: Resource, zone: Zone): void;
  input(name: InputName, value: bigint, source?: string, days?: DaySpan): void;
  segment(segment: TracedSegment): void;
  addition(addition: TracedAddition): void;
  lot(lot: TracedLot): void;
  done(line: StatementLine): void;
}

/** Keeps what the rules say of one account. The trace is never stored: it is computed again when somebody asks. */
export class TraceRecorder implements Recorder {
  readonly lines: LineTrace[] = [];
  private readonly volumes: VolumeTrace[] = [];
  private inputs: TracedInput[] = [];

  volume(resource: Resource, zone: Zone): void {
    this.inputs = [];
    this.volumes.push({ resource, zone, inputs: this.inputs });
  }

  line(service: AccountService): void {
    this.inputs = [];
    this.lines.push({ service, formula: '', inputs: this.inputs, ...nothingYet() });
  }

  formula(text: string): void {
    const line = this.lines.at(-1);
    if (line) line.formula = text;
  }

  uses(resource: Resource, zone: Zone): void {
    const volume = this.volumes.find((one) => one.resource === resource && one.zone === zone);
    if (volume) this.lines.at(-1)?.volumes.push(volume);
  }

  input(name: InputName, value: bigint, source?: string, days?: DaySpan): void {
    const span = days && { from: days.from, to: days.to };
    this.inputs.push({
      name,
      value,
      ...(source === undefined ? {} : { source }),
      ...(span ? { days: span } : {}),
    });
  }

  segment(segment: TracedSegment): void {
    this.lines.at(-1)?.segments.push(segment);
  }

  addition(addition: TracedAddition): void {
    this.lines.at(-1)?.additions.push(addition);
  }

  lot(lot: TracedLot): void {
    this.lines.at(-1)?.lots.push(lot);
  }

  done(line: StatementLine): void {
    const last = this.lines.at(-1);
    if (last) last.line = line;
  }
}

const nothingYet = (): Pick<LineTrace, 'volumes' | 'segments' | 'additions' | 'lots'> => ({
  volumes: [],
  segments: [],
  additions: [],
  lots: [],
});

/** What is charged as a trace tells it: its segments, the coefficient and the tax on top, or its lots. */
export function chargedBy({ segments, additions, lots }: LineTrace): bigint {
  const added = additions.filter(({ kind }) => kind === 'EXCESS' || kind === 'VAT');
  return [...segments, ...added, ...lots].reduce((total, { amount }) => total + amount, 0n);
}
