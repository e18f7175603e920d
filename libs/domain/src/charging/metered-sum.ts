import { quantityOf } from '../decimal';
import { averageVolume } from '../estimate';
import { counted } from '../readings';
import { divideHalfAway } from '../rounding';
import { type Volume } from './consumption';
import { spanOf } from './own-days';
import { type Flow, estimatedWith, flowed, flowsOf, weightsOf } from './rules/register-days';
import { redistribute } from './silent-registers';
import {
  type AccountRegister,
  type DaySpan,
  type PeriodDays,
  type Resource,
  type ServiceTerms,
  type SettledReading,
  type Zone,
} from './snapshot';
import { type Recorder } from './trace';

const NO_FLOWS: readonly Flow[] = [];

/**
 * What the meters of one resource and zone counted, while they are gone through. Each counts on its own days (specification
 * B.6): from one of its readings to the next; what was estimated, or is left of what estimates have been charged for, on
 * those of the month.
 */
export class MeteredSum {
  total = 0n;
  registers = 0;
  basis: Volume['basis'] = 'METER';
  private flows = NO_FLOWS;

  private readonly days: DaySpan;

  /** @param rows those that are charged by the meters, one after the other */
  constructor(
    private readonly terms: ServiceTerms,
    private readonly rows: readonly DaySpan[],
  ) {
    this.days = spanOf(rows);
  }

  /** Adds what a register counted, less what estimates have been charged for meanwhile. */
  read(register: AccountRegister, ends: MonthReadings, period: PeriodDays): void {
    const { previous, current } = ends;
    const { estimated } = register;
    const estimatedSince = estimatedWith(register);
    if (this.terms.redistributes && estimated && !register.replaced) {
      const total = counted(previous.value, current.value, register.shape);
      this.addOnDays(this.days, redistribute(total, { silent: estimated, own: period }).own);
      return;
    }
    if (register.replaced || register.between) {
      const flows = flowsOf(register, ends, period);
      const [first] = flows;
      if (estimatedSince === 0n && first && first.from <= current.on) this.add(flows);
      else this.addOnDays(this.days, flowed(flows) - estimatedSince);
      return;
    }
    const total = counted(previous.value, current.value, register.shape);
    const isSpread = estimatedSince === 0n && previous.on < current.on;
    const days = isSpread ? { from: previous.on + 1, to: current.on + 1 } : this.days;
    this.addOnDays(days, total - estimatedSince);
  }

  /**
   * Adds the average of a register without a reading, with what the one before it counted until it was replaced, less what
   * estimates have been charged for meanwhile.
   */
  estimate(register: AccountRegister, period: PeriodDays, recorder: Recorder | undefined): void {
    const { terms, rows } = this;
    const { previous, replaced } = register;
    const before = replaced && previous ? flowsOf(register, { previous, current: null }, period) : [];
    const joined = flowed(before) - (replaced?.estimatedSince ?? 0n);
    const from = before.at(-1)?.to ?? this.days.from;
    const average = averageVolume(register.history, register.missed, terms.averages);
    if (average === undefined) this.basis = 'ESTIMATE_NORM';
    else if (this.basis === 'METER') this.basis = 'ESTIMATE_AVERAGE';
    const days = rows.reduce((sum, row) => sum + Math.max(0, row.to - Math.max(row.from, from)), 0);
    const estimate = divideHalfAway((average ?? 0n) * BigInt(days), BigInt(period.days));
    this.addOnDays(this.days, joined + estimate);
    if (replaced?.estimatedSince)
      recorder?.input('ESTIMATED_SINCE', replaced.estimatedSince, replaced.registerId);
    recorder?.input('AVERAGE', average ?? 0n, register.registerId);
    recorder?.input('MISSED', BigInt(register.missed), register.registerId);
    if (register.unusable)
      recorder?.input('UNUSABLE_SINCE', BigInt(register.unusable.since), register.unusable.id);
  }

  volume(resource: Resource, zone: Zone): Volume {
    const { basis, total, flows } = this;
    const volume = { resource, zone, basis, quantity: quantityOf(total) };
    const [first] = flows;
    if (!first || flows.length === 1) {
      const { from, to } = first ?? this.days;
      return { ...volume, from, to, weights: null };
    }
    const from = Math.min(...flows.map((flow) => flow.from));
    const to = Math.max(...flows.map((flow) => flow.to));
    return { ...volume, from, to, weights: weightsOf(flows) };
  }

  private addOnDays({ from, to }: DaySpan, quantity: bigint): void {
    this.add([{ from, to, quantity: quantityOf(quantity) }]);
  }

  private add(flows: readonly Flow[]): void {
    this.registers += 1;
    for (const { quantity } of flows) this.total += quantity;
    this.flows = this.flows === NO_FLOWS ? flows : [...this.flows, ...flows];
  }
}

interface MonthReadings {
  readonly previous: SettledReading;
  readonly current: SettledReading;
}

/** Tells what was read, in the order of the days. */
export function recordReadings(
  recorder: Recorder,
  register: AccountRegister,
  { previous, current }: MonthReadings,
): void {
  const { replaced, between = [] } = register;
  const told = (name: 'PREVIOUS_READING' | 'CURRENT_READING', { value, id, on }: SettledReading): void =>
    recorder.input(name, value, id, { from: on, to: on + 1 });
  if (replaced) {
    told('PREVIOUS_READING', replaced.previous);
    told('CURRENT_READING', replaced.final);
    recorder.input('GAP', replaced.average, replaced.registerId);
    if (replaced.estimatedSince)
      recorder.input('ESTIMATED_SINCE', replaced.estimatedSince, replaced.registerId);
  }
  told('PREVIOUS_READING', previous);
  for (const reading of between) told('CURRENT_READING', reading);
  told('CURRENT_READING', current);
  if (register.shape.factor !== undefined)
    recorder.input('FACTOR', register.shape.factor, register.registerId);
  if (register.estimatedSince !== 0n)
    recorder.input('ESTIMATED_SINCE', register.estimatedSince, register.registerId);
}
