import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Month, type Recalculation, firstDay, recalculate } from '@kvartal/domain';
import { Clock, type Staff, type Tx, audit, inTransaction, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type Books, BooksKeeper, type ClosedMonth } from '../books';
import { readCatalogue } from '../closing/closing.catalogue';
import { readHouses } from '../closing/closing.snapshot';
import { BillingLedger, type NewMovement, enterLedger } from '../ledger';
import { type BookedAccountLine, type Due, readBooked, readDue, readShares } from './recalculation.books';

/** What a run has done. */
export interface Recalculated {
  /** Closed months of accounts that were charged differently now. */
  months: number;
  accounts: number;
  /** Houses that could not be charged anew, with the reason: what is due of them stays due. */
  failures: { houseId: string; failure: string }[];
}

/** So many houses are charged anew at a time: a month of all of them is one read. */
const HOUSES_AT_A_TIME = 50;

/** What of houses is to be charged anew, and for whom. */
export interface HousesWork {
  organizationId: string;
  houseIds: readonly string[];
  dues: readonly Due[];
  by: Staff | 'system';
  at: Date;
  /** One account of them, and the months up to one, where not all are meant. */
  only?: { accountId: string | null; until: Month };
}

/** A closed month of an account that costs another sum now. */
export interface AccountMonth {
  houseId: string;
  accountId: string;
  month: Month;
  lines: Recalculation[];
}

/**
 * Charges closed months anew where something about them was learnt after they were closed, by the closing's own functions
 * and what is known now, and posts what differs into the open month.
 */
