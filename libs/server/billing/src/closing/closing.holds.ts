import {
  type Held,
  type HouseMonth,
  type HouseSnapshot,
  type LineKey,
  type Quantity,
  type ServiceTerms,
  chargeLate,
  holdLines,
  netOf,
} from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import type { ClosedMonth } from '../books';
import { readCatalogue } from './closing.catalogue';
import { byEngine, type LateLine, type LateMonth, sumOf } from './closing.late';
import type { LateEstimate } from './closing.drafts';
import type { ClosingKey } from './closing.lock';
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

/** Which houses are wanted, by the facts of when, and who computes the months that were held: the engine, or a second opinion. */
interface HoldsWanted {
  houseIds: readonly string[];
  closed: readonly ClosedMonth[];
  knownAt?: Date | undefined;
  compute?: (house: HouseSnapshot) => LateMonth;
}

/** What people hold back in a batch of houses this month, and what of earlier months is charged with it. */
export class Holds {
  private readonly wholeHouses = new Set<string>();
  private readonly held = new Map<string, Held[]>();
  /** Houses whose earlier month cannot be charged even now, with the reason. */
  readonly failures = new Map<string, string>();
  /** Lines of earlier months that are charged now, also those that come to nothing: they wait no longer. */
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

  /** Whether a line of a house is held: alone, with all of its account, or with the house. */
  holds(houseId: string, { accountId, serviceId, supplierId }: LineKey): boolean {
    return (
      this.isWhole(houseId) ||
      this.of(houseId).some(
        (one) =>
          one.accountId === accountId &&
          (one.serviceId === null || (one.serviceId === serviceId && one.supplierId === supplierId)),
      )
    );
  }

  private of(houseId: string): readonly Held[] {
    return this.held.get(houseId) ?? NONE;
  }

  /** Adds what an earlier month would have charged; what is held this month too waits on. */
  addLate(line: LateLine): void {
    if (!this.holds(line.houseId, line)) this.late.push(line);
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

  /** Late lines that change what is owed: a benefit may have taken the whole of one. */
  get lateCharges(): readonly LateLine[] {
    return this.late.filter(({ line }) => sumOf(line) !== 0n);
  }

  /** The month as it is written down: late charges in it, held lines out of it. */
  applied(computed: HouseMonth, house: HouseSnapshot): HouseMonth {
    const late = this.lateCharges.filter(({ houseId }) => houseId === house.houseId).map(lateChargeOf);
    return holdLines(chargeLate(computed, late), house, this.of(house.houseId));
  }

  /** What late lines estimated: a reading that comes now contains it. */
  get estimates(): readonly LateEstimate[] {
    return this.late
      .filter(({ method }) => method.startsWith('ESTIMATE'))
      .map(({ accountId, serviceId, supplierId, heldClosingId, line, net }) => ({
        account: Number(accountId),
        service: serviceId,
        supplier: supplierId,
        closing: Number(heldClosingId),
        quantity: line.quantity - line.commonQuantity,
        common: line.commonQuantity,
        charged: net,
      }));
  }
}

const lateChargeOf = ({ accountId, serviceId, supplierId, line }: LateLine) => ({
  accountId,
  serviceId,
  supplierId,
  recalculated: sumOf(line),
});
/**
 * Reads what is held in a batch of houses, by one statement, and computes the earlier months that were held and never
 * charged, the oldest first: with the facts as they are known now. Nothing more is read where nothing was held.
 */
export async function readHolds(
  tx: Tx,
  closing: ClosingKey,
  { houseIds, closed, knownAt, compute = byEngine }: HoldsWanted,
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
      known: knownAt === undefined ? {} : { knownAt },
      compute,
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
  at: OwedMonth & {
    organizationId: string;
    closed: readonly ClosedMonth[];
    known: { knownAt?: Date };
    compute: (house: HouseSnapshot) => LateMonth;
  },
): Promise<void> {
  const { organizationId, month, held, closed, known } = at;
  if (held.length === 0) return;
  const catalogue = await readCatalogue(tx, organizationId, month.month, known.knownAt);
  const houseIds = [...new Set(held.map(({ houseId }) => houseId))];
  const late = holds.estimates;
  const houses = await readHouses(tx, catalogue, { organizationId, houseIds, closed, late, ...known });
  for (const house of houses) {
    const { lines, carried, lack } = at.compute(holds.prepared(house));
    const own = held.filter(({ houseId }) => houseId === house.houseId);
    if (lack) {
      const names = lack.services.map((id) => catalogue.service(id).name).join(', ');
      holds.failures.set(house.houseId, `${lack.code}: ${names} (${month.month})`);
    }
    if (own.some(({ accountId }) => accountId === null))
      for (const { serviceId, quantity } of carried) holds.carry(house.houseId, serviceId, quantity);
    for (const line of lines)
      if (own.some((one) => holdsLine(one, line)))
        holds.addLate({
          houseId: house.houseId,
          heldClosingId: month.closingId,
          accountId: line.accountId,
          serviceId: line.serviceId,
          supplierId: line.supplierId,
          method: line.method,
          line,
          net: netOf(line, termsIn(house, line)),
        });
  }
}

/** How an account takes a service at the end of a month. */
const termsIn = (
  { accounts }: HouseSnapshot,
  { accountId, serviceId, supplierId }: LineKey,
): ServiceTerms | undefined =>
  accounts
    .find((one) => one.accountId === accountId)
    ?.services.findLast(({ terms }) => terms.serviceId === serviceId && terms.supplierId === supplierId)
    ?.terms;

const holdsLine = (one: HeldRow, line: LineKey): boolean =>
  holdsAll(one, { ...line, closingId: one.closingId, houseId: one.houseId });
