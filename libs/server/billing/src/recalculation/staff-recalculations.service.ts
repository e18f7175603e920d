import { Inject, Injectable } from '@nestjs/common';
import {
  type LineDifference,
  type Money,
  type Month,
  difference,
  firstDay,
  monthOf,
  sum,
} from '@kvartal/domain';
import {
  Clock,
  NotFound,
  Refusal,
  type Staff,
  type Tx,
  inTransaction,
  requireIds,
  row,
  rows,
  wasSent,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { ComputedMonths } from '../explaining/computed-months';
import { type CorrectedPlace, ReadingCorrections } from './corrections.service';
import { type Due, readDue } from './recalculation.books';
import { type AccountMonth, Recalculations, enterRecalculation, markDone } from './recalculations.service';
import type {
  CorrectReadingInput,
  RecalculatedMonth,
  RecalculationAsked,
  RecalculationInput,
  RecalculationPreview,
} from './recalculations.types';

/** What is charged anew: an account or a house, from a month to another. */
interface Asked {
  organizationId: string;
  houseId: string;
  accountId: string | null;
  from: Month;
  until: Month;
}

/** Carries what would be out of the transaction that must leave nothing behind. */
class OnlySeen extends Error {
  constructor(readonly preview: RecalculationPreview) {
    super('only seen');
  }
}

/**
 * Closed months charged anew because staff ask for it, or have corrected a reading: what it would come to first, by the very
 * work that is done afterwards, taken back. What is confirmed is posted only where it comes to the sum that was seen.
 */
@Injectable()
export class StaffRecalculations {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Recalculations) private readonly recalculations: Recalculations,
    @Inject(ReadingCorrections) private readonly corrections: ReadingCorrections,
    @Inject(ComputedMonths) private readonly months: ComputedMonths,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What charging closed months anew would post. Refuses PERIOD_NOT_CLOSED, DAYS_ORDER; throws NotFound. */
  preview(viewer: Staff, asked: RecalculationAsked): Promise<RecalculationPreview> {
    return this.see(asked.organizationId, async (tx) => this.charge(tx, viewer, await askedOf(tx, asked)));
  }

  /** Posts it. Refuses RECALCULATION_CHANGED where it comes to another sum than was seen, IDEMPOTENCY_KEY_REUSED. */
  recalculate(viewer: Staff, { clientKey, expected, ...input }: RecalculationInput): Promise<void> {
    const { organizationId, ...asked } = input;
    return inTransaction(this.db, async (tx) => {
      await enterRecalculation(tx, organizationId);
      const said = { ...asked, expected };
      const sent = { organizationId, action: 'recalculation.ask', clientKey, said };
      if (await wasSent(tx, sent, await this.clock.now())) return;
      refuseOther(await this.charge(tx, viewer, await askedOf(tx, input)), expected);
    });
  }

  /** What a corrected reading would post. Refuses as the correction does. */
  previewCorrection(viewer: Staff, input: CorrectReadingInput): Promise<RecalculationPreview> {
    return this.see(input.organizationId, async (tx) => {
      const place = await this.corrections.enter(tx, viewer, input);
      return this.charge(tx, viewer, await afterCorrection(tx, input, place));
    });
  }

  /** Corrects a reading and posts what its closed months cost otherwise. Refuses RECALCULATION_CHANGED. */
  correct(viewer: Staff, input: CorrectReadingInput, expected: Money): Promise<void> {
    return inTransaction(this.db, async (tx) => {
      await enterRecalculation(tx, input.organizationId);
      const place = await this.corrections.enter(tx, viewer, input);
      if (!place.isNew) return;
      refuseOther(await this.charge(tx, viewer, await afterCorrection(tx, input, place)), expected);
    });
  }

  private async see(
    organizationId: string,
    work: (tx: Tx) => Promise<RecalculationPreview>,
  ): Promise<RecalculationPreview> {
    requireIds(organizationId);
    try {
      return await inTransaction(this.db, async (tx) => {
        await enterRecalculation(tx, organizationId);
        throw new OnlySeen(await work(tx));
      });
    } catch (thrown) {
      if (thrown instanceof OnlySeen) return thrown.preview;
      throw thrown;
    }
  }

  private async charge(tx: Tx, viewer: Staff, asked: Asked): Promise<RecalculationPreview> {
    const { organizationId, houseId, accountId, from, until } = asked;
    const at = await this.clock.now();
    const own = await addDue(tx, asked, at);
    const dues = (await readDue(tx, organizationId)).filter((due) => isWithin(due, asked));
    const work = { organizationId, houseIds: [houseId], dues, by: viewer, at, only: { accountId, until } };
    const found = await this.recalculations.charge(tx, work);
    // what is due beside it, of other accounts or of later months, stays due
    const isWhole = (await laterClosed(tx, organizationId, until)) === 0;
    const done = dues.filter(
      (due) => due.id === own || (isWhole && due.accountId !== null && due.firstMonth >= from),
    );
    await markDone(tx, { organizationId, dues: done, at });
    return this.told(tx, asked, found);
  }

  /** The months in words: sums by line, with causes where they explain the sum to the kopek. */
  private async told(
    tx: Tx,
    { organizationId, houseId }: Asked,
    found: readonly AccountMonth[],
  ): Promise<RecalculationPreview> {
    const names = await namesOf(tx, organizationId, found);
    const months: RecalculatedMonth[] = [];
    for (const { accountId, month, lines } of found) {
      const causes = await this.causesOf(tx, { organizationId, houseId, accountId, month });
      months.push({
        accountId,
        accountNumber: names.accounts.get(accountId) ?? '',
        month,
        sum: sum(lines.map(({ amount }) => amount)),
        lines: lines.map(({ serviceId, supplierId, quantity, amount }) => {
          const told = causes.find((one) => one.serviceId === serviceId && one.supplierId === supplierId);
          const parts = told?.causes.map(({ cause, amount: part }) => ({ cause, amount: part })) ?? [];
          return {
            service: names.services.get(serviceId)?.name ?? '',
            unit: names.services.get(serviceId)?.unit ?? '',
            quantity,
            amount,
            causes: sum(parts.map((one) => one.amount)) === amount ? parts : [],
          };
        }),
      });
    }
    return { months, sum: sum(months.map((one) => one.sum)) };
  }

  /** The month as the closing knew it against the month as it is known now. */
  private async causesOf(
    tx: Tx,
    of: { organizationId: string; houseId: string; accountId: string; month: Month },
  ): Promise<LineDifference[]> {
    const computed = await this.months.closed(tx, of.organizationId, of.month);
    const whose = { houseIds: [of.houseId], accountId: of.accountId };
    const [before] = await this.months.read(tx, computed, whose);
    const [after] = await this.months.read(tx, { ...computed, knownAt: null }, whose);
    return before && after ? difference(before, after) : [];
  }
}