@Injectable()
export class Recalculations {
  private readonly logger = new Logger(Recalculations.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Works off what is due, some houses a transaction. What is posted counts as booked, so that a second run, or one after
   * a crash, posts nothing twice.
   */
  async run(by: Staff | 'system', organizationId: string): Promise<Recalculated> {
    const dues = await readDue(this.db, organizationId);
    const done: Recalculated = { months: 0, accounts: 0, failures: [] };
    if (dues.length === 0) return done;
    const at = await this.clock.now();
    const houses = await this.housesOf(organizationId, dues);
    for (let from = 0; from < houses.length; from += HOUSES_AT_A_TIME) {
      const houseIds = houses.slice(from, from + HOUSES_AT_A_TIME);
      await this.chargeAnew({ organizationId, houseIds, dues, by, at }, done);
    }
    const ofAll = dues.filter(({ houseId }) => houseId === null);
    if (done.failures.length === 0) await markDone(this.db, { organizationId, dues: ofAll, at });
    return done;
  }

  private async housesOf(organizationId: string, dues: readonly Due[]): Promise<string[]> {
    const named = [...new Set(dues.flatMap(({ houseId }) => houseId ?? []))];
    if (!dues.some(({ houseId }) => houseId === null)) return named;
    const all = await rows<{ id: string }>(
      this.db,
      'select id::text from house where organization_id = $1 order by id',
      [organizationId],
    );
    return all.map(({ id }) => id);
  }

  /** Houses together; where that fails, each half by itself, until it is known whose fault it is. */
  private async chargeAnew(work: HousesWork, done: Recalculated): Promise<void> {
    const { houseIds } = work;
    try {
      const found = await this.houses(work);
      done.months += found.length;
      done.accounts += new Set(found.map(({ accountId }) => accountId)).size;
    } catch (failure) {
      const [houseId = ''] = houseIds;
      if (houseIds.length > 1) {
        const half = Math.ceil(houseIds.length / 2);
        await this.chargeAnew({ ...work, houseIds: houseIds.slice(0, half) }, done);
        await this.chargeAnew({ ...work, houseIds: houseIds.slice(half) }, done);
        return;
      }
      this.logger.error(failure);
      done.failures.push({ houseId, failure: failure instanceof Error ? failure.message : String(failure) });
    }
  }

  private houses(work: HousesWork): Promise<AccountMonth[]> {
    const { organizationId, houseIds, at } = work;
    const dues = work.dues.filter(({ houseId }) => houseId === null || houseIds.includes(houseId));
    return inTransaction(this.db, async (tx) => {
      await enterRecalculation(tx, organizationId);
      const found = await this.charge(tx, { ...work, dues });
      const own = dues.filter((due) => due.houseId !== null);
      await markDone(tx, { organizationId, dues: own, at });
      return found;
    });
  }

  /** Charges houses' closed months anew and posts what differs, in a transaction that has entered. */
  async charge(tx: Tx, work: HousesWork): Promise<AccountMonth[]> {
    const books = await this.books.read(work.organizationId, tx);
    const found: AccountMonth[] = [];
    for (const closed of books.closed.toReversed()) {
      const isLater = work.only !== undefined && closed.month > work.only.until;
      if (isLater || work.dues.every(({ firstMonth }) => firstMonth > closed.month)) continue;
      const changed = await this.month(tx, work, { books, closed });
      // before the next month is looked at: it takes what this one's estimate is now
      await this.post(tx, work, changed);
      found.push(...changed);
    }
    return found;
  }

  /** Accounts whose closed month costs another sum now: one read of the month for all houses that something is due of. */
  private async month(
    tx: Tx,
    { organizationId, houseIds, dues, only }: HousesWork,
    { books, closed }: { books: Books; closed: ClosedMonth },
  ): Promise<AccountMonth[]> {
    const catalogue = await readCatalogue(tx, organizationId, closed.month);
    const ofMonth = dues.filter(({ firstMonth }) => firstMonth <= closed.month);
    const wanted = houseIds.filter((id) => ofMonth.some(({ houseId }) => houseId === null || houseId === id));
    const shares = await readShares(tx, { organizationId, houseIds: wanted, closed }, catalogue.period);
    if (shares.size === 0) return [];
    const before = books.closed.filter(({ month }) => month < closed.month);
    const houses = await readHouses(tx, catalogue, {
      organizationId,
      houseIds: [...shares.keys()],
      closed: before,
    });
    const concerned = houses.flatMap(({ houseId, accounts }) =>
      accounts
        .filter(
          ({ accountId }) =>
            (only?.accountId ?? accountId) === accountId &&
            ofMonth.some((due) => concerns(due, { houseId, accountId }, closed.month)),
        )
        .map((account) => ({ houseId, account, share: shares.get(houseId) })),
    );
    const accountIds = concerned.map(({ account }) => account.accountId);
    const booked = await readBooked(tx, { organizationId, closed, accountIds });
    return concerned.flatMap(({ houseId, account, share }) => {
      const { accountId } = account;
      const known = booked.get(accountId) ?? [];
      const lines = (share ? recalculate([{ account, share, booked: known }]) : []).filter(
        (line) => !isWaiting(line, known),
      );
      return lines.length === 0 ? [] : [{ houseId, accountId, month: closed.month, lines }];
    });
  }

  private async post(tx: Tx, work: HousesWork, changed: readonly AccountMonth[]): Promise<void> {
    const { organizationId, by, at } = work;
    const movements: NewMovement[] = [];
    for (const one of changed) {
      const id = await keep(tx, work, one);
      movements.push(...(await this.movementsOf(work, one, id)));
      await audit(tx, by, {
        at,
        action: 'recalculation.post',
        organizationId,
        objectKind: 'recalculation',
        objectId: id,
        details: { accountId: one.accountId, month: one.month },
      });
    }
    if (movements.length > 0) await this.ledger.post(tx, movements);
  }

  private async movementsOf(
    { organizationId, by }: HousesWork,
    { accountId, month, lines }: AccountMonth,
    id: string,
  ): Promise<NewMovement[]> {
    const { timeZone } = await this.books.lately(organizationId);
    const valueDate = await this.clock.today(timeZone);
    return lines
      .filter(({ amount }) => amount !== 0n)
      .map(({ serviceId, supplierId, amount }) => ({
        ...{ organizationId, accountId, serviceId, supplierId, amount, valueDate },
        kind: 'RECALCULATION' as const,
        forMonth: month,
        source: { kind: 'RECALCULATION' as const, id },
        ...(by === 'system' ? {} : { createdBy: by.userId }),
      }));
  }
}

/** One at a time in an organisation: who comes second finds booked what the first has posted. */
export async function enterRecalculation(tx: Tx, organizationId: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('recalculation', $1))`, [organizationId]);
  await enterLedger(tx, organizationId);
}

const concerns = (
  due: Due,
  { houseId, accountId }: { houseId: string; accountId: string },
  month: Month,
): boolean =>
  (due.houseId === null || due.houseId === houseId) &&
  (due.accountId === null || due.accountId === accountId) &&
  due.firstMonth <= month;

const isWaiting = ({ serviceId, supplierId }: Recalculation, booked: readonly BookedAccountLine[]): boolean =>
  booked.some((one) => one.waits && one.serviceId === serviceId && one.supplierId === supplierId);

/** Writes down what a month charged anew differs by, and why it was looked at. */
async function keep(
  tx: Tx,
  { organizationId, dues, by, at }: HousesWork,
  one: AccountMonth,
): Promise<string> {
  const { houseId, accountId, month, lines } = one;
  const causes = dues
    .filter((due) => concerns(due, one, month))
    .map(({ cause, sourceId }) => ({ cause, sourceId }));
  const added = await row<{ id: string }>(
    tx,
    `insert into recalculation (organization_id, house_id, account_id, month, causes, created_by, created_at)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7) returning id::text`,
    [
      organizationId,
      houseId,
      accountId,
      firstDay(month),
      JSON.stringify(causes),
      by === 'system' ? null : by.userId,
      at,
    ],
  );
  const id = added?.id ?? '';
  await keepLines(tx, { organizationId, id, at }, lines);
  return id;
}

async function keepLines(
  tx: Tx,
  { organizationId, id, at }: { organizationId: string; id: string; at: Date },
  lines: readonly Recalculation[],
): Promise<void> {
  await rows(
    tx,
    `insert into recalculation_line (organization_id, recalculation_id, service_id, supplier_id, quantity, amount, net_charged, created_at)
     select $1, $2, l.service_id, l.supplier_id, l.quantity, l.amount, l.net, $4
     from jsonb_to_recordset($3::jsonb) as l(service_id bigint, supplier_id bigint, quantity bigint, amount bigint,
       net bigint)`,
    [
      organizationId,
      id,
      JSON.stringify(
        lines.map((line) => ({
          service_id: line.serviceId,
          supplier_id: line.supplierId,
          quantity: String(line.quantity),
          amount: String(line.amount),
          net: String(line.net),
        })),
      ),
      at,
    ],
  );
}

/** Notes that what was due has been looked at. */
export async function markDone(
  tx: Pick<Tx, 'query'>,
  { organizationId, dues, at }: { organizationId: string; dues: readonly Due[]; at: Date },
): Promise<void> {
  if (dues.length === 0) return;
  await rows(
    tx,
    `update recalculation_due set done_at = $3 where organization_id = $1 and id = any($2::bigint[]) and done_at is null`,
    [organizationId, dues.map(({ id }) => id), at],
  );
}
