import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, type Month, type Quantity, monthOf, quantityText, todayIn } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type RefusalDetail,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { previousOf } from '../consumption';
import { whileContested } from '../contested';
import type { FreshReading, IntakeChanges } from '../intake.book';
import { IntakeQueries } from '../intake.queries';
import { isProcessed, type KnownIntake, type KnownReading, type KnownRegister } from '../intake.state';
import { standing } from '../standing';
import { type MeterPlace, isSoOn, putFact } from './device.facts';
import { documentRefused } from './device.rules';
import type { ReplaceMeterInput, ReplacedRegisterInput } from './device.types';
import { enterMeter } from './devices.service';

const LONGEST_SERIAL = 50;
const UNIT = 1_000_000n;

/** A register of the old meter, and what is sent of it. */
interface Replaced {
  register: KnownRegister;
  sent: ReplacedRegisterInput;
}
interface Change {
  input: ReplaceMeterInput;
  place: MeterPlace;
  known: KnownIntake;
  replaced: Replaced[];
  viewer: Staff;
  now: Date;
}

/** A meter that takes the place of another: the last reading of the old one, the first of the new one, from one day on. */
@Injectable()
export class MeterReplacements {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(IntakeQueries) private readonly intake: IntakeQueries,
  ) {}

  /**
   * Replaces a meter in a month that is not closed. Refuses REQUIRED, TOO_LONG, NUMBER_OUT_OF_RANGE, TOO_MANY_DIGITS,
   * TOO_MANY_DECIMALS, LESS_THAN_PREVIOUS, DATE_OUT_OF_RANGE, PERIOD_NOT_OPEN, METER_REMOVED, DAYS_ORDER,
   * IDEMPOTENCY_KEY_REUSED; throws NotFound. The same key again changes nothing.
   */
  async replace(viewer: Staff, input: ReplaceMeterInput): Promise<void> {
    requireIds(input.organizationId, input.meterId);
    await whileContested(() => inTransaction(this.db, (tx) => this.replaceOnce(tx, viewer, input)));
  }

  private async replaceOnce(tx: Tx, viewer: Staff, input: ReplaceMeterInput): Promise<void> {
    const { organizationId, meterId, clientKey, document, organizationId: _, ...said } = input;
    const place = await enterMeter(tx, organizationId, meterId);
    const now = await this.clock.now();
    const action = 'meter.replace';
    if (await wasSent(tx, { organizationId, action, clientKey, said: { ...said, meterId, document } }, now))
      return;
    const ids = await registersOf(tx, place);
    const known = await this.intake.ofRegisters(tx, organizationId, {
      registerIds: ids,
      recent: monthOf(input.on),
      keys: [],
    });
    const refusals = refusalsOf(input, known, todayIn(now, place.timeZone));
    if (await isReplaced(tx, place, input.on)) refusals.push({ code: 'METER_REMOVED', path: ['on'] });
    if (refusals.length) throw new Refusal(refusals);
    const replaced = known.registers.flatMap((register) => {
      const sent = input.registers.find(({ registerId }) => registerId === register.id);
      return sent ? [{ register, sent }] : [];
    });
    const newId = await this.install(tx, { input, place, known, replaced, viewer, now });
    await audit(tx, viewer, {
      ...{ at: now, action, organizationId, objectKind: 'meter', objectId: newId },
      details: { replaces: meterId, on: input.on },
    });
  }

  /** Takes the old one down and puts the new one up. Answers its id. */
  private async install(tx: Tx, change: Change): Promise<string> {
    const { input, place, known, viewer, now } = change;
    const { on, verifiedTo = null } = input;
    const document = input.document.trim();
    const said = { document, by: viewer.userId };
    const isIrrigation = await isSoOn(tx, place, 'METER_IRRIGATION', on);
    const meterId = await addMeter(tx, change);
    const registers = await addRegisters(tx, change, meterId);
    const next = { ...place, meterId };
    await putFact(tx, place, { ...said, kind: 'METER_LOST', value: null, from: on }, now);
    await putFact(tx, place, { ...said, kind: 'METER_WORKING', value: null, from: on }, now);
    await putFact(tx, next, { ...said, kind: 'METER_WORKING', value: 1, from: on }, now);
    if (verifiedTo)
      await putFact(tx, next, { ...said, kind: 'METER_VERIFIED', value: 1, from: on, to: verifiedTo }, now);
    if (isIrrigation) await putFact(tx, next, { ...said, kind: 'METER_IRRIGATION', value: 1, from: on }, now);
    await this.intake.write(tx, known, readingsOf(change, registers));
    return meterId;
  }
}

