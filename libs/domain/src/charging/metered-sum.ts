import { quantityOf } from '../decimal';
import { averageVolume } from '../estimate';
import { counted } from '../readings';
import { divideHalfAway } from '../rounding';
import { type MeasuredService, type Volume } from './consumption';
import { flowed, flowsOf, weightsOf } from './rules/register-days';
import { sharesOf } from './rules/true-up';
import {
  type AccountRegister,
  type DaySpan,
  type PeriodDays,
  type Resource,
  type SettledReading,
  type Zone,
} from './snapshot';
import { type Recorder } from './trace';

/** What the meters of one resource and zone counted, while they are gone through. */
export class MeteredSum implements DaySpan {
  from: number;
  to: number;
  total = 0n;
  registers = 0;
  basis: Volume['basis'] = 'METER';
  private weights: Volume['weights'] = null;

  constructor(private readonly service: MeasuredService) {
    this.from = service.from;
    this.to = service.to;
  }

  /** Adds what a register counted, less what estimates have been charged for meanwhile. */
  read(register: AccountRegister, ends: MonthReadings, period: PeriodDays): void {
    this.registers += 1;
    this.weights = null;
    const { estimatedSince } = register;
    const isSpread = this.registers === 1 && estimatedSince === 0n;
    if (register.replaced || register.between) this.readFlows(register, ends, period, isSpread);
    else {
      const { previous, current } = ends;
      const isSplit = this.service.terms.redistributes && register.estimated;
      this.total += isSplit
        ? (sharesOf(register, period.days).at(-1) ?? 0n)
        : counted(previous.value, current.value, register.shape) - estimatedSince;
      // what estimates have been charged for is spread over this month, all else over the days between the readings
      if (isSpread && previous.on < current.on) {
        this.from = previous.on + 1;
        this.to = current.on + 1;
      }
    }
  }

  private readFlows(
    register: AccountRegister,
    ends: MonthReadings,
    period: PeriodDays,
    isSpread: boolean,
  ): void {
    const flows = flowsOf(register, ends, period);
    const [first] = flows;
    this.total += flowed(flows) - register.estimatedSince;
    if (!isSpread || !first || first.from > ends.current.on) return;
    this.from = first.from;
    this.to = ends.current.on + 1;
    this.weights = weightsOf(flows);
  }

  /** Adds the average of a register without a reading, with what the one before it counted until it was replaced. */
  estimate(register: AccountRegister, period: PeriodDays, recorder: Recorder | undefined): void {
    this.registers += 1;
    const { service } = this;
    const { previous, replaced } = register;
    const before = replaced && previous ? flowsOf(register, { previous, current: null }, period) : [];
    const from = Math.max(service.from, before.at(-1)?.to ?? service.from);
    const average = averageVolume(register.history, register.missed, service.terms.averages);
    if (average === undefined) this.basis = 'ESTIMATE_NORM';
    else if (this.basis === 'METER') this.basis = 'ESTIMATE_AVERAGE';
    const days = BigInt(Math.max(0, service.to - from));
    this.total += flowed(before) + divideHalfAway((average ?? 0n) * days, BigInt(period.days));
    recorder?.input('AVERAGE', average ?? 0n, register.registerId);
    recorder?.input('MISSED', BigInt(register.missed), register.registerId);
    if (register.unusable)
      recorder?.input('UNUSABLE_SINCE', BigInt(register.unusable.since), register.unusable.id);
  }

  volume(resource: Resource, zone: Zone): Volume {
    const { basis, total } = this;
    const quantity = quantityOf(total);
    const { from, to } = basis === 'METER' ? this : this.service;
    return { resource, zone, basis, quantity, from, to, weights: basis === 'METER' ? this.weights : null };
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
  }
  told('PREVIOUS_READING', previous);
  for (const reading of between) told('CURRENT_READING', reading);
  told('CURRENT_READING', current);
  if (register.shape.factor !== undefined)
    recorder.input('FACTOR', register.shape.factor, register.registerId);
  if (register.estimatedSince !== 0n)
    recorder.input('ESTIMATED_SINCE', register.estimatedSince, register.registerId);
}
