import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  NotFound,
  Refusal,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  sqlState,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { enterLedger } from '../ledger';
import { PapersQueries } from './papers.queries';
import { type CheckedPaper, type PaperColumns, checkAct, checkBenefit } from './papers.rules';
import type { AccountPapers, ActInput, BenefitInput, EndPaperInput } from './papers.types';

const TABLES = { act: 'account_act', benefit: 'benefit_right' } as const;
type Paper = keyof typeof TABLES;

const COLUMNS = {
  act: 'kind, service_id, document, people, hours, allowed_hours, degree_hours, slots, volume, coefficient, valid',
  benefit: 'service_id, document, category, percent, beneficiaries, within_norm, valid',
} as const;

interface Wanted extends CheckedPaper {
  paper: Paper;
  input: ActInput | BenefitInput;
  wholeHouse: boolean;
}

const OVERLAPS = '23P01';

/** What staff enter of single accounts: acts and benefits. Everything here counts from the next computation of a month. */
@Injectable()
export class Papers {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PapersQueries) private readonly queries: PapersQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Enters an act; the same `clientKey` again makes nothing new. Refuses by field what `checkAct` does, SERVICE_UNSUITED
   * where the account does not take the service or it has no volume, ACT_OVERLAPS beside another of its kind, and
   * IDEMPOTENCY_KEY_REUSED; throws NotFound for an account that is not the organisation's.
   */
  recordAct(viewer: Staff, input: ActInput): Promise<AccountPapers> {
    return this.record(viewer, { ...checkAct(input), paper: 'act', input, wholeHouse: input.wholeHouse });
  }

  /** Enters a benefit, with the same refusals as an act. */
  recordBenefit(viewer: Staff, input: BenefitInput): Promise<AccountPapers> {
    return this.record(viewer, { ...checkBenefit(input), paper: 'benefit', input, wholeHouse: false });
  }

  /**
   * Ends an act or a benefit with a day, or withdraws it. Refuses ACT_ENDED where it stands no longer, DAYS_ORDER for a day
   * before its first or behind its last; throws NotFound where there is none.
   */
  async end(viewer: Staff, paper: Paper, input: EndPaperInput): Promise<AccountPapers> {
    const { organizationId, id } = input;
    requireIds(organizationId, id);
    return inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      // behind the door: what is known since a moment before it would belong to a month that was closed meanwhile
      const at = await this.clock.now();
      const ended = await endPaper(tx, { paper, input, at, by: viewer.userId });
      await audit(tx, viewer, {
        at,
        action: `${paper}.end`,
        organizationId,
        objectKind: TABLES[paper],
        objectId: id,
        details: { lastDay: input.lastDay ?? null },
      });
      return this.queries.of({ organizationId, accountId: ended }, tx);
    });
  }

  private async record(viewer: Staff, wanted: Wanted): Promise<AccountPapers> {
    const { input, refusals, paper } = wanted;
    const { organizationId, accountId } = input;
    requireIds(organizationId, accountId);
    if (input.serviceId) requireIds(input.serviceId);
    if (refusals.length > 0) throw new Refusal(refusals);
    return inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      const at = await this.clock.now();
      const id = await enter(tx, wanted, { at, by: viewer.userId });
      if (id !== null)
        await audit(tx, viewer, {
          at,
          action: `${paper}.record`,
          organizationId,
          objectKind: TABLES[paper],
          objectId: id,
          details: { accountId },
        });
      return this.queries.of({ organizationId, accountId }, tx);
    }).catch((failure: unknown) => {
      if (sqlState(failure) !== OVERLAPS) throw failure;
      throw new Refusal('ACT_OVERLAPS', { path: ['from'] });
    });
  }
}

interface Entering {
  at: Date;
  by: string;
}

