import {
  type AccountRegister,
  type Quantity,
  RESOURCES,
  type RegisterShape,
  type Resource,
  type SettledReading,
  ZONES,
  type Zone,
  quantityOf,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { type Drafts, type SnapshotScope, ofHouses } from './closing.drafts';
import { Codes, copyOut, literal, near } from './copy';

/** A reading with the month that it settles. */
export interface MonthReading extends SettledReading {
  month: number;
}

/**
 * A counter while its readings are read. What the rules take is this same object: a batch has thousands of them, and
 * what lives as long as a batch is dear to collect.
 */
export type RegisterDraft = { -readonly [K in keyof AccountRegister]: AccountRegister[K] } & {
  readonly id: number;
  /** Null for a meter of the house. */
  readonly account: number | null;
  readonly house: number;
  /** Real readings of earlier months, the latest last. */
  earlier: MonthReading[];
  /** Its meter took the place of another. */
  isFollower?: boolean;
};

const UNIT = 1_000_000n;

interface WorkingMeter {
  account: number | null;
  house: number;
  resource: Resource;
  factor: bigint;
}

/** Registers of the meters that work. Read without a join: the server would look each of them up by itself. */
export async function readShapes(
  tx: Tx,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Map<number, RegisterDraft>> {
  const registers = new Map<number, RegisterDraft>();
  const meters = await readMeters(tx, scope, drafts);
  if (meters.size === 0) return registers;
  const found = await copyOut(
    tx,
    `select r.meter_id, r.id, r.zone, r.digits, r.decimals from register r
     where r.organization_id = ${literal(scope.organizationId)} and ${near('r.meter_id', meters.keys())}`,
  );
  const isPlain = drafts.devices.isEmpty;
  while (found.next()) {
    const meterId = found.id();
    const meter = meters.get(meterId);
    const id = found.id();
    const zone = found.code(ZONE_CODES);
    const digits = found.small();
    const decimals = found.small();
    if (!meter) continue;
    const register = draftOf(meter, { id, zone, digits, decimals });
    if (!isPlain) drafts.devices.mark(meterId, register);
    registers.set(id, register);
  }
  return registers;
}

async function readMeters(
  tx: Tx,
  scope: SnapshotScope,
  { workingMeters }: Drafts,
): Promise<Map<number, WorkingMeter>> {
  const meters = new Map<number, WorkingMeter>();
  const only = scope.accountId === undefined ? '' : ` and m.account_id = ${literal(scope.accountId)}`;
  const found = await copyOut(
    tx,
    `select m.id, m.account_id, m.house_id, m.resource, m.factor from meter m where ${ofHouses(scope, 'm')}${only}`,
  );
  while (found.next()) {
    const id = found.id();
    const account = found.idOrNull();
    const house = found.id();
    const resource = found.code(RESOURCE_CODES);
    const factor = found.big();
    if (workingMeters.has(id)) meters.set(id, { account, house, resource, factor });
  }
  return meters;
}

/** A register that nothing was read of yet. */
function draftOf(
  { account, house, resource, factor }: WorkingMeter,
  { id, zone, digits, decimals }: { id: number; zone: Zone; digits: number; decimals: number },
): RegisterDraft {
  return {
    id,
    registerId: String(id),
    account,
    house,
    resource,
    zone,
    shape: shapeOf(digits, decimals, factor),
    previous: null,
    current: null,
    earlier: NO_READINGS,
    estimatedSince: NOTHING,
    history: NO_HISTORY,
    missed: 0,
  };
}

const NO_READINGS: MonthReading[] = [];
const NO_HISTORY: readonly Quantity[] = [];
const NOTHING = quantityOf(0n);

const shapes = new Map<number, RegisterShape>();

function shapeOf(digits: number, decimals: number, factor: bigint): RegisterShape {
  if (factor !== UNIT) return { digits, decimals, factor: quantityOf(factor) };
  const key = digits * 100 + decimals;
  const known = shapes.get(key) ?? { digits, decimals };
  shapes.set(key, known);
  return known;
}

const RESOURCE_CODES = new Codes(RESOURCES);
const ZONE_CODES = new Codes(ZONES);
