import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, ratioOf } from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type RefusalDetail,
  type Staff,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
  type Tx,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { enterLedger } from '../ledger';
import type { LegalRate } from './penalty.enums';
import {
  type AllocationRule,
  type AllocationRuleInput,
  type LegalRateRow,
  type PenaltyBandInput,
  type PenaltyMoratorium,
  type PenaltyMoratoriumInput,
  type PenaltyRules,
  type PenaltySchedule,
  type PenaltyScheduleInput,
  percentText,
} from './penalty.types';

const LONGEST_DOCUMENT = 200;
const MOST_BANDS = 12;
const MOST_DAYS = 36_500;

const VALID = `lower(r.valid)::text as "from", (upper(r.valid) - 1)::text as "to"`;
const OURS = `r.country = o.country and coalesce(r.organization_id, o.id) = o.id and upper_inf(r.known)`;

type ScheduleRow = Omit<PenaltySchedule, 'bands'> & {
  fromDays: number[];
  numerators: number[];
  denominators: number[];
};

/** What staff may see and set of penalties, and of how payments are split. Every change is a new row, and is written down. */
@Injectable()
export class PenaltyRulesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** As it is known now: the country's rows and the organisation's own. Throws NotFound. */
  async of(organizationId: string): Promise<PenaltyRules> {
    requireIds(organizationId);
    return {
      schedules: (await rows<ScheduleRow>(this.db, SCHEDULES, [organizationId])).map(scheduleOf),
      moratoria: await rows<PenaltyMoratorium>(this.db, MORATORIA, [organizationId]),
      rates: (
        await rows<Omit<LegalRateRow, 'percent'> & { kind: LegalRate; value: string }>(this.db, RATES, [
          organizationId,
        ])
      ).map(({ value, ...rate }) => ({ ...rate, percent: percentText(ratioOf(BigInt(value))) })),
      allocation: await rows<AllocationRule>(this.db, ALLOCATION, [organizationId]),
    };
  }

  /** The organisation's own schedule from a due day on. Refuses REQUIRED, TOO_LONG and PENALTY_BANDS. */
  async setSchedule(viewer: Staff, input: PenaltyScheduleInput): Promise<void> {
    const { organizationId, payer, group, bands, isCapped, upToPrincipal, from } = input;
    const document = documentOf(input, bandsRefused(bands));
    await this.change(viewer, organizationId, 'penalty.schedule', async (tx) => {
      const at = await this.cutAt(tx, from, {
        table: 'penalty_schedule',
        columns:
          'organization_id, country, payer, service_group, from_days, numerators, denominators, is_capped, up_to_principal, document, created_by, created_at',
        where: 'organization_id = $1 and payer = $2 and service_group = $3',
        parameters: [organizationId, payer, group],
      });
      const added = await row<{ id: string }>(
        tx,
        `with added as (insert into penalty_schedule (organization_id, country, payer, service_group, from_days, numerators, denominators,
             is_capped, up_to_principal, document, valid, known, created_by, created_at)
           select o.id, o.country, $2, $3, $4, $5, $6, $7, $8, $9, daterange($10, null), tstzrange($11, null), $12, $11
           from organization o where o.id = $1 returning id) select id from added`,
        [
          ...[organizationId, payer, group],
          bands.map(({ fromDay }) => fromDay),
          bands.map(({ numerator }) => numerator),
          bands.map(({ denominator }) => denominator),
          ...[isCapped, upToPrincipal, document, from, at, viewer.userId],
        ],
      );
      return { id: added?.id, details: { payer, group, from } };
    });
  }

  /** Takes the organisation's own schedule back: the law counts again, for every month that is not closed. Throws NotFound. */
  withdrawSchedule(viewer: Staff, organizationId: string, id: string): Promise<void> {
    return this.withdraw(viewer, { table: 'penalty_schedule', organizationId, id });
  }

  /**
   * Days on which nothing accrues. Refuses REQUIRED, TOO_LONG, DATE_OUT_OF_RANGE where it ends before it begins,
   * DATES_OVERLAP where the same is written already, ACCOUNT_UNKNOWN.
   */
  async addMoratorium(viewer: Staff, input: PenaltyMoratoriumInput): Promise<void> {
    const { organizationId, accountNumber, payer = null, group = null, from, to = null } = input;
    const isBackwards = to !== null && to < from;
    const document = documentOf(
      input,
      isBackwards ? [{ code: 'DATE_OUT_OF_RANGE', path: ['input', 'to'], params: { from } }] : [],
    );
    await this.change(viewer, organizationId, 'penalty.moratorium', async (tx, now) => {
      const accountId = accountNumber ? await accountOf(tx, organizationId, accountNumber) : null;
      const known = await row(
        tx,
        `select from penalty_moratorium where organization_id = $1 and account_id is not distinct from $2
           and payer is not distinct from $3 and service_group is not distinct from $4 and upper_inf(known)
           and valid && daterange($5, $6, '[]')`,
        [organizationId, accountId, payer, group, from, to],
      );
      if (known) throw new Refusal('DATES_OVERLAP', { path: ['input', 'from'] });
      const added = await row<{ id: string }>(
        tx,
        `with added as (insert into penalty_moratorium (organization_id, country, account_id, payer, service_group, document, valid,
             known, created_by, created_at)
           select o.id, o.country, $2, $3, $4, $5, daterange($6, $7, '[]'), tstzrange($8, null), $9, $8
           from organization o where o.id = $1 returning id) select id from added`,
        [organizationId, accountId, payer, group, document, from, to, now, viewer.userId],
      );
      return { id: added?.id, details: { from, to, accountId } };
    });
  }

  /** Takes a moratorium or agreement of the organisation back, for every month that is not closed. Throws NotFound. */
  withdrawMoratorium(viewer: Staff, organizationId: string, id: string): Promise<void> {
    return this.withdraw(viewer, { table: 'penalty_moratorium', organizationId, id });
  }

  /** How payments are split from a day on. Refuses REQUIRED and TOO_LONG. */
  async setAllocation(viewer: Staff, input: AllocationRuleInput): Promise<void> {
    const { organizationId, mode, from } = input;
    const document = documentOf(input, []);
    await this.change(viewer, organizationId, 'payment.allocation', async (tx) => {
      const at = await this.cutAt(tx, from, {
        table: 'allocation_rule',
        columns: 'organization_id, mode, document, created_by, created_at',
        where: 'organization_id = $1',
        parameters: [organizationId],
      });
      const added = await row<{ id: string }>(
        tx,
        `with added as (insert into allocation_rule (organization_id, mode, document, valid, known, created_by, created_at)
           values ($1, $2, $3, daterange($4, null), tstzrange($5, null), $6, $5) returning id) select id from added`,
        [organizationId, mode, document, from, at, viewer.userId],
      );
      return { id: added?.id, details: { mode, from } };
    });
  }

  private async withdraw(
    viewer: Staff,
    { table, organizationId, id }: { table: Dated; organizationId: string; id: string },
  ): Promise<void> {
    requireIds(organizationId, id);
    const action = table === 'penalty_schedule' ? 'penalty.schedule.withdraw' : 'penalty.moratorium.withdraw';
    await this.change(viewer, organizationId, action, async (tx, now) => {
      const ended = await row<{ id: string }>(
        tx,
        `with ended as (
           update ${table} set known = tstzrange(lower(known), greatest($3::timestamptz, lower(known) + interval '1 microsecond'))
           where organization_id = $1 and id = $2 and upper_inf(known) returning id) select id from ended`,
        [organizationId, id, now],
      );
      if (!ended) throw new NotFound();
      return { id, details: {} };
    });
  }

  /** Ends what is known of days from one on, and writes anew what was true before it. Returns the moment of the change. */
  private async cutAt(tx: Tx, from: CivilDate, { table, columns, where, parameters }: Cut): Promise<Date> {
    const now = await this.clock.now();
    const next = parameters.length + 1;
    const ended = await rows<{ id: string; at: Date }>(
      tx,
      `with ended as (
         update ${table} set known = tstzrange(lower(known), greatest($${next}::timestamptz, lower(known) + interval '1 millisecond'))
         where ${where} and upper_inf(known) and valid && daterange($${next + 1}, null) returning id, upper(known) as at)
       select id, at from ended order by at`,
      [...parameters, now, from],
    );
    const at = ended.at(-1)?.at ?? now;
    await rows(
      tx,
      `insert into ${table} (${columns}, valid, known)
       select ${columns}, daterange(lower(valid), $2), tstzrange($3, null) from ${table}
       where id = any($1::bigint[]) and coalesce(lower(valid) < $2::date, true)`,
      [ended.map(({ id }) => id), from, at],
    );
    return at;
  }

  private async change(
    viewer: Staff,
    organizationId: string,
    action: string,
    work: (tx: Tx, now: Date) => Promise<{ id: string | undefined; details: Record<string, string | null> }>,
  ): Promise<void> {
    requireIds(organizationId);
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      const at = await this.clock.now();
      const { id, details } = await work(tx, at);
      const [objectKind = ''] = action.split('.');
      await audit(tx, viewer, {
        at,
        action,
        organizationId,
        objectKind,
        details,
        ...(id === undefined ? {} : { objectId: id }),
      });
    });
  }
}

