import {
  type CommonTerms,
  type Month,
  type Quantity,
  type RegisterShape,
  type Resource,
  type Zone,
  addMonths,
  counted,
  divideHalfAway,
  firstDay,
  dateOfDayNumber,
  monthNumber,
  monthOf,
  periodDays,
  previousMonth,
  quantityOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { readBetween } from './closing.between';
import { overlayCorrections } from './closing.corrections';
import { joinReplaced, readEndedMeters } from './closing.devices';
import { readEstimated } from './closing.estimates';
import type { Drafts, SnapshotScope } from './closing.drafts';
import { type MonthReading, type RegisterDraft, readShapes } from './closing.meters';
import { copyOut, literal } from './copy';

/** How far back an average, or a meter that was long not read, is looked for. */
const HISTORY_MONTHS = 13;

const starts = new Map<number, number>();
/** The number of the month that begins on a day. */
function monthStarting(day: number): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const number = monthNumber(monthOf(dateOfDayNumber(day)));
  starts.set(day, number);
  return number;
}

/** What the meters of houses counted, and what was carried on from the month before. */
export class HouseMeters {
  constructor(
    private readonly registers: readonly RegisterDraft[],
    private readonly carried: ReadonlyMap<string, Quantity>,
  ) {}

  /** The house's consumption of a resource; null where a meter of it has no reading, or there is none. */
  counted(at: { houseId: string; resource: Resource; zone: Zone }): Quantity | null {
    let total: bigint | null = null;
    for (const { house, resource, zone, earlier, current, shape } of this.registers) {
      if (house !== Number(at.houseId) || resource !== at.resource) continue;
      if (at.zone !== 'SINGLE' && zone !== at.zone) continue;
      const previous = earlier.at(-1);
      if (!previous || !current) return null;
      total = (total ?? 0n) + counted(previous.value, current.value, shape);
    }
    return total === null ? null : quantityOf(total);
  }

  carryIn(at: Pick<CommonTerms, 'serviceId'> & { houseId: string }): Quantity {
    return this.carried.get(`${at.houseId} ${at.serviceId}`) ?? quantityOf(0n);
  }
}

