import { PRINTED_NOW } from '../bills/bill.printed';
import { Inject, Injectable } from '@nestjs/common';
import type { Month } from '@kvartal/domain';
import {
  Clock,
  Outbox,
  Refusal,
  afterCommit,
  audit,
  inTransaction,
  row,
  rows,
  type Tx,
  type Viewer,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { backToComputing } from './closing.again';
import { missingTariffs } from './closing.checklist';
import { ClosingComputing } from './closing.computing';
import {
  type ClosingKey,
  type ClosingRow,
  digestOf,
  dirtyHouses,
  findClosing,
  holdingLedger,
  lockClosing,
  refuseEnded,
} from './closing.lock';
import { ClosingDecisions } from './closing.decisions';
import { BillingQueue, COMPUTE_HOUSES, ISSUE_BILLS } from './closing.queue';
import { requireAgreement } from './second-opinion';
import { admitStart, cut, jobsFor, openClosing, readMonths } from './closing.start';

/** So many houses a commit computes again by itself, holding writers back; more go back to review. */
const FEW_HOUSES = 5;

/** Who does it: somebody of the staff, or the product itself (the demo's history). */
type Who = Viewer | 'system';
/** What a commit does that nobody of the staff asks for. */
interface HowToCommit {
  /** Whether the worker makes the bills right after; false where the caller sees to that itself. */
  issue?: boolean;
  /** Charges what looks wrong as it is, without anybody's decision: history that is made up. The record says so. */
  chargesUndecided?: boolean;
}
/** Without a number where the houses had been computed again before, and only the review is out of date. */
const changed = (houses: number): Refusal =>
  new Refusal('CLOSING_CHANGED', houses > 0 ? { params: { houses } } : {});
const starterOf = (who: Who): string | null => (who !== 'system' && who.kind === 'staff' ? who.userId : null);

/** The closing of a month: started, computed by the worker, reviewed, then joined to the ledger in one step. */
@Injectable()
export class Closings {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ClosingDecisions) private readonly decisions: ClosingDecisions,
    @Inject(ClosingComputing) private readonly computing: ClosingComputing,
    @Inject(BillingQueue) private readonly queue: BillingQueue,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Starts a closing and returns its key. Refuses PERIOD_NOT_OPEN, CLOSING_IN_PROGRESS, EARLIER_PERIOD_OPEN, and
   * NO_TARIFF where somebody takes a service that has no price: `anyway` starts all the same, and parks their houses.
   */
  async start(who: Who, organizationId: string, month: Month, anyway = false): Promise<ClosingKey> {
    const missing = anyway ? [] : await missingTariffs(this.db, organizationId, month);
    return holdingLedger(this.db, organizationId, async (tx) => {
      // what it knew is what was written before the lock was held, so the moment is read behind the lock
      const now = await this.clock.now();
      const period = admitStart(await readMonths(tx, organizationId), month);
      if (missing.length) throw new Refusal('NO_TARIFF', { params: { services: missing.join(', ') } });
      await cut(tx, organizationId, period);
      const { jobs, ...key } = await openClosing(tx, {
        organizationId,
        periodId: period.id,
        starter: starterOf(who),
        now,
      });
      await this.record(tx, who, { key, action: 'closing.start', details: { month } });
      afterCommit(tx, () => this.queue.add(COMPUTE_HOUSES, key, jobs));
      return key;
    });
  }

  /** Computes again the houses whose inputs changed and those that failed. Refuses CLOSING_ENDED. */
  async recompute(who: Who, key: ClosingKey): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const closing = await lockClosing(tx, key, 'update');
      refuseEnded(closing);
      const dirty = await dirtyHouses(tx, key);
      await backToComputing(tx, this.queue, closing, { houseIds: dirty });
      await this.record(tx, who, { key, action: 'closing.recompute', details: { houses: dirty.length } });
    });
  }

  /**
   * Throws the computation away. The cut stays: the next month may hold money already, so this month waits, neither
   * open nor closed, until it is started again. Refuses CLOSING_ENDED.
   */
  async discard(who: Who, key: ClosingKey): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      refuseEnded(await lockClosing(tx, key, 'update'));
      await rows(tx, `update closing set state = 'DISCARDED' where organization_id = $1 and id = $2`, [
        key.organizationId,
        key.closingId,
      ]);
      await rows(tx, 'select closing_drop_preview($1, $2)', [key.organizationId, key.closingId]);
      await this.record(tx, who, { key, action: 'closing.discard', details: {} });
    });
  }

  /**
   * Joins the computed month to the ledger, bound to the digest that was reviewed. Houses that changed meanwhile are
   * computed again first; where that changes the digest it refuses CLOSING_CHANGED and the new one is to be reviewed.
   * Refuses CLOSING_NOT_READY and CLOSING_ENDED, CLOSING_UNDECIDED while charges that look wrong wait for somebody of the
   * staff, and CLOSING_DIFFERS where the second opinion does. The worker makes the bills right after.
   */
  async commit(
    who: Who,
    key: ClosingKey,
    digest: string,
    { issue = true, chargesUndecided = false }: HowToCommit = {},
  ): Promise<void> {
    const again = await this.refresh(key);
    const decided = await this.decided(key, chargesUndecided);
    await holdingLedger(this.db, key.organizationId, async (tx) => {
      const now = await this.clock.now();
      const closing = await lockClosing(tx, key, 'update');
      refuseEnded(closing);
      if (closing.state !== 'READY')
        throw new Refusal('CLOSING_NOT_READY', { params: { state: closing.state } });
      await rows(tx, 'select from period where organization_id = $1 and id = $2 for update', [
        key.organizationId,
        closing.periodId,
      ]);
      await this.matchReviewed(tx, closing, { digest, again });
      if (decided !== (await this.decisions.revision(tx, key))) throw changed(0);
      await requireAgreement(tx, closing);
      await this.join(tx, closing, { now, committer: starterOf(who) });
      await this.outbox.add(tx, {
        fact: 'PeriodClosed',
        organizationId: key.organizationId,
        payload: { closingId: key.closingId, periodId: closing.periodId, month: closing.month },
      });
      await this.record(tx, who, {
        key,
        action: 'closing.commit',
        details: { month: closing.month, digest, ...(chargesUndecided ? { undecided: 'CHARGE' } : {}) },
      });
      if (issue) {
        const jobs = jobsFor(await countAccounts(tx, key));
        afterCommit(tx, () => this.queue.add(ISSUE_BILLS, key, jobs));
      }
    });
  }

  /** Before any lock: is anything left to decide? Returns how often it was decided, which is to stay so until the end. */
  private async decided(key: ClosingKey, chargesUndecided: boolean): Promise<string> {
    const revision = await this.decisions.revision(this.db, key);
    const { state } = await findClosing(this.db, key);
    if (chargesUndecided || state !== 'READY') return revision;
    const count = await this.decisions.countUndecided(this.db, key);
    if (count > 0) throw new Refusal('CLOSING_UNDECIDED', { params: { count } });
    return revision;
  }

  /**
   * Before any lock: what changed since the computation is computed again, a few houses here, many by the worker. Returns
   * how many were computed again here.
   */
  private async refresh(key: ClosingKey): Promise<number> {
    const { state } = await findClosing(this.db, key);
    if (state !== 'READY') return 0;
    const dirty = await dirtyHouses(this.db, key);
    if (dirty.length <= FEW_HOUSES) {
      await this.computing.refresh(key, dirty);
      return dirty.length;
    }
    await inTransaction(this.db, async (tx) => {
      const closing = await lockClosing(tx, key, 'update');
      if (closing.state === 'READY') await backToComputing(tx, this.queue, closing, { houseIds: dirty });
    });
    throw changed(dirty.length);
  }

  /** Under the lock nothing can change any more: the last few dirty houses, and is it still what was reviewed? */
  private async matchReviewed(
    tx: Tx,
    closing: ClosingRow,
    { digest, again }: { digest: string; again: number },
  ): Promise<void> {
    const dirty = await dirtyHouses(tx, closing);
    if (dirty.length > FEW_HOUSES) throw changed(dirty.length);
    await this.computing.again(tx, closing, dirty);
    if ((await digestOf(tx, closing)) !== digest) throw changed(again + dirty.length);
  }

  private async join(
    tx: Tx,
    closing: ClosingRow,
    { now, committer }: { now: Date; committer: string | null },
  ): Promise<void> {
    const key = [closing.organizationId, closing.closingId];
    await rows(
      tx,
      `insert into common_area_carry (organization_id, closing_id, house_id, service_id, quantity)
       select h.organization_id, h.closing_id, h.house_id, c."serviceId", c."carryOut"
       from closing_house h, jsonb_to_recordset(h.commons) as c("serviceId" bigint, "carryOut" bigint)
       where h.organization_id = $1 and h.closing_id = $2 and c."carryOut" < 0`,
      key,
    );
    await rows(tx, 'select closing_attach($1, $2)', key);
    await rows(
      tx,
      `update closing set state = 'COMMITTED', committed_at = $3, committed_by = $4, knew_at = $3,
         printed = ${PRINTED_NOW}
       where organization_id = $1 and id = $2`,
      [...key, now, committer],
    );
    await rows(
      tx,
      `update period set state = 'CLOSED', closing_id = $2, closed_at = $3 where organization_id = $1 and id = $4`,
      [...key, now, closing.periodId],
    );
  }

  private async record(
    tx: Tx,
    who: Who,
    { key, action, details }: { key: ClosingKey; action: string; details: Record<string, string | number> },
  ): Promise<void> {
    await audit(tx, who, {
      at: await this.clock.now(),
      action,
      organizationId: key.organizationId,
      objectKind: 'closing',
      objectId: key.closingId,
      details,
    });
  }
}

async function countAccounts(tx: Tx, { organizationId, closingId }: ClosingKey): Promise<number> {
  const found = await row<{ accounts: string }>(
    tx,
    'select sum(accounts) as accounts from closing_house where organization_id = $1 and closing_id = $2',
    [organizationId, closingId],
  );
  return Number(found?.accounts ?? 0);
}
