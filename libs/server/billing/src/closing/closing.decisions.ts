import { Inject, Injectable } from '@nestjs/common';
import { type Money, moneyOf, moneyText } from '@kvartal/domain';
import {
  Clock,
  Refusal,
  type Staff,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  type Tx,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type AnomalyKind, type DecisionChoice } from '../billing.enums';
import { ClosingAnomalies, type ParkedLine } from './closing.anomalies';
import { type ClosingKey, type ClosingRow, lockClosing, refuseEnded } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { BillingQueue } from './closing.queue';
import { backToComputing } from './closing.again';

const REASON_LEAST = 3;
const REASON_MOST = 500;
/** So many charges are decided on by one answer: more of a kind is a rule gone wrong, not so many opinions. */
const MOST_AT_ONCE = 10_000;

/** A charge that a person looked at. */
export interface DecidedLine {
  accountId: string;
  /** Null where the whole account is meant. */
  serviceId: string | null;
}

/** What a person decides about charges that look wrong: all of a kind where no lines are named. */
export interface Decision {
  kind: AnomalyKind;
  choice: DecisionChoice;
  reason: string;
  lines: readonly DecidedLine[] | null;
}

/**
 * What people decide before a month is closed: to leave a house out that cannot be charged, and what becomes of charges
 * that look wrong. Each is kept with its reason, who and when; none is rewritten.
 */
@Injectable()
export class ClosingDecisions {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ClosingQueries) private readonly queries: ClosingQueries,
    @Inject(ClosingAnomalies) private readonly anomalies: ClosingAnomalies,
    @Inject(BillingQueue) private readonly queue: BillingQueue,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Closes the month without houses that cannot be charged: their balances and payments are carried forward, their charges
   * wait for the next month. Refuses REQUIRED and TOO_LONG (reason), CLOSING_ENDED, and HOUSE_NOT_FAILED for any other house.
   */
  async leaveOut(
    viewer: Staff,
    key: ClosingKey,
    { houseIds, reason }: { houseIds: readonly string[]; reason: string },
  ) {
    requireIds(...houseIds);
    const why = requireReason(reason);
    await this.alive(key, async (tx, closing) => {
      const failed = await rows<{ houseId: string }>(
        tx,
        `select house_id as "houseId" from closing_house
         where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[]) and state = 'FAILED'`,
        [key.organizationId, key.closingId, houseIds],
      );
      if (failed.length === 0 || failed.length !== new Set(houseIds).size)
        throw new Refusal('HOUSE_NOT_FAILED');
      await rows(
        tx,
        `insert into closing_decision (organization_id, closing_id, house_id, choice, reason, decided_by, created_at)
         select $1, $2, unnest($3::bigint[]), 'HOLD', $4, $5, $6 on conflict do nothing`,
        [
          key.organizationId,
          key.closingId,
          [...new Set(houseIds)],
          why,
          viewer.userId,
          await this.clock.now(),
        ],
      );
      await backToComputing(tx, this.queue, closing, { houseIds, others: false });
      await this.record(tx, viewer, { key, action: 'closing.leave-out', houses: houseIds.join(',') });
    });
  }

  /**
   * Decides on charges that look wrong: charged as they are, or held for the next month, which computes their houses again.
   * A later decision takes the place of an earlier one. Refuses REQUIRED and TOO_LONG (reason), CLOSING_ENDED,
   * CLOSING_NOT_READY, and CLOSING_CHANGED where the closing no longer has such a charge.
   */
  async decide(viewer: Staff, key: ClosingKey, { kind, choice, reason, lines }: Decision): Promise<void> {
    for (const { accountId, serviceId } of lines ?? [])
      requireIds(accountId, ...(serviceId === null ? [] : [serviceId]));
    const why = requireReason(reason);
    await this.alive(key, async (tx, closing) => {
      if (closing.state !== 'READY')
        throw new Refusal('CLOSING_NOT_READY', { params: { state: closing.state } });
      const accountIds = lines === null ? null : lines.map(({ accountId }) => accountId);
      const wanted = { kind, accountIds, most: MOST_AT_ONCE };
      const found = await this.anomalies.parked(tx, await this.queries.get(key), wanted);
      const meant = lines === null ? found : found.filter(isAmong(lines));
      if (lines !== null && lines.some((one) => !found.some(isAmong([one]))))
        throw new Refusal('CLOSING_CHANGED');
      if (meant.length === 0) return;
      const by = { viewer, why, at: await this.clock.now() };
      await replaceDecisions(tx, key, { kind, choice, meant, ...by });
      const houseIds = [...new Set(meant.map(({ houseId }) => houseId))];
      if (choice === 'HOLD') await backToComputing(tx, this.queue, closing, { houseIds, others: false });
      await this.record(tx, viewer, { key, action: 'closing.decide', kind, choice, lines: meant.length });
    });
  }

  /** Takes a decision about a charge back: it is looked at again. Refuses CLOSING_ENDED. */
  async withdraw(viewer: Staff, key: ClosingKey, decisionId: string): Promise<void> {
    requireIds(decisionId);
    await this.alive(key, async (tx, closing) => {
      const ended = await row<{ houseId: string; choice: DecisionChoice }>(
        tx,
        `with ended as (
           update closing_decision set ended_at = $4, ended_by = $5
           where organization_id = $1 and closing_id = $2 and id = $3 and ended_at is null returning house_id, choice)
         select house_id as "houseId", choice from ended`,
        [key.organizationId, key.closingId, decisionId, await this.clock.now(), viewer.userId],
      );
      if (!ended) return;
      if (ended.choice === 'HOLD')
        await backToComputing(tx, this.queue, closing, { houseIds: [ended.houseId], others: false });
      await this.record(tx, viewer, { key, action: 'closing.withdraw', decision: decisionId });
    });
  }

  /** The charge of a line above which somebody is asked, minor units; null where nobody is. */
  async bound(organizationId: string): Promise<Money | null> {
    requireIds(organizationId);
    const found = await row<{ bound: string | null }>(
      this.db,
      `select settings -> 'closing' ->> 'bound' as bound from organization where id = $1`,
      [organizationId],
    );
    return found?.bound ? moneyOf(BigInt(found.bound)) : null;
  }

  /** Sets the bound from now on, or takes it away. Refuses AMOUNT_OUT_OF_RANGE for nothing or less. */
  async setBound(viewer: Staff, organizationId: string, bound: Money | null): Promise<Money | null> {
    requireIds(organizationId);
    if (bound !== null && bound <= 0n) throw new Refusal('AMOUNT_OUT_OF_RANGE', { path: ['bound'] });
    await inTransaction(this.db, async (tx) => {
      await rows(
        tx,
        `update organization set settings = settings || jsonb_build_object('closing', coalesce(settings -> 'closing', '{}')
           || jsonb_build_object('bound', $2::bigint)) where id = $1`,
        [organizationId, bound],
      );
      await audit(tx, viewer, {
        at: await this.clock.now(),
        action: 'closing.bound',
        organizationId,
        objectKind: 'organization',
        objectId: organizationId,
        details: { bound: bound === null ? null : moneyText(bound) },
      });
    });
    return bound;
  }

  /** How many charges that look wrong nobody has decided on. */
  async countUndecided(tx: Pick<Tx, 'query'>, key: ClosingKey): Promise<number> {
    const counts = await this.anomalies.counts(await this.queries.get(key), tx);
    return counts.reduce((total, { undecided }) => total + undecided, 0);
  }

  /** How often it was decided so far: who counted undecided ones compares before and after. */
  async revision(tx: Pick<Tx, 'query'>, { organizationId, closingId }: ClosingKey): Promise<string> {
    const found = await row<{ revision: string }>(
      tx,
      `select count(*) || ' ' || count(ended_at) as revision from closing_decision
       where organization_id = $1 and closing_id = $2`,
      [organizationId, closingId],
    );
    return found?.revision ?? '';
  }

  private alive(key: ClosingKey, work: (tx: Tx, closing: ClosingRow) => Promise<void>): Promise<void> {
    return inTransaction(this.db, async (tx) => {
      const closing = await lockClosing(tx, key, 'update');
      refuseEnded(closing);
      await work(tx, closing);
    });
  }

  private async record(
    tx: Tx,
    viewer: Staff,
    { key, action, ...details }: { key: ClosingKey; action: string } & Record<string, unknown>,
  ): Promise<void> {
    await audit(tx, viewer, {
      at: await this.clock.now(),
      action,
      organizationId: key.organizationId,
      objectKind: 'closing',
      objectId: key.closingId,
      details: Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)])),
    });
  }
}