/** Whether the meter was down by then, and another of its account and resource has begun to work since. */
async function isReplaced(tx: Tx, { organizationId, meterId }: MeterPlace, on: CivilDate): Promise<boolean> {
  const found = await row(
    tx,
    `select from fact f join meter m on m.organization_id = f.organization_id and m.id = f.subject_id
     join meter n on n.organization_id = m.organization_id and n.account_id = m.account_id and n.resource = m.resource and n.id <> m.id
     join fact w on w.organization_id = n.organization_id and w.subject = 'METER' and w.subject_id = n.id
       and w.kind = 'METER_WORKING' and w.value > 0 and upper_inf(w.known) and lower(w.valid) >= upper(f.valid) - 1
     where f.organization_id = $1 and f.subject = 'METER' and f.subject_id = $2 and f.kind = 'METER_WORKING' and f.value > 0
       and upper_inf(f.known) and upper(f.valid) <= $3::date and not exists (
         select from fact c where c.organization_id = $1 and c.subject = 'METER' and c.subject_id = $2
           and c.kind = 'METER_WORKING' and upper_inf(c.known) and c.valid @> $3::date)`,
    [organizationId, meterId, on],
  );
  return found !== undefined;
}

const registersOf = async (tx: Tx, { organizationId, meterId }: MeterPlace): Promise<string[]> =>
  (
    await rows<{ id: string }>(tx, 'select id from register where organization_id = $1 and meter_id = $2', [
      organizationId,
      meterId,
    ])
  ).map(({ id }) => id);

async function addMeter(tx: Tx, { input, place }: Change): Promise<string> {
  const added = await row<{ id: string }>(
    tx,
    `insert into meter (organization_id, house_id, account_id, resource, serial, place, factor)
     select organization_id, house_id, account_id, resource, $3, place, factor from meter
     where organization_id = $1 and id = $2 returning id`,
    [place.organizationId, place.meterId, input.serial.trim()],
  );
  if (!added) throw new NotFound();
  return added.id;
}

/** A register of the new meter for each of the old one's. Answers its id by the old one's. */
async function addRegisters(
  tx: Tx,
  { input, place, replaced }: Change,
  meterId: string,
): Promise<Map<string, string>> {
  const made = await rows<{ id: string; zone: string }>(
    tx,
    `insert into register (organization_id, meter_id, zone, digits, decimals)
     select $1, $2, zone, $4, $5 from unnest($3::text[]) zone returning id, zone`,
    [
      place.organizationId,
      meterId,
      replaced.map(({ register }) => register.zone),
      input.digits,
      input.decimals,
    ],
  );
  const byZone = new Map(made.map(({ id, zone }) => [zone, id]));
  return new Map(replaced.map(({ register }) => [register.id, byZone.get(register.zone) ?? '']));
}

/** A final value settles its month like any reading; with an initial one the new meter begins to count. */
function readingsOf(
  { input, place, replaced, viewer, now }: Change,
  added: ReadonlyMap<string, string>,
): IntakeChanges {
  const month = monthOf(input.on);
  const entered: FreshReading[] = [];
  const changed: KnownReading[] = [];
  const isOf = { houseId: place.houseId, createdBy: viewer.userId };
  for (const { register, sent } of replaced) {
    const known = register.readings.filter((one) => one.month === month);
    // nothing can be read of it after it was taken down
    const ofMonth = known.map((one): KnownReading =>
      one.takenOn > input.on && one.state === 'ACCEPTED'
        ? { ...one, state: 'SUPERSEDED', settles: false }
        : one,
    );
    const stand = (reading: KnownReading): FreshReading => ({ ...isOf, registerId: register.id, reading });
    if (sent.final != null) {
      const version = Math.max(0, ...ofMonth.map((one) => one.version)) + 1;
      const last = fresh({ month, on: input.on, value: sent.final, version, now });
      const stands = standing([...ofMonth, { ...last, source: 'CONTROLLER' }]);
      entered.push(...stands.filter(({ id }) => id === null).map(stand));
      changed.push(...stands.filter((one) => one.id !== null && !known.includes(one)));
    } else changed.push(...ofMonth.filter((one) => !known.includes(one)));
    const first = fresh({ month, on: input.on, value: sent.initial, version: 1, now });
    entered.push({
      ...isOf,
      registerId: added.get(register.id) ?? '',
      reading: { ...first, source: 'INSTALLATION' },
    });
  }
  return { entered, changed };
}

