import { Inject, Injectable, Logger } from '@nestjs/common';
import { type ChargedMonth, type Money, moneyOf } from '@kvartal/domain';
import {
  Clock,
  Refusal,
  type Staff,
  type Tx,
  afterCommit,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { ClosedMonth } from '../books';
import { type ClosingKey, dirtyHouses, findClosing, lockClosing } from '../closing/closing.lock';
import { ClosingQueries, previewTable, toMoney } from '../closing/closing.queries';
import { BillingQueue, EXPLAIN_DIFFERENCE } from '../closing/closing.queue';
import { BATCH_SETTINGS } from '../closing/closing.start';
import type { Closing } from '../closing/closing.types';
import type { ClosingDifference } from './closing-differences.types';
import { type ComputedMonth, ComputedMonths } from './computed-months';
import { type KeptMonth, type KeptSum, type ServiceCauses, causesOfHouse } from './house-causes';

/** About so many accounts are explained at a time: a second of one core, in a snapshot of its own. */
const ACCOUNTS_AT_A_TIME = 300;

/** Part of a closing: a house, a service, or all of it. */
export interface DifferencePart {
  houseId?: string | null | undefined;
  serviceId?: string | null | undefined;
}

/** Houses of a closing `c` that were computed and are not explained as they are now. */
const UNEXPLAINED = `
  from closing_house h left join closing_difference d
    on d.organization_id = h.organization_id and d.closing_id = h.closing_id and d.house_id = h.house_id and d.digest = h.digest
  where h.organization_id = c.organization_id and h.closing_id = c.id and h.state = 'DONE' and d.house_id is null`;
/** Whether somebody asked about a closing `c` and it is not explained yet. */
export const TO_EXPLAIN = `(c.state = 'READY' and c.difference_asked_at is not null and exists (select ${UNEXPLAINED}))`;

/**
 * Tells why a closing under review charges another sum than the month before, by causes. Nobody pays for it who does not
 * ask: the worker explains house after house by the rules that explain a line, and keeps what it found.
 */
@Injectable()
export class ClosingDifferences {
  private readonly logger = new Logger(ClosingDifferences.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ComputedMonths) private readonly months: ComputedMonths,
    @Inject(ClosingQueries) private readonly queries: ClosingQueries,
    @Inject(BillingQueue) private readonly queue: BillingQueue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Has the worker explain a closing, and again whatever is computed again. Refuses CLOSING_NOT_READY, and
   * PERIOD_NOT_CLOSED where there is no closed month before it.
   */
  async ask(viewer: Staff, key: ClosingKey): Promise<void> {
    requireIds(key.organizationId, key.closingId);
    await inTransaction(this.db, async (tx) => {
      const { state, month } = await lockClosing(tx, key, 'update');
      if (state !== 'READY') throw new Refusal('CLOSING_NOT_READY', { params: { state } });
      if (!(await this.queries.monthBefore(key.organizationId, month)))
        throw new Refusal('PERIOD_NOT_CLOSED');
      const at = await this.clock.now();
      await rows(
        tx,
        `update closing set difference_asked_at = coalesce(difference_asked_at, $3)
         where organization_id = $1 and id = $2`,
        [key.organizationId, key.closingId, at],
      );
      await audit(tx, viewer, {
        at,
        action: 'closing.explain',
        organizationId: key.organizationId,
        objectKind: 'closing',
        objectId: key.closingId,
        details: { month },
      });
      afterCommit(tx, () => this.queue.add(EXPLAIN_DIFFERENCE, key));
    });
  }

  /** Everything that is left, one batch after another: for tests. */
  async explainAll(key: ClosingKey): Promise<void> {
    while (await this.explainBatch(key));
  }

  /**
   * Explains the next houses in one snapshot; whether there was one. A house whose facts changed since it was computed
   * waits until it is computed again.
   */
  async explainBatch(key: ClosingKey): Promise<boolean> {
    return inTransaction(
      this.db,
      async (tx) => {
        await rows(tx, BATCH_SETTINGS);
        // one at a time: what another worker has in hand is not done twice
        const mine = await row<{ held: boolean }>(
          tx,
          `select pg_try_advisory_xact_lock(hashtextextended('explain-difference', $1)) as held`,
          [key.closingId],
        );
        const { state, month } = await findClosing(tx, key);
        if (!mine?.held || state !== 'READY') return false;
        const before = await this.queries.monthBefore(key.organizationId, month);
        const houses = before ? await nextHouses(tx, key) : [];
        if (!before || houses.length === 0) return false;
        await this.explain(tx, { key, before }, houses);
        return true;
      },
      'REPEATABLE READ',
    );
  }

  private async explain(
    tx: Tx,
    { key, before }: { key: ClosingKey; before: ClosedMonth },
    houses: readonly { houseId: string; digest: string }[],
  ): Promise<void> {
    const { organizationId } = key;
    const earlier = await this.months.closed(tx, organizationId, before.month);
    const now = await this.months.ofClosing(tx, key);
    const houseIds = houses.map(({ houseId }) => houseId);
    const months = [await this.read(tx, earlier, houseIds), await this.read(tx, now, houseIds)] as const;
    for (const { houseId, digest } of houses) {
      const [was, is] = months.map((month) => ofHouse(month, houseId));
      const { services, isTold } = causesOfHouse(was ?? NOTHING, is ?? NOTHING);
      if (!isTold) this.logger.error({ ...key, houseId }, 'the facts do not tell the whole difference');
      await keep(tx, key, { houseId, digest, services });
    }
  }

  private async read(tx: Tx, computed: ComputedMonth, houseIds: readonly string[]): Promise<KeptHouses> {
    const charged = await this.months.read(tx, computed, { houseIds });
    return { charged, kept: await keptSums(tx, computed, houseIds) };
  }

  /** What was found so far, of a closing or a part of it; null where no month was closed before. */
  async of(closing: Closing, { houseId, serviceId }: DifferencePart = {}): Promise<ClosingDifference | null> {
    const before = await this.queries.monthBefore(closing.organizationId, closing.month);
    if (!before) return null;
    const key = [closing.organizationId, closing.id];
    const asked = await row<Pick<ClosingDifference, 'isAsked' | 'houses' | 'explained'>>(
      this.db,
      `select c.difference_asked_at is not null as "isAsked", (select count(*)::int from closing_house h
           where h.organization_id = $1 and h.closing_id = $2 and ($3::bigint is null or h.house_id = $3)) as houses,
         (select count(*)::int ${EXPLAINED}) as explained
       from closing c where c.organization_id = $1 and c.id = $2`,
      [...key, houseId ?? null],
    );
    const found = await row<{ before: string; after: string }>(this.db, SUMS, [
      ...key,
      houseId ?? null,
      serviceId ?? null,
    ]);
    const causes = await rows<Raw>(this.db, CAUSES, [...key, houseId ?? null, serviceId ?? null]);
    return {
      since: before.month,
      ...(asked ?? { isAsked: false, houses: 0, explained: 0 }),
      before: moneyOf(BigInt(found?.before ?? 0)),
      after: moneyOf(BigInt(found?.after ?? 0)),
      causes: causes.map(({ amount, ...one }) => ({ ...one, amount: toMoney(amount) })),
    };
  }
}

type Cause = ClosingDifference['causes'][number];
type Raw = { [K in keyof Cause]: Cause[K] extends Money ? string : Cause[K] };

/** Houses that are explained as they are now. $3 one house, or null. */
const EXPLAINED = `
  from closing_difference d join closing_house h
    on h.organization_id = d.organization_id and h.closing_id = d.closing_id and h.house_id = d.house_id and h.digest = d.digest
  where d.organization_id = $1 and d.closing_id = $2 and ($3::bigint is null or d.house_id = $3)`;

/** Their services. $4 one service, or null. */
const SERVICES = `
  from (select d.services ${EXPLAINED}) d, jsonb_to_recordset(d.services)
    as s("serviceId" bigint, before bigint, after bigint, causes jsonb)
  where ($4::bigint is null or s."serviceId" = $4)`;
const SUMS = `select coalesce(sum(s.before), 0)::bigint as before, coalesce(sum(s.after), 0)::bigint as after ${SERVICES}`;
const CAUSES = `
  select k.cause, sum(k.amount)::bigint as amount, sum(k.lines)::int as lines
  from (select s.causes ${SERVICES}) s, jsonb_to_recordset(s.causes) as k(cause text, amount bigint, lines int)
  group by k.cause order by abs(sum(k.amount)) desc, k.cause`;

/** The next houses to explain, about a batch of accounts. */
async function nextHouses(tx: Tx, key: ClosingKey): Promise<{ houseId: string; digest: string }[]> {
  const changed = await dirtyHouses(tx, key);
  return rows(
    tx,
    `select house_id as "houseId", digest from (
       select x.*, sum(x.accounts) over (order by x.house_id) - x.accounts as before
       from closing c cross join lateral (select h.house_id, h.digest, h.accounts ${UNEXPLAINED}) x
       where c.organization_id = $1 and c.id = $2 and x.house_id <> all($3::bigint[])) w
     where before < $4 order by house_id`,
    [key.organizationId, key.closingId, changed, ACCOUNTS_AT_A_TIME],
  );
}

async function keep(
  tx: Tx,
  { organizationId, closingId }: ClosingKey,
  { houseId, digest, services }: { houseId: string; digest: string; services: readonly ServiceCauses[] },
): Promise<void> {
  const text = JSON.stringify(services, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  await rows(
    tx,
    `insert into closing_difference (organization_id, closing_id, house_id, digest, services)
     values ($1, $2, $3, $4, $5::jsonb)
     on conflict (organization_id, closing_id, house_id) do update set digest = excluded.digest, services = excluded.services`,
    [organizationId, closingId, houseId, digest, text],
  );
}

type HouseSum = KeptSum & { houseId: string };
interface KeptHouses {
  charged: readonly ChargedMonth[];
  kept: readonly HouseSum[];
}
const NOTHING: KeptMonth = { charged: [], kept: [] };

function ofHouse({ charged, kept }: KeptHouses, houseId: string): KeptMonth {
  const own = kept.filter((line) => line.houseId === houseId);
  const accounts = new Set(own.map(({ accountId }) => accountId));
  return { kept: own, charged: charged.filter(({ account }) => accounts.has(account.accountId)) };
}

/** What each line of houses added to its balance in a closing, payments left out. */
async function keptSums(
  tx: Tx,
  { organizationId, closingId }: ComputedMonth,
  houseIds: readonly string[],
): Promise<HouseSum[]> {
  const found = await rows<Omit<HouseSum, 'amount'> & { amount: string }>(
    tx,
    `select l.house_id as "houseId", l.account_id as "accountId", l.service_id as "serviceId", l.supplier_id as "supplierId",
       l.charged + l.recalculated + l.underdelivered + l.benefit + l.adjusted as amount,
       l.method = 'HELD' or exists (select from late_line t
         where t.organization_id = $1 and t.closing_id = $3 and t.account_id = l.account_id
           and t.service_id = l.service_id and t.supplier_id = l.supplier_id and t.recalculated <> 0) as "isDecided"
     from ${previewTable(closingId)} l
     where l.organization_id = $1 and l.closing_id = $3
       and l.account_id in (select id from account where organization_id = $1 and house_id = any($2::bigint[]))`,
    [organizationId, houseIds, closingId],
  );
  return found.map(({ amount, ...line }) => ({ ...line, amount: BigInt(amount) }));
}
