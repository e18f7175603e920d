import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate } from '@kvartal/domain';
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
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { readCalendar } from '../catalogue/catalogue.queries';
import { documentOf } from '../catalogue/catalogue.rules';
import {
  type ClosedMonths,
  type DatedRows,
  type SentChange,
  begin,
  cutFrom,
  dayRefused,
  isRepeated,
} from '../catalogue/dated-rows';
import { enterLedger } from '../ledger';
import { readPenaltyRules } from './penalty.rules.queries';
import type {
  AllocationRuleInput,
  PenaltyBandInput,
  PenaltyMoratoriumInput,
  PenaltyRules,
  PenaltyScheduleInput,
} from './penalty.types';

const MOST_BANDS = 12;
const MOST_DAYS = 36_500;

interface Moment extends ClosedMonths {
  now: Date;
}
interface Changed {
  objectId: string;
  details: Record<string, string | null>;
}

/**
 * What staff may see and set of penalties, and of how payments are split. Every change is a new row from a day on, and is
 * written down. All that set refuse REQUIRED and TOO_LONG at the document, PERIOD_NOT_OPEN for a day in a closed month,
 * DATE_OUT_OF_RANGE, IDEMPOTENCY_KEY_REUSED; the same key again changes nothing. All throw NotFound.
 */