type Dated = 'penalty_schedule' | 'penalty_moratorium';
interface Cut {
  table: 'penalty_schedule' | 'allocation_rule';
  columns: string;
  where: string;
  parameters: readonly string[];
}

const SCHEDULES = `
  select r.id, r.organization_id is null as "isLaw", r.payer, r.service_group as "group", r.from_days as "fromDays", r.numerators,
    r.denominators, r.is_capped as "isCapped", r.up_to_principal as "upToPrincipal", r.document, ${VALID}
  from organization o join penalty_schedule r on ${OURS} where o.id = $1
  order by r.organization_id nulls last, r.payer desc, r.service_group, lower(r.valid) desc`;
const MORATORIA = `
  select r.id, r.organization_id is null as "isLaw", a.number as "accountNumber", r.payer, r.service_group as "group", r.document,
    ${VALID}
  from organization o join penalty_moratorium r on ${OURS}
  left join account a on a.organization_id = r.organization_id and a.id = r.account_id
  where o.id = $1 order by lower(r.valid) desc, r.id desc`;
const RATES = `
  select r.kind, r.value, r.document, ${VALID} from organization o join rate r on r.country = o.country and upper_inf(r.known)
  where o.id = $1 and r.kind in ('KEY_RATE', 'PENALTY_CAP', 'PENALTY_FIXED') order by lower(r.valid) desc, r.kind`;
