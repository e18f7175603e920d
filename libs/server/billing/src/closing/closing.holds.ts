import {
  type Held,
  type HouseMonth,
  type HouseSnapshot,
  type LineKey,
  type LineMethod,
  type Quantity,
  type StatementLine,
  calculateHouse,
  chargeLate,
  holdLines,
  moneyOf,
} from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import type { ClosedMonth } from '../books';
import { readCatalogue } from './closing.catalogue';
import { findLack } from './closing.lacks';
import type { LateEstimate } from './closing.drafts';
import type { ClosingRow } from './closing.lock';
import { readHouses } from './closing.snapshot';

/** So many months back is looked for what was held and never charged. */
const MONTHS_HELD = 24;
const NONE: readonly Held[] = [];

/** A held line, or a whole house: then no account is named. */
interface HeldRow {
  closingId: string;
  houseId: string;
  accountId: string | null;
  serviceId: string | null;
  supplierId: string | null;
}

/** A line of an earlier month that is charged now. */
interface LateLine extends LineKey {
  houseId: string;
  heldClosingId: string;
  method: LineMethod;
  line: StatementLine;
}

/** What people hold back in a batch of houses this month, and what of earlier months is charged with it. */
export class Holds {
  private readonly wholeHouses = new Set<string>();
  private readonly held = new Map<string, Held[]>();
  /** Houses whose earlier month cannot be charged even now, with the reason. */
  readonly failures = new Map<string, string>();
  readonly late: LateLine[] = [];
  private readonly carried = new Map<string, Quantity>();

  constructor(current: readonly HeldRow[]) {
    for (const { houseId, accountId, serviceId, supplierId } of current) {
      if (accountId === null) this.wholeHouses.add(houseId);
      else this.held.set(houseId, [...this.of(houseId), { accountId, serviceId, supplierId }]);
    }
  }

  isWhole(houseId: string): boolean {
    return this.wholeHouses.has(houseId);
  }

  /** Whose lines of a service are not charged: an account by its id, or with a supplier's where only that one is held. */
  withoutLines(service: number | undefined, houses: readonly HouseSnapshot[]): ReadonlySet<string> {
    const found = new Set<string>();
    for (const { houseId, accounts } of houses)
      if (this.isWhole(houseId)) for (const { accountId } of accounts) found.add(accountId);
    for (const { accountId, serviceId, supplierId } of [...this.held.values()].flat())
      if (serviceId === null) found.add(accountId);
      else if (serviceId === String(service)) found.add(`${accountId} ${supplierId}`);
    return found;
  }

  private of(houseId: string): readonly Held[] {
    return this.held.get(houseId) ?? NONE;
  }

  /** Adds what an earlier month would have charged; what is held this month too waits on. */
  addLate(line: LateLine): void {
    const waits = this.of(line.houseId).some(
      (one) =>
        one.accountId === line.accountId &&
        (one.serviceId === null || (one.serviceId === line.serviceId && one.supplierId === line.supplierId)),
    );
    if (!waits) this.late.push(line);
  }

  /** What a late month left of a common volume. */
  carry(houseId: string, serviceId: string, quantity: Quantity): void {
    this.carried.set(`${houseId} ${serviceId}`, quantity);
  }

  /** A house with what its late months left of common volumes. */
  prepared(house: HouseSnapshot): HouseSnapshot {
    if (this.carried.size === 0) return house;
    const commons = house.commons.map((terms) => ({
      ...terms,
      carryIn: this.carried.get(`${house.houseId} ${terms.serviceId}`) ?? terms.carryIn,
    }));
    return { ...house, commons };
  }

  /** The month as it is written down: late charges in it, held lines out of it. */
  applied(computed: HouseMonth, house: HouseSnapshot): HouseMonth {
    const late = this.late.filter(({ houseId }) => houseId === house.houseId).map(lateChargeOf);
    return holdLines(chargeLate(computed, late), house, this.of(house.houseId));
  }

  /** What late lines estimated: a reading that comes now contains it. */
  get estimates(): readonly LateEstimate[] {
    return this.late
      .filter(({ method }) => method.startsWith('ESTIMATE'))
      .map(({ accountId, serviceId, heldClosingId, line }) => ({
        account: Number(accountId),
        service: serviceId,
        closing: Number(heldClosingId),
        quantity: line.quantity - line.commonQuantity,
        charged: line.charged - line.excess,
      }));
  }
}

const lateChargeOf = ({ accountId, serviceId, supplierId, line }: LateLine) => ({
  accountId,
  serviceId,
  supplierId,
  recalculated: sumOf(line),
});
const sumOf = ({ charged, recalculated, underdelivered, benefit }: StatementLine) =>
  moneyOf(charged + recalculated + underdelivered + benefit);

/**
 * Reads what is held in a batch of houses, by one statement, and computes the earlier months that were held and never
 * charged, the oldest first: with the facts as they are known now. Nothing more is read where nothing was held.
 */