/** Adds the row; null where the same key has added it already. */
async function enter(tx: Tx, wanted: Wanted, { at, by }: Entering): Promise<string | null> {
  const { paper, input, wholeHouse } = wanted;
  const { organizationId, accountId, clientKey } = input;
  const account = await row<{ houseId: string }>(
    tx,
    'select house_id as "houseId" from account where organization_id = $1 and id = $2 for no key update',
    [organizationId, accountId],
  );
  if (!account) throw new NotFound();
  const columns: PaperColumns = {
    ...wanted.columns,
    organization_id: organizationId,
    house_id: account.houseId,
    account_id: wholeHouse ? null : accountId,
    client_key: clientKey,
  };
  const known = await findSent(tx, paper, columns);
  if (known) {
    if (known.isSame) return null;
    throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['clientKey'] });
  }
  if (!(await suits(tx, wanted, columns))) throw new Refusal('SERVICE_UNSUITED', { path: ['serviceId'] });
  const added = await row<{ id: string }>(
    tx,
    `insert into ${TABLES[paper]} (organization_id, house_id, account_id, client_key, ${COLUMNS[paper]}, known, created_by,
       created_at)
     select organization_id, house_id, account_id, client_key, ${COLUMNS[paper]}, tstzrange($2, null), $3, $2
     from jsonb_populate_record(null::${TABLES[paper]}, $1::jsonb) returning id`,
    [JSON.stringify(columns), at, by],
  );
  return added?.id ?? null;
}

/** The row that the key has made, and whether it says the same. */
async function findSent(
  tx: Tx,
  paper: Paper,
  columns: PaperColumns,
): Promise<{ isSame: boolean } | undefined> {
  const kept = (of: string) =>
    `jsonb_strip_nulls(to_jsonb(${of}) - '{id,known,created_by,created_at}'::text[])`;
  return row(
    tx,
    `select ${kept('p')} = ${kept('n')} as "isSame"
     from jsonb_populate_record(null::${TABLES[paper]}, $1::jsonb) n
     join ${TABLES[paper]} p on p.organization_id = n.organization_id and p.client_key = n.client_key`,
    [JSON.stringify(columns)],
  );
}

/** Whether the account, or one of its house, takes the service on some day, and it has what the act speaks of. */
async function suits(tx: Tx, { paper, input }: Wanted, columns: PaperColumns): Promise<boolean> {
  if (!input.serviceId) return true;
  const isMeasured = 'kind' in input && (input.kind === 'VOLUME' || input.kind === 'COEFFICIENT');
  const needsNorm = paper === 'benefit' && 'withinNorm' in input && input.withinNorm;
  const found = await row(
    tx,
    `select from account_service t join service s on s.organization_id = t.organization_id and s.id = t.service_id
     where t.organization_id = $1 and t.house_id = $2 and ($3::bigint is null or t.account_id = $3) and t.service_id = $4
       and upper_inf(t.known) and t.valid && $5::daterange and ($6 = false or s.resource is not null)
       and ($7 = false or exists (select from norm n where n.organization_id = $1 and n.service_id = $4
         and n.kind = 'PERSON' and upper_inf(n.known) and n.valid && $5::daterange))
     limit 1`,
    [
      columns['organization_id'],
      columns['house_id'],
      columns['account_id'],
      input.serviceId,
      columns['valid'],
      isMeasured,
      needsNorm,
    ],
  );
  return found !== undefined;
}

/** Ends what is known of a paper, and says it anew up to a day. Answers an account that it concerns. */
async function endPaper(
  tx: Tx,
  { paper, input, at, by }: { paper: Paper; input: EndPaperInput } & Entering,
): Promise<string> {
  const { organizationId, id, lastDay = null } = input;
  const table = TABLES[paper];
  const found = await row<{ accountId: string; stands: boolean; isWithin: boolean }>(
    tx,
    `select coalesce(p.account_id, (select min(a.id) from account a where a.organization_id = $1 and a.house_id = p.house_id)
       )::text as "accountId", upper_inf(p.known) as stands, $3::date is null or p.valid @> $3::date as "isWithin"
     from ${table} p where p.organization_id = $1 and p.id = $2 for no key update of p`,
    [organizationId, id, lastDay],
  );
  if (!found) throw new NotFound();
  if (!found.stands) throw new Refusal('ACT_ENDED', { path: ['id'] });
  if (!found.isWithin) throw new Refusal('DAYS_ORDER', { path: ['lastDay'] });
  await rows(
    tx,
    `update ${table} set known = tstzrange(lower(known), greatest($3, lower(known) + interval '1 microsecond'))
     where organization_id = $1 and id = $2`,
    [organizationId, id, at],
  );
  if (lastDay !== null) {
    const same = COLUMNS[paper].replace(', valid', '');
    await rows(
      tx,
      `insert into ${table} (organization_id, house_id, account_id, ${same}, valid, known, created_by, created_at)
       select organization_id, house_id, account_id, ${same}, daterange(lower(valid), $3::date + 1),
         tstzrange(upper(known), null), $4, $5 from ${table} where organization_id = $1 and id = $2`,
      [organizationId, id, lastDay, by, at],
    );
  }
  return found.accountId;
}
