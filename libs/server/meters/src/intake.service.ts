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
import { IntakeQueries } from './intake.queries';
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
    serve: (asked) => this.submitTogether(asked),
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

  private async submitTogether(asked: readonly Submission[]): Promise<PromiseSettledResult<Reading[]>[]> {
    const known = asked.length > 1 ? await this.queries.ofAccounts(this.db, asked.map(accountOf)) : [];
    const now = await this.clock.now();
    const decided = asked.map((one, at) => settledNow(() => decide(one, known[at], now)));
    return [];
  }

  private async submitAlone({ person, input }: Submission): Promise<Reading[]> {
    return [];
  }
}