export async function readHolds(
  tx: Tx,
  closing: ClosingRow,
  { houseIds, closed }: { houseIds: readonly string[]; closed: readonly ClosedMonth[] },
): Promise<Holds> {
  const recent = closed.slice(0, MONTHS_HELD);
  const found = await rows<HeldRow>(
    tx,
    `select closing_id as "closingId", house_id as "houseId", account_id as "accountId", service_id as "serviceId",
       supplier_id as "supplierId"
     from closing_decision
     where organization_id = $1 and closing_id = any($2::bigint[]) and house_id = any($3::bigint[]) and choice = 'HOLD'
       and ended_at is null order by id`,
    [closing.organizationId, [closing.closingId, ...recent.map(({ closingId }) => closingId)], houseIds],
  );
  const holds = new Holds(found.filter(({ closingId }) => closingId === closing.closingId));
  for (const { month, held } of owedMonths(found, recent).reverse())
    await chargeMonth(tx, holds, {
      organizationId: closing.organizationId,
      month,
      held: held.filter(({ houseId }) => !holds.isWhole(houseId)),
      closed: closed.filter((one) => one.month < month.month),
    });
  return holds;
}

interface OwedMonth {
  month: ClosedMonth;
  held: readonly HeldRow[];
}

/** Months that were held and not charged since, the newest first: what was charged in a later month is not owed. */
function owedMonths(found: readonly HeldRow[], closed: readonly ClosedMonth[]): OwedMonth[] {
  const owed: OwedMonth[] = [];
  let later: readonly HeldRow[] | undefined;
  for (const month of closed) {
    const own = found.filter(({ closingId }) => closingId === month.closingId);
    const held = later === undefined ? own : meet(own, later);
    if (held.length === 0) break;
    owed.push({ month, held });
    later = held;
  }
  return owed;
}

/** What both hold: the narrower of each pair. */
const meet = (own: readonly HeldRow[], later: readonly HeldRow[]): HeldRow[] =>
  own.flatMap((one) =>
    later.flatMap((other) => (holdsAll(other, one) ? [one] : holdsAll(one, other) ? [other] : [])),
  );

const holdsAll = (one: HeldRow, other: HeldRow): boolean =>
  one.houseId === other.houseId &&
  (one.accountId === null ||
    (one.accountId === other.accountId &&
      (one.serviceId === null ||
        (one.serviceId === other.serviceId && one.supplierId === other.supplierId))));

/** Computes a held month of houses with what is known now, and takes of it what was held. */
async function chargeMonth(
  tx: Tx,
  holds: Holds,
  at: OwedMonth & { organizationId: string; closed: readonly ClosedMonth[] },
): Promise<void> {
  const { organizationId, month, held, closed } = at;
  if (held.length === 0) return;
  const catalogue = await readCatalogue(tx, organizationId, month.month);
  const houseIds = [...new Set(held.map(({ houseId }) => houseId))];
  const houses = await readHouses(tx, catalogue, { organizationId, houseIds, closed, late: holds.estimates });
  for (const house of houses) {
    const computed = calculateHouse(holds.prepared(house));
    const { share, statements } = computed;
    const own = held.filter(({ houseId }) => houseId === house.houseId);
    const lack = findLack(computed, house);
    if (lack) {
      const names = lack.services.map((id) => catalogue.service(id).name).join(', ');
      holds.failures.set(house.houseId, `${lack.code}: ${names} (${month.month})`);
    }
    if (own.some(({ accountId }) => accountId === null))
      for (const { terms, carryOut } of share.commons) holds.carry(house.houseId, terms.serviceId, carryOut);
    for (const { accountId, lines } of statements)
      for (const line of lines)
        if (own.some((one) => holdsLine(one, { accountId, ...line })) && sumOf(line) !== 0n)
          holds.addLate({
            houseId: house.houseId,
            heldClosingId: month.closingId,
            accountId,
            serviceId: line.serviceId,
            supplierId: line.supplierId,
            method: line.method,
            line,
          });
  }
}

const holdsLine = (one: HeldRow, line: LineKey): boolean =>
  holdsAll(one, { ...line, closingId: one.closingId, houseId: one.houseId });

/** Writes down which earlier months are in this closing's recalculations, in place of what was written before. */
export async function writeLate(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  { houseIds, late }: { houseIds: readonly string[]; late: readonly LateLine[] },
): Promise<void> {
  await rows(
    tx,
    'delete from late_line where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[])',
    [organizationId, closingId, houseIds],
  );
  if (late.length === 0) return;
  await rows(
    tx,
    `insert into late_line (organization_id, closing_id, held_closing_id, house_id, account_id, service_id, supplier_id,
       method, quantity, common_quantity, price, tariff_id, recalculated)
     select $1, $2, l."heldClosingId", l."houseId", l."accountId", l."serviceId", l."supplierId", l.method, l.quantity,
       l."commonQuantity", l.price, l."tariffId", l.recalculated
     from jsonb_to_recordset($3::jsonb) as l("heldClosingId" bigint, "houseId" bigint, "accountId" bigint,
       "serviceId" bigint, "supplierId" bigint, method text, quantity bigint, "commonQuantity" bigint, price bigint,
       "tariffId" bigint, recalculated bigint)`,
    [organizationId, closingId, JSON.stringify(late.map(lateRowOf))],
  );
}

const lateRowOf = ({ line, ...late }: LateLine) => ({
  ...late,
  quantity: line.quantity.toString(),
  commonQuantity: line.commonQuantity.toString(),
  price: line.price.toString(),
  tariffId: line.tariffId,
  recalculated: sumOf(line).toString(),
});
