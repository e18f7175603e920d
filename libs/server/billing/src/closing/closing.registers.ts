import {
  type AccountRegister,
  type CommonTerms,
  type Month,
  type Quantity,
  type RegisterShape,
  type Resource,
  type SettledReading,
  type Zone,
  addMonths,
  counted,
  divideHalfAway,
  firstDay,
  dateOfDayNumber,
  monthOf,
  previousMonth,
  quantityOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { readEstimated } from './closing.estimates';
import type { Drafts, SnapshotScope } from './closing.drafts';
import { Codes, copyOut, literal } from './copy';

/** A reading with the month that it settles. */
export interface MonthReading extends SettledReading {
  month: number;
}

/** A counter while its readings are read. */
export interface RegisterDraft {
  registerId: string;
  /** Null for a meter of the house. */
  account: number | null;
  house: number;
  resource: Resource;
  zone: Zone;
  shape: RegisterShape;
  current: SettledReading | null;
  /** Real readings of earlier months, the latest last. */
  earlier: MonthReading[];
  estimatedSince: bigint;
}

/** How far back an average, or a meter that was long not read, is looked for. */
const HISTORY_MONTHS = 13;
const UNIT = 1_000_000n;
const MONTHS_A_YEAR = 12;

/** Months counted from year 0, to subtract them. */
export const numberOf = (of: Month): number =>
  Number(of.slice(0, 4)) * MONTHS_A_YEAR + Number(of.slice(5)) - 1;

const starts = new Map<number, number>();
/** The number of the month that begins on a day. */
function monthStarting(day: number): number {
  const known = starts.get(day);
  if (known !== undefined) return known;
  const number = numberOf(monthOf(dateOfDayNumber(day)));
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
  const registers = await readShapes(tx, scope, drafts);
  const { month: charged } = catalogue.period;
  await readReadings(tx, registers, charged, {
    where: `house_id in (${literal(scope.houseIds)})`,
    organizationId: scope.organizationId,
    since: previousMonth(charged),
  });
  await completeHistory(tx, registers, charged, scope.organizationId);
  for (const [registerId, current] of scope.drafts ?? []) {
    const register = registers.get(Number(registerId));
    if (register) register.current = current;
  }
  await readEstimated(tx, catalogue, { scope, registers, monthNumber: numberOf(charged) });
  for (const register of registers.values()) {
    if (register.account === null) continue;
    drafts.accounts.get(register.account)?.registers.push(registerOf(register, charged));
  }
  const ofHouses = [...registers.values()].filter(({ account }) => account === null);
  return new HouseMeters(ofHouses, await readCarried(tx, scope));
}

async function readShapes(
  tx: Tx,
  scope: SnapshotScope,
  { workingMeters }: Drafts,
): Promise<Map<number, RegisterDraft>> {
  const registers = new Map<number, RegisterDraft>();
  const only = scope.accountId === undefined ? '' : ` and m.account_id = ${literal(scope.accountId)}`;
  const found = await copyOut(
    tx,
    `select m.id, r.id, m.account_id, m.house_id, m.resource, r.zone, r.digits::int, r.decimals::int, m.factor
     from meter m join register r on r.organization_id = m.organization_id and r.meter_id = m.id
     where m.organization_id = ${literal(scope.organizationId)} and m.house_id in (${literal(scope.houseIds)})${only}`,
  );
  while (found.next()) {
    const meter = found.id();
    const id = found.id();
    const account = found.idOrNull();
    const house = found.id();
    const resource = found.code(RESOURCES);
    const zone = found.code(ZONES);
    const shape = shapeOf(found.int(), found.int(), found.big());
    if (!workingMeters.has(meter)) continue;
    const readings = { current: null, earlier: [], estimatedSince: 0n };
    registers.set(id, { registerId: String(id), account, house, resource, zone, shape, ...readings });
  }
  return registers;
}

const shapeOf = (digits: number, decimals: number, factor: bigint): RegisterShape =>
  factor === UNIT ? { digits, decimals } : { digits, decimals, factor: quantityOf(factor) };

const RESOURCES = new Codes<Resource>(['COLD_WATER', 'HOT_WATER', 'ELECTRICITY', 'HEAT', 'GAS']);
const ZONES = new Codes<Zone>(['SINGLE', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK']);

interface ReadingsWanted {
  where: string;
  organizationId: string;
  since: Month;
}

/** Real readings that settle, and the first reading of a new meter; the system's own estimates are none. */
async function readReadings(
  tx: Tx,
  registers: ReadonlyMap<number, RegisterDraft>,
  charged: Month,
  { where, organizationId, since }: ReadingsWanted,
): Promise<void> {
  const found = await copyOut(
    tx,
    `select register_id, id, month, taken_on, value, case source when 'INSTALLATION' then 1 else 0 end
     from reading
     where organization_id = ${literal(organizationId)} and ${where}
       and month between '${firstDay(since)}' and '${firstDay(charged)}' and state = 'ACCEPTED'
       and (settles or source = 'INSTALLATION') and source <> 'ESTIMATE' and upper_inf(known)`,
  );
  const now = numberOf(charged);
  while (found.next()) {
    const register = registers.get(found.id());
    const id = String(found.id());
    const month = monthStarting(found.day(0));
    const reading = { id, month, on: found.day(0), value: quantityOf(found.big()) };
    const isFirst = found.int() === 1;
    if (reading.month === now && !isFirst) {
      if (register) register.current = reading;
    } else register?.earlier.push(reading);
  }
  for (const { earlier } of registers.values()) if (earlier.length > 1) earlier.sort(inTime);
}

const inTime = (one: MonthReading, other: MonthReading): number =>
  one.month - other.month || one.on - other.on || Number(one.id) - Number(other.id);

/** Where this month or the one before has no reading, the average and the last real reading lie further back. */
async function completeHistory(
  tx: Tx,
  registers: ReadonlyMap<number, RegisterDraft>,
  charged: Month,
  organizationId: string,
): Promise<void> {
  const ownerOf = ({ account, house }: RegisterDraft) => account ?? -house;
  const lacking = new Set<number>();
  for (const register of registers.values())
    if (!register.current || register.earlier.length === 0) lacking.add(ownerOf(register));
  if (lacking.size === 0) return;
  const wanted = new Map([...registers].filter(([, register]) => lacking.has(ownerOf(register))));
  for (const register of wanted.values()) Object.assign(register, { earlier: [], current: null });
  await readReadings(tx, wanted, charged, {
    where: `register_id in (${literal([...wanted.values()].map(({ registerId }) => registerId))})`,
    organizationId,
    since: addMonths(charged, -HISTORY_MONTHS),
  });
}

function registerOf(register: RegisterDraft, charged: Month): AccountRegister {
  const { registerId, resource, zone, shape, current, earlier, estimatedSince } = register;
  const previous = earlier.at(-1) ?? null;
  const since = previous ? numberOf(charged) - previous.month : HISTORY_MONTHS;
  const missed = current ? 0 : Math.max(1, since);
  return {
    registerId,
    resource,
    zone,
    shape,
    previous,
    current,
    estimatedSince: quantityOf(estimatedSince),
    history: current ? [] : historyOf(earlier, shape),
    missed,
  };
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
