import { counted, isInWindow, type Month, readingWindow, RESOURCES } from '@kvartal/domain';
import { type RefusalDetail, refusalView } from '@kvartal/platform';
import { previousOf, usualOf } from './consumption';
import {
  intakeMonth,
  isProcessed,
  type KnownIntake,
  type KnownReading,
  type KnownRegister,
  meterOn,
  windowsOf,
} from './intake.state';
import { type ReadingSource, type ReadingState, UNITS } from './meters.enums';
import type { Intake, IntakeWindow, Meter, Reading, Register } from './meters.types';

/** A way by which residents themselves send readings: only those may they take back. */
const BY_RESIDENT: ReadonlySet<ReadingSource> = new Set(['SITE', 'MOBILE']);

/**
 * Whether a resident may take a reading back on a day: one that residents sent, until the last day of the window of its
 * month or the cut, whichever is first.
 */
export function isTakenBackable(
  { source, state, month }: { source: ReadingSource; state: ReadingState; month: Month },
  known: Pick<KnownIntake, 'today' | 'rules' | 'open'>,
): boolean {
  return (
    state === 'ACCEPTED' &&
    BY_RESIDENT.has(source) &&
    month >= intakeMonth(known.today, known.rules) &&
    known.today <= readingWindow(month, known.rules).to &&
    !isProcessed(month, known)
  );
}

/** A reading as the outside sees it. `forResident`: whether the viewer may take anything back at all. */
export function readingView(
  known: KnownIntake,
  register: KnownRegister,
  reading: KnownReading,
  forResident: boolean,
): Reading {
  const { id, month, takenOn, value, source, state, settles, unusual, createdAt } = reading;
  const previous = previousOf(register.readings, month);
  return {
    id: id ?? '',
    registerId: register.id,
    month,
    takenOn,
    value,
    correctedTo: null,
    consumption: settles && previous ? counted(previous.value, value, register.shape) : null,
    source,
    state,
    settles,
    unusual,
    createdAt,
    deletable: forResident && isTakenBackable(reading, known),
    resource: register.resource,
    zone: register.zone,
    serial: register.serial,
  };
}

/** Why no resident may send a reading of this meter now, in the order of the intake's rules; undefined where one may. */
export function refusalOfMeter(
  known: KnownIntake,
  { serial, facts }: Pick<KnownRegister, 'serial' | 'facts'>,
): RefusalDetail | undefined {
  const { today, rules } = known;
  const meter = meterOn(facts, today);
  const { month, now, told } = windowsOf(today, rules);
  if (serial === null) return { code: 'METER_NO_SERIAL' };
  if (!meter.works)
    return { code: 'METER_REMOVED', params: meter.removedOn ? { removedOn: meter.removedOn } : {} };
  if (isProcessed(month, known)) return { code: 'READING_PROCESSED', params: { month } };
  if (!isInWindow(now, today))
    return { code: 'READING_WINDOW_CLOSED', params: { from: told.from, to: told.to } };
  if (!meter.verified && rules.afterVerification === 'REJECT')
    return { code: 'VERIFICATION_EXPIRED', params: meter.verifyUntil ? { until: meter.verifyUntil } : {} };
  return undefined;
}

const currentOf = ({ readings }: KnownRegister, month: Month): KnownReading | undefined =>
  readings.find((reading) => reading.month === month && reading.settles);

/** The window, with how many registers of working meters there are and have a reading of the month. */
export function windowView(known: KnownIntake): IntakeWindow {
  const { month, now } = windowsOf(known.today, known.rules);
  const working = known.registers.filter(({ facts }) => meterOn(facts, known.today).works);
  return {
    month,
    from: now.from,
    to: now.to,
    isOpen: isInWindow(now, known.today) && !isProcessed(month, known),
    registers: working.length,
    submitted: working.filter((register) => currentOf(register, month)).length,
  };
}

function registerView(known: KnownIntake, register: KnownRegister, editable: boolean): Register {
  const { month } = windowsOf(known.today, known.rules);
  const previous = previousOf(register.readings, month);
  const current = currentOf(register, month);
  const usual = usualOf(register, month);
  const { id, zone, shape, resource, organizationId, accountId } = register;
  return {
    id,
    zone,
    digits: shape.digits,
    decimals: shape.decimals,
    unit: UNITS[resource],
    previous: previous ? readingView(known, register, previous, false) : null,
    current: current ? readingView(known, register, current, editable) : null,
    editable,
    usualFrom: usual?.from ?? null,
    usualTo: usual?.to ?? null,
    organizationId,
    accountId,
    resource,
  };
}

function meterView(known: KnownIntake, registers: readonly [KnownRegister, ...KnownRegister[]]): Meter {
  const [{ meterId, resource, serial, place, facts }] = registers;
  const { works, removedOn, verifiedOn, verifyUntil } = meterOn(facts, known.today);
  const refusal = refusalOfMeter(known, { serial, facts });
  return {
    id: meterId,
    resource,
    serial,
    place,
    works,
    removedOn,
    verifiedOn,
    verifyUntil,
    refusal: refusal ? refusalView(refusal) : null,
    registers: registers.map((register) => registerView(known, register, refusal === undefined)),
  };
}

const inOrder = (one: KnownRegister, other: KnownRegister): number =>
  Number(one.meterId) - Number(other.meterId) || Number(one.id) - Number(other.id);

function byMeter(registers: readonly KnownRegister[]): [KnownRegister, ...KnownRegister[]][] {
  const meters = new Map<string, [KnownRegister, ...KnownRegister[]]>();
  for (const register of [...registers].sort(inOrder)) {
    const known = meters.get(register.meterId);
    if (known) known.push(register);
    else meters.set(register.meterId, [register]);
  }
  return [...meters.values()];
}

/** The meters of an account as the page of readings shows them: working ones first, by what they count. */
export function intakeView(known: KnownIntake): Intake {
  const meters = byMeter(known.registers).map((registers) => meterView(known, registers));
  const rank = ({ works, resource }: Meter): number =>
    (works ? 0 : RESOURCES.length) + RESOURCES.indexOf(resource);
  return { window: windowView(known), meters: meters.sort((one, other) => rank(one) - rank(other)) };
}