/** A reason that says something. Refuses REQUIRED and TOO_LONG. */
export function requireReason(reason: string): string {
  const why = reason.trim();
  if (why.length < REASON_LEAST) throw new Refusal('REQUIRED', { path: ['reason'] });
  if (why.length > REASON_MOST)
    throw new Refusal('TOO_LONG', { path: ['reason'], params: { max: REASON_MOST } });
  return why;
}

const isAmong =
  (lines: readonly DecidedLine[]) =>
  (found: DecidedLine): boolean =>
    lines.some(({ accountId, serviceId }) => accountId === found.accountId && serviceId === found.serviceId);

async function replaceDecisions(
  tx: Tx,
  { organizationId, closingId }: ClosingKey,
  one: {
    kind: AnomalyKind;
    choice: DecisionChoice;
    meant: readonly ParkedLine[];
    viewer: Staff;
    why: string;
    at: Date;
  },
): Promise<void> {
  const meant = JSON.stringify(one.meant);
  await rows(
    tx,
    `update closing_decision d set ended_at = $4, ended_by = $5
     from jsonb_to_recordset($3::jsonb) as m("accountId" bigint, "serviceId" bigint, "supplierId" bigint)
     where d.organization_id = $1 and d.closing_id = $2 and d.account_id = m."accountId" and d.ended_at is null
       and (d.service_id, d.supplier_id) is not distinct from (m."serviceId", m."supplierId")`,
    [organizationId, closingId, meant, one.at, one.viewer.userId],
  );
  await rows(
    tx,
    `insert into closing_decision (organization_id, closing_id, house_id, account_id, service_id, supplier_id, anomaly,
       choice, reason, charged, decided_by, created_at)
     select $1, $2, m."houseId", m."accountId", m."serviceId", m."supplierId", $4, $5, $6, m.current, $7, $8
     from jsonb_to_recordset($3::jsonb) as m("houseId" bigint, "accountId" bigint, "serviceId" bigint, "supplierId" bigint,
       current bigint)`,
    [organizationId, closingId, meant, one.kind, one.choice, one.why, one.viewer.userId, one.at],
  );
}