@Injectable()
export class PenaltyRulesService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** As it is known now: the country's rows and the organisation's own. Throws NotFound. */
  of(organizationId: string): Promise<PenaltyRules> {
    return readPenaltyRules(this.db, organizationId);
  }

  /** The organisation's own schedule for debts due from a day on, up to what was set for later. Refuses PENALTY_BANDS, CATALOGUE_CHANGED. */
  async setSchedule(viewer: Staff, input: PenaltyScheduleInput): Promise<void> {
    const { organizationId, payer, group, bands } = input;
    const document = documentOf(input, bandsRefused(bands));
    const says = {
      from_days: bands.map(({ fromDay }) => fromDay),
      numerators: bands.map(({ numerator }) => numerator),
      denominators: bands.map(({ denominator }) => denominator),
      is_capped: input.isCapped,
      up_to_principal: input.upToPrincipal,
      document,
    };
    const dated: DatedRows = {
      table: 'penalty_schedule',
      key: { organization_id: organizationId, payer, service_group: group },
      columns: ['country', ...Object.keys(says), 'created_by', 'created_at'],
    };
    await this.change(viewer, organizationId, 'penalty.schedule', async (tx, moment) => {
      const country = (await row<{ country: string }>(tx, COUNTRY, [organizationId]))?.country;
      const objectId = await this.setRow(tx, { dated, says: { country, ...says }, input, moment, viewer });
      return objectId && { objectId, details: { payer, group, from: input.from } };
    });
  }

  /** Takes the organisation's own schedule back: the law counts again from the first day that is not closed. */
  withdrawSchedule(viewer: Staff, organizationId: string, id: string): Promise<void> {
    const table = 'penalty_schedule';
    return this.withdraw(viewer, { table, action: 'penalty.schedule.withdraw', organizationId, id });
  }

  /** Days on which nothing accrues. Refuses DATES_OVERLAP where the same is written already, ACCOUNT_UNKNOWN. */
  async addMoratorium(viewer: Staff, input: PenaltyMoratoriumInput): Promise<void> {
    const { organizationId, accountNumber, payer = null, group = null, from, to = null, clientKey } = input;
    const isBackwards = to !== null && to < from;
    const document = documentOf(
      input,
      isBackwards ? [{ code: 'DATE_OUT_OF_RANGE', path: ['input', 'to'], params: { from } }] : [],
    );
    const action = 'penalty.moratorium';
    await this.change(viewer, organizationId, action, async (tx, moment) => {
      const said = { accountNumber: accountNumber ?? null, payer, group, from, to, document };
      if (await wasSent(tx, { organizationId, action, clientKey, said }, moment.now)) return undefined;
      refuseDay(from, moment);
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
        `insert into penalty_moratorium (organization_id, country, account_id, payer, service_group, document, valid, known,
           created_by, created_at)
         select o.id, o.country, $2, $3, $4, $5, daterange($6, $7, '[]'), tstzrange($8, null), $9, $8
         from organization o where o.id = $1 returning id`,
        [organizationId, accountId, payer, group, document, from, to, moment.now, viewer.userId],
      );
      return added && { objectId: added.id, details: { from, to, accountId } };
    });
  }

  /** Takes a moratorium or agreement of the organisation back, from the first day that is not closed. */
  withdrawMoratorium(viewer: Staff, organizationId: string, id: string): Promise<void> {
    const table = 'penalty_moratorium';
    return this.withdraw(viewer, { table, action: 'penalty.moratorium.withdraw', organizationId, id });
  }

  /** How payments are split from a day on, up to what was set for later. Refuses CATALOGUE_CHANGED. */
  async setAllocation(viewer: Staff, input: AllocationRuleInput): Promise<void> {
    const { organizationId, mode, from } = input;
    const says = { mode, document: documentOf(input) };
    const dated: DatedRows = {
      table: 'allocation_rule',
      key: { organization_id: organizationId },
      columns: [...Object.keys(says), 'created_by', 'created_at'],
    };
    await this.change(viewer, organizationId, 'payment.allocation', async (tx, moment) => {
      const objectId = await this.setRow(tx, { dated, says, input, moment, viewer });
      return objectId && { objectId, details: { mode, from } };
    });
  }

  /** Writes the row of a change. Answers its id; undefined where the change had been made before. */
  private async setRow(
    tx: Tx,
    { dated, says, input, moment, viewer }: RowChange,
  ): Promise<string | undefined> {
    if (await isRepeated(tx, dated, says, input)) return undefined;
    refuseDay(input.from, moment);
    const cut = await cutFrom(tx, dated, { ...input, now: moment.now });
    const author = { created_by: viewer.userId, created_at: moment.now };
    return begin(tx, dated, { ...says, ...author }, { ...input, ...cut });
  }

  /** Days of closed months keep what was withdrawn. Refuses PERIOD_NOT_OPEN where it is for such days only. */
  private async withdraw(viewer: Staff, { table, action, organizationId, id }: Withdrawn): Promise<void> {
    requireIds(organizationId, id);
    await this.change(viewer, organizationId, action, async (tx, { now, changesFrom, hasClosed }) => {
      const ended = await row<{ at: Date; isOver: boolean }>(
        tx,
        `with ended as (
           update ${table} set known = tstzrange(lower(known), greatest($3::timestamptz, lower(known) + interval '1 millisecond'))
           where organization_id = $1 and id = $2 and upper_inf(known) returning valid, upper(known) as at)
         select at, $4 and upper(valid) <= $5::date as "isOver" from ended`,
        [organizationId, id, now, hasClosed, changesFrom],
      );
      if (!ended) throw new NotFound();
      if (ended.isOver) throw new Refusal('PERIOD_NOT_OPEN');
      if (hasClosed)
        await rows(
          tx,
          `insert into ${table} (${COLUMNS[table]}, valid, known)
           select ${COLUMNS[table]}, valid * daterange(null, $3), tstzrange($4, null) from ${table}
           where organization_id = $1 and id = $2 and valid && daterange(null, $3)`,
          [organizationId, id, changesFrom, ended.at],
        );
      return { objectId: id, details: {} };
    });
  }

  /** In the organisation's books, written down where something was changed. */
  private async change(
    viewer: Staff,
    organizationId: string,
    action: string,
    work: (tx: Tx, moment: Moment) => Promise<Changed | '' | undefined>,
  ): Promise<void> {
    requireIds(organizationId);
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      // two who change rules of an organisation at the same moment do it one after another
      await rows(tx, `select pg_advisory_xact_lock(hashtextextended('penalty-rules ' || $1, 0))`, [
        organizationId,
      ]);
      const now = await this.clock.now();
      const changed = await work(tx, { now, ...(await readCalendar(tx, organizationId)) });
      if (!changed) return;
      const [objectKind = ''] = action.split('.');
      await audit(tx, viewer, { at: now, action, organizationId, objectKind, ...changed });
    });
  }
}

interface RowChange {
  dated: DatedRows;
  says: Readonly<Record<string, unknown>>;
  input: SentChange;
  moment: Moment;
  viewer: Staff;
}
interface Withdrawn {
  table: keyof typeof COLUMNS;
  action: string;
  organizationId: string;
  id: string;
}

const COUNTRY = 'select country from organization where id = $1';
const COLUMNS = {
  penalty_schedule:
    'organization_id, country, payer, service_group, from_days, numerators, denominators, is_capped, up_to_principal, document, created_by, created_at',
  penalty_moratorium:
    'organization_id, country, account_id, payer, service_group, document, created_by, created_at',
} as const;

function refuseDay(from: CivilDate, moment: Moment): void {
  const refusals = dayRefused(from, moment);
  if (refusals.length) throw new Refusal(refusals);
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
