import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { addMonths, firstDay, type Month, monthOf, todayIn } from '@kvartal/domain';
import {
  Clock,
  type Machine,
  NotFound,
  Refusal,
  type Resident,
  type Tx,
  audit,
  inTransaction,
  isId,
  refusalView,
  requireIds,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { whileContested } from './contested';
import { Gathering } from './gathering';
import { IntakeBook, type IntakeChanges } from './intake.book';
import { type AskedAccount, IntakeQueries } from './intake.queries';
import type { KnownIntake } from './intake.state';
import type { BatchReadingAnswer, BatchReadingInput, SubmitReadingsInput } from './intake.types';
import { intakeView } from './intake.view';
import type { Intake, Reading } from './meters.types';
import { type Decided, decideSubmission } from './submission';

const PAGE_LIMIT = 100;
const BATCH_LIMIT = 1000;
const MONTHS_BACK = 24;

interface Submission {
  person: string;
  input: SubmitReadingsInput;
}

/**
 * Takes readings in: one statement reads what decides, the domain decides, one statement writes; people who send at the
 * same moment share both statements. Where two enter the same month of a register at once, one of them decides again;
 * exactly one reading settles the month.
 */
@Injectable()
export class ReadingIntake {
  private readonly gathering = new Gathering<Submission, Reading[]>({
    serve: (asked) => this.serve(asked),
    groupOf: ({ input }) => input.organizationId,
    keyOf: ({ input }) => `${input.organizationId}/${input.accountId}`,
    together: 50,
    atOnce: 2,
  });

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(IntakeQueries) private readonly queries: IntakeQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The meters of an account, ready to be read. The caller has made sure that the account may be seen. */
  async of(account: AccountScope): Promise<Intake> {
    return intakeView(await this.queries.ofAccount(this.db, { ...account, person: null, keys: [] }));
  }

  /**
   * Enters the readings of one account by a resident, all or none (see decideSubmission for what is refused). A key that
   * was used before answers what it entered then. Throws NotFound unless the account is linked to the viewer.
   */
  async submit(viewer: Resident, input: SubmitReadingsInput): Promise<Reading[]> {
    requireIds(input.organizationId, input.accountId);
    const { length } = input.readings;
    if (length === 0) throw new Refusal('REQUIRED', { path: ['readings'] });
    if (length > PAGE_LIMIT) throw new Refusal('BATCH_TOO_LONG', { params: { max: PAGE_LIMIT, length } });
    return this.gathering.ask({ person: viewer.userId, input });
  }

  /** Enters up to 1,000 readings of an organisation's registers, each accepted or refused by itself. */
  async submitBatch(viewer: Machine, readings: readonly BatchReadingInput[]): Promise<BatchReadingAnswer[]> {
    const { length } = readings;
    if (length > BATCH_LIMIT) throw new Refusal('BATCH_TOO_LONG', { params: { max: BATCH_LIMIT, length } });
    if (length === 0) return [];
    return whileContested(() => inTransaction(this.db, (tx) => this.submitBatchOnce(tx, viewer, readings)));
  }

  /** Together where that goes; each by itself where anything came between. */
  private async serve(asked: readonly Submission[]): Promise<PromiseSettledResult<Reading[]>[]> {
    if (asked.length > 1) {
      const together = await this.submitTogether(asked).catch(() => undefined);
      if (together) return together;
    }
    return Promise.allSettled(asked.map((one) => whileContested(() => this.submitAlone(one))));
  }

  private async submitAlone(one: Submission): Promise<Reading[]> {
    const [answer] = await this.submitTogether([one]);
    if (answer?.status === 'fulfilled') return answer.value;
    throw answer?.reason;
  }

  /** Submissions to one organisation, of different accounts: one statement reads, one writes all that are right. */
  private async submitTogether(asked: readonly Submission[]): Promise<PromiseSettledResult<Reading[]>[]> {
    const known = await this.queries.ofAccounts(this.db, asked.map(accountOf));
    const now = await this.clock.now();
    const decided = asked.map((one, at) => settled(() => decide(one, known[at], now)));
    const right = decided.flatMap((one) => (one.status === 'fulfilled' ? [one.value.book.changes()] : []));
    const books = known.find((one) => one !== undefined);
    const written = books
      ? await this.queries.write(this.db, books, merged(right))
      : new Map<string, string>();
    return decided.map((one) =>
      one.status === 'rejected' ? one : settled(() => answersOf(one.value, written)),
    );
  }

  private async submitBatchOnce(
    tx: Tx,
    viewer: Machine,
    readings: readonly BatchReadingInput[],
  ): Promise<BatchReadingAnswer[]> {
    const now = await this.clock.now();
    const known = await this.queries.ofRegisters(tx, viewer.organizationId, {
      registerIds: [...new Set(readings.map(({ registerId }) => registerId).filter(isId))],
      recent: earliestMonth(readings, now),
      keys: [...new Set(readings.map(({ clientKey }) => clientKey))],
    });
    const book = new IntakeBook(known, { source: 'API', now, person: null });
    const verdicts = readings.map((reading, at) => book.take(reading, ['readings', at]));
    const written = await this.queries.write(tx, known, book.changes());
    if (written.size)
      await audit(tx, viewer, {
        at: now,
        action: 'reading.batch',
        organizationId: viewer.organizationId,
        details: { entered: written.size },
      });
    return verdicts.map((verdict, at) => ({
      clientKey: readings[at]?.clientKey ?? '',
      reading: book.answer(verdict, written) ?? null,
      refusals: verdict.refusals.map(refusalView),
    }));
  }
}

const accountOf = ({ person, input: { organizationId, accountId, readings } }: Submission): AskedAccount => ({
  organizationId,
  accountId,
  person,
  keys: readings.map(({ clientKey }) => clientKey),
});

function decide({ person, input }: Submission, known: KnownIntake | undefined, now: Date): Decided {
  if (!known?.isLinked) throw new NotFound();
  return decideSubmission(known, input, { person, now });
}

const answersOf = ({ book, verdicts }: Decided, written: ReadonlyMap<string, string>): Reading[] =>
  verdicts.flatMap((verdict) => book.answer(verdict, written) ?? []);

const merged = (changes: readonly IntakeChanges[]): IntakeChanges => ({
  entered: changes.flatMap(({ entered }) => entered),
  changed: changes.flatMap(({ changed }) => changed),
});

function settled<T>(work: () => T): PromiseSettledResult<T> {
  try {
    return { status: 'fulfilled', value: work() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}

/** From which month on all readings have to be known: of the earliest day, and of the month before for a wrapped window. */
export function earliestMonth(readings: readonly Pick<BatchReadingInput, 'takenOn'>[], now: Date): Month {
  const today = todayIn(now, 'UTC');
  const bound = addMonths(monthOf(today), -MONTHS_BACK);
  const earliest = readings.reduce((first, { takenOn }) => (takenOn < first ? takenOn : first), today);
  return earliest < firstDay(bound) ? bound : addMonths(monthOf(earliest), -1);
}