/** Reads the working meters of the batch with what settles this month, and gives each account its registers. */
export async function readRegisters(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<HouseMeters> {
  await readEndedMeters(tx, catalogue, scope, drafts);
  const registers = await readShapes(tx, scope, drafts);
  const { month: charged } = catalogue.period;
  await readReadings(tx, registers, charged, {
    where: `house_id in (${literal(scope.houseIds)})`,
    organizationId: scope.organizationId,
    since: previousMonth(charged),
    until: charged,
  });
  await completeHistory(tx, registers, { charged, organizationId: scope.organizationId, drafts });
  const months = { now: monthNumber(charged), of: monthStarting };
  await overlayCorrections(tx, { scope, catalogue, registers }, months);
  for (const [registerId, current] of scope.drafts ?? []) {
    const register = registers.get(Number(registerId));
    if (register) register.current = current;
  }
  await readEstimated(tx, catalogue, { scope, registers, devices: drafts.devices, charged: months.now });
  for (const register of registers.values()) settle(register, charged);
  const leftOut = joinReplaced(drafts.devices, linkingOf(catalogue));
  await readBetween(tx, catalogue, scope, registers);
  const common: RegisterDraft[] = [];
  // in order of entry, whatever order they were read in
  for (const register of [...registers.values()].sort((one, other) => one.id - other.id)) {
    if (register.account === null) common.push(register);
    else if (!leftOut.has(register)) drafts.accounts.get(register.account)?.registers.push(register);
  }
  return new HouseMeters(common, await readCarried(tx, scope));
}

interface ReadingsWanted {
  where: string;
  organizationId: string;
  since: Month;
  until: Month;
}

/** Real readings that settle, and the first reading of a new meter; the system's own estimates are none. */
async function readReadings(
  tx: Tx,
  registers: ReadonlyMap<number, RegisterDraft>,
  charged: Month,
  { where, organizationId, since, until }: ReadingsWanted,
): Promise<void> {
  const found = await copyOut(
    tx,
    `select register_id, id, month, taken_on, value, case source when 'INSTALLATION' then 1 else 0 end
     from reading
     where organization_id = ${literal(organizationId)} and ${where}
       and month between '${firstDay(since)}' and '${firstDay(until)}' and state = 'ACCEPTED'
       and (settles or source = 'INSTALLATION') and source <> 'ESTIMATE' and upper_inf(known)`,
  );
  const now = monthNumber(charged);
  while (found.next()) {
    const register = registers.get(found.id());
    const id = String(found.id());
    const month = monthStarting(found.day(0));
    const reading = { id, month, on: found.day(0), value: quantityOf(found.big()) };
    const isFirst = found.int() === 1;
    if (!register) continue;
    // what took another's place is silent in its first month until somebody reads it: what it begins with ends the one before
    if (isFirst && register.isFollower) addEarlier(register, { ...reading, month: month - 1 });
    else if (month === now && !isFirst) register.current = reading;
    else addEarlier(register, reading);
  }
  for (const { earlier } of registers.values()) if (earlier.length > 1) earlier.sort(inTime);
}

/** Nearly all have one: a list of one takes a seventh of what a list takes that has been pushed to. */
function addEarlier(register: RegisterDraft, reading: MonthReading): void {
  if (register.earlier.length === 0) register.earlier = [reading];
  else register.earlier.push(reading);
}

const inTime = (one: MonthReading, other: MonthReading): number =>
  one.month - other.month || one.on - other.on || Number(one.id) - Number(other.id);

/** Where this month or the one before has no reading, the average and the last real reading lie further back. */
async function completeHistory(
  tx: Tx,
  registers: ReadonlyMap<number, RegisterDraft>,
  { charged, organizationId, drafts }: { charged: Month; organizationId: string; drafts: Drafts },
): Promise<void> {
  const { devices } = drafts;
  const recent = periodDays(previousMonth(charged)).from;
  const ownerOf = ({ account, house }: RegisterDraft) => account ?? -house;
  const lacking = new Set<number>();
  for (const register of registers.values())
    if (devices.lacksHistory(register, recent)) lacking.add(ownerOf(register));
  if (lacking.size === 0) return;
  const wanted = new Map<number, RegisterDraft>();
  for (const register of registers.values())
    if (lacking.has(ownerOf(register))) wanted.set(register.id, register);
  await readReadings(tx, wanted, charged, {
    where: `register_id in (${literal([...wanted.values()].map(({ registerId }) => registerId))})`,
    organizationId,
    since: addMonths(charged, -HISTORY_MONTHS),
    until: addMonths(charged, -2),
  });
}

/** Draws from a register's readings what the rules take. */
function settle(register: RegisterDraft, charged: Month): void {
  const { unusable, current } = register;
  // what was taken meanwhile counts for nothing, though it was accepted
  if (unusable) register.earlier = register.earlier.filter(({ on }) => on < unusable.since);
  const previous = register.earlier.at(-1) ?? null;
  register.previous = previous;
  if (current && !(unusable && current.on >= unusable.since)) return;
  register.missed = Math.max(1, previous ? monthNumber(charged) - previous.month : HISTORY_MONTHS);
  register.history = historyOf(register.earlier, register.shape);
}

/** Consumption by readings, month by month; what lies between two readings of distant months is their monthly share. */
function historyOf(earlier: readonly MonthReading[], shape: RegisterShape): Quantity[] {
  const history: Quantity[] = [];
  for (const [place, reading] of earlier.entries()) {
    const before = earlier[place - 1];
    if (!before) continue;
    const months = Math.max(1, reading.month - before.month);
    history.push(quantityOf(divideHalfAway(counted(before.value, reading.value, shape), BigInt(months))));
  }
  return history;
}

const linkingOf = ({ period, averages }: Catalogue) => ({
  now: monthNumber(period.month),
  from: period.from,
  averages,
  historyOf: ({ earlier, shape }: RegisterDraft) => historyOf(earlier, shape),
});

async function readCarried(
  tx: Tx,
  { organizationId, houseIds, closed }: SnapshotScope,
): Promise<Map<string, Quantity>> {
  const [before] = closed;
  if (!before) return new Map();
  const carried = await rows<{ houseId: string; serviceId: string; quantity: string }>(
    tx,
    `select house_id as "houseId", service_id as "serviceId", quantity from common_area_carry
     where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[])`,
    [organizationId, before.closingId, houseIds],
  );
  return new Map(
    carried.map(({ houseId, serviceId, quantity }) => [
      `${houseId} ${serviceId}`,
      quantityOf(BigInt(quantity)),
    ]),
  );
}