const ALLOCATION = `
  select r.id, r.mode, r.document, ${VALID} from allocation_rule r
  where r.organization_id = $1 and upper_inf(r.known) order by lower(r.valid) desc`;

function scheduleOf({ fromDays, numerators, denominators, ...schedule }: ScheduleRow): PenaltySchedule {
  const bands = fromDays.map((fromDay, place) => {
    const next = fromDays[place + 1];
    const [numerator = 0, denominator = 1] = [numerators[place], denominators[place]];
    return { fromDay, toDay: next === undefined ? null : next - 1, numerator, denominator };
  });
  return { ...schedule, bands };
}

/** The document's name without spaces around it; throws every refusal at once. */
function documentOf({ document }: { document: string }, others: readonly RefusalDetail[]): string {
  const text = document.trim();
  const path = ['input', 'document'];
  const refusals = [...others];
  if (text === '') refusals.push({ code: 'REQUIRED', path });
  if (text.length > LONGEST_DOCUMENT)
    refusals.push({
      code: 'TOO_LONG',
      path,
      params: { maxLength: LONGEST_DOCUMENT, length: text.length },
    });
  if (refusals.length > 0) throw new Refusal(refusals);
  return text;
}

function bandsRefused(bands: readonly PenaltyBandInput[]): RefusalDetail[] {
  const isGood = bands.every(({ fromDay, numerator, denominator }, place) => {
    const isAfter = fromDay > (bands[place - 1]?.fromDay ?? 0) && fromDay <= MOST_DAYS;
    return isAfter && numerator >= 0 && denominator >= 1;
  });
  const isListed = bands.length > 0 && bands.length <= MOST_BANDS;
  return isGood && isListed ? [] : [{ code: 'PENALTY_BANDS', path: ['input', 'bands'] }];
}

async function accountOf(tx: Tx, organizationId: string, number: string): Promise<string> {
  const found = await row<{ id: string }>(
    tx,
    'select id from account where organization_id = $1 and number = $2',
    [organizationId, number.trim()],
  );
  if (!found) throw new Refusal('ACCOUNT_UNKNOWN', { path: ['input', 'accountNumber'] });
  return found.id;
}