const fresh = (of: {
  month: Month;
  on: CivilDate;
  value: Quantity;
  version: number;
  now: Date;
}): KnownReading => ({
  id: null,
  month: of.month,
  takenOn: of.on,
  value: of.value,
  source: 'INSTALLATION',
  state: 'ACCEPTED',
  settles: false,
  version: of.version,
  unusual: false,
  clientKey: null,
  createdAt: of.now,
});

/** All that is wrong with a replacement at once. */
function refusalsOf(input: ReplaceMeterInput, known: KnownIntake, today: CivilDate): RefusalDetail[] {
  const { on, serial, digits, decimals, verifiedTo } = input;
  const refusals: RefusalDetail[] = [];
  if (on > today) refusals.push({ code: 'DATE_OUT_OF_RANGE', path: ['on'], params: { to: today } });
  else if (!known.open || isProcessed(monthOf(on), known))
    refusals.push({ code: 'PERIOD_NOT_OPEN', path: ['on'], params: { month: monthOf(on) } });
  const length = serial.trim().length;
  if (length === 0) refusals.push({ code: 'REQUIRED', path: ['serial'] });
  if (length > LONGEST_SERIAL)
    refusals.push({ code: 'TOO_LONG', path: ['serial'], params: { maxLength: LONGEST_SERIAL, length } });
  if (digits < 1 || digits > 9)
    refusals.push({ code: 'NUMBER_OUT_OF_RANGE', path: ['digits'], params: { least: '1', most: '9' } });
  if (decimals < 0 || decimals > 6)
    refusals.push({ code: 'NUMBER_OUT_OF_RANGE', path: ['decimals'], params: { least: '0', most: '6' } });
  if (verifiedTo && verifiedTo < on) refusals.push({ code: 'DAYS_ORDER', path: ['verifiedTo'] });
  for (const register of known.registers) refusals.push(...registerRefused(input, register));
  return [...refusals, ...documentRefused(input.document)];
}

/** What is wrong with the values of a register: one is missing, does not fit its counter, or is less than was read before. */
function registerRefused(
  { on, registers, digits, decimals }: ReplaceMeterInput,
  register: KnownRegister,
): RefusalDetail[] {
  const place = registers.findIndex(({ registerId }) => registerId === register.id);
  const sent = registers[place];
  if (!sent) return [{ code: 'REQUIRED', path: ['registers'] }];
  const path = ['registers', place];
  const refusals = shapeRefused(sent.initial, { digits, decimals }, [...path, 'initial']);
  if (sent.final == null) return refusals;
  refusals.push(...shapeRefused(sent.final, register.shape, [...path, 'final']));
  const previous = previousOf(register.readings, monthOf(on));
  if (previous && sent.final < previous.value)
    refusals.push({
      code: 'LESS_THAN_PREVIOUS',
      path: [...path, 'final'],
      params: { value: quantityText(sent.final), previous: quantityText(previous.value) },
    });
  return refusals;
}

function shapeRefused(
  value: Quantity,
  { digits, decimals }: { digits: number; decimals: number },
  path: (string | number)[],
): RefusalDetail[] {
  const [whole = '', fraction = ''] = quantityText(value).replace('-', '').split('.');
  if (value < 0n) return [{ code: 'BELOW_ZERO', path }];
  if (value >= 10n ** BigInt(Math.max(0, digits)) * UNIT)
    return [{ code: 'TOO_MANY_DIGITS', path, params: { digits, entered: whole.length } }];
  if (fraction.length > decimals)
    return [{ code: 'TOO_MANY_DECIMALS', path, params: { decimals, entered: fraction.length } }];
  return [];
}