function refuseOther({ sum: now }: RecalculationPreview, expected: Money): void {
  if (now !== expected) throw new Refusal('RECALCULATION_CHANGED', { path: ['input', 'expected'] });
}

const isWithin = (due: Due, { houseId, accountId }: Asked): boolean =>
  (due.houseId === null || due.houseId === houseId) &&
  (accountId === null || due.accountId === null || due.accountId === accountId);

async function laterClosed(tx: Tx, organizationId: string, until: Month): Promise<number> {
  const found = await row<{ count: number }>(
    tx,
    `select count(*)::int as count from period where organization_id = $1 and state = 'CLOSED' and month > $2`,
    [organizationId, firstDay(until)],
  );
  return found?.count ?? 0;
}

/** What staff ask for is due like anything that was learnt. Answers its id. */
async function addDue(
  tx: Tx,
  { organizationId, houseId, accountId, from }: Asked,
  at: Date,
): Promise<string> {
  const added = await row<{ id: string }>(
    tx,
    `insert into recalculation_due (organization_id, house_id, account_id, first_month, cause, source_id, created_at)
     values ($1, $2, $3, $4, 'staff', 0, $5) returning id::text as id`,
    [organizationId, houseId, accountId, firstDay(from), at],
  );
  return added?.id ?? '';
}

/** The months that are meant, closed ones; the house of the account. */
async function askedOf(tx: Tx, input: RecalculationAsked): Promise<Asked> {
  const { organizationId, houseId, accountId = null, from, to } = input;
  requireIds(houseId, ...(accountId === null ? [] : [accountId]));
  const found = await row<{ closed: number }>(
    tx,
    `select (select count(*)::int from period where organization_id = $1 and state = 'CLOSED' and month in ($4, $5)) as closed
     from house h where h.organization_id = $1 and h.id = $2 and ($3::bigint is null or exists (
       select from account a where a.organization_id = $1 and a.id = $3 and a.house_id = h.id))`,
    [organizationId, houseId, accountId, firstDay(from), firstDay(to)],
  );
  if (!found) throw new NotFound();
  if (to < from) throw new Refusal('DAYS_ORDER', { path: ['input', 'to'] });
  if (found.closed < new Set([from, to]).size)
    throw new Refusal('PERIOD_NOT_CLOSED', { path: ['input', 'to'] });
  return { organizationId, houseId, accountId, from, until: to };
}

/** A corrected reading changes its month and those after it. */
async function afterCorrection(
  tx: Tx,
  { organizationId, takenOn }: CorrectReadingInput,
  { houseId, accountId }: CorrectedPlace,
): Promise<Asked> {
  const last = await row<{ month: Month }>(
    tx,
    `select to_char(max(month), 'YYYY-MM') as month from period where organization_id = $1 and state = 'CLOSED'`,
    [organizationId],
  );
  const from = monthOf(takenOn);
  return { organizationId, houseId, accountId, from, until: last?.month ?? from };
}

async function namesOf(tx: Tx, organizationId: string, found: readonly AccountMonth[]) {
  const services = await rows<{ id: string; name: string; unit: string }>(
    tx,
    'select id, name, unit from service where organization_id = $1',
    [organizationId],
  );
  const accounts = await rows<{ id: string; number: string }>(
    tx,
    'select id, number from account where organization_id = $1 and id = any($2::bigint[])',
    [organizationId, found.map(({ accountId }) => accountId)],
  );
  return {
    services: new Map(services.map((one) => [one.id, one])),
    accounts: new Map(accounts.map(({ id, number }) => [id, number])),
  };
}
