import { Inject, Injectable } from '@nestjs/common';
import type { AccountScope } from '@kvartal/accounts';
import { addMonths, firstDay, type Month, monthOf, todayIn } from '@kvartal/domain';
import {
  Clock,
  type Machine,
  NotFound,
  Refusal,
  type RefusalDetail,
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
import { type IntakeChanges, IntakeQueries, readingKey } from './intake.queries';
import { IntakeBook, type Verdict } from './intake.rules';
import type { KnownIntake, KnownReading, KnownRegister } from './intake.state';
import type { BatchReadingAnswer, BatchReadingInput, SubmitReadingsInput } from './intake.types';
import { intakeView, readingView, refusalOfMeter, windowView } from './intake.view';
import type { Intake, Reading } from './meters.types';

const PAGE_LIMIT = 100;
const BATCH_LIMIT = 1000;
const MONTHS_BACK = 24;

/**
 * Takes readings in: one statement reads what decides, the domain decides, one statement writes. Where two enter the
 * same month of a register at once, one of them decides again; exactly one reading settles the month.
 */
@Injectable()
export class ReadingIntake {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(IntakeQueries) private readonly queries: IntakeQueries,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The meters of an account, ready to be read. The caller has made sure that the account may be seen. */
  async of(account: AccountScope): Promise<Intake> {
    return intakeView(await this.queries.ofAccount(this.db, account));
  }

  /**
   * Enters the readings of one account by a resident, all or none. Refuses at `readings, i, value` by the rules of
   * intake; IMPLAUSIBLE_JUMP until it is confirmed; READING_PARTIAL (`filled`, `total` registers) until that is. A key
   * that was used before answers what it entered then.
   */
  async submit(viewer: Resident, input: SubmitReadingsInput): Promise<Reading[]> {
    requireIds(input.organizationId, input.accountId);
    const { length } = input.readings;
    if (length === 0) throw new Refusal('REQUIRED', { path: ['readings'] });
    if (length > PAGE_LIMIT) throw new Refusal('BATCH_TOO_LONG', { params: { max: PAGE_LIMIT, length } });
    return whileContested(() => this.submitOnce(viewer, input));
  }

  /** Enters up to 1,000 readings of an organisation's registers, each accepted or refused by itself. */
  async submitBatch(viewer: Machine, readings: readonly BatchReadingInput[]): Promise<BatchReadingAnswer[]> {
    const { length } = readings;
    if (length > BATCH_LIMIT) throw new Refusal('BATCH_TOO_LONG', { params: { max: BATCH_LIMIT, length } });
    if (length === 0) return [];
    return whileContested(() => inTransaction(this.db, (tx) => this.submitBatchOnce(tx, viewer, readings)));
  }

  private async submitOnce(viewer: Resident, input: SubmitReadingsInput): Promise<Reading[]> {
    const keys = input.readings.map(({ clientKey }) => clientKey);
    const known = await this.queries.ofAccount(this.db, input, { person: viewer.userId, keys });
    if (!known.isLinked) throw new NotFound();
    const book = new IntakeBook(known, { source: 'SITE', now: await this.clock.now() });
    const verdicts = input.readings.map((reading, at) =>
      book.take({ ...reading, takenOn: known.today }, ['readings', at]),
    );
    const refusals = verdicts.flatMap((verdict) => verdict.refusals);
    const partial = input.confirmPartial ? undefined : partialRefusal(known, book, verdicts);
    if (partial && refusals.every(({ code }) => code === 'IMPLAUSIBLE_JUMP')) refusals.push(partial);
    if (refusals.length) throw new Refusal(refusals);
    const written = await this.store(this.db, known, book, viewer.userId);
    return verdicts.flatMap((verdict) => answerOf(known, book, written, verdict) ?? []);
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
    const book = new IntakeBook(known, { source: 'API', now });
    const verdicts = readings.map((reading, at) => book.take(reading, ['readings', at]));
    const written = await this.store(tx, known, book, null);
    if (written.size)
      await audit(tx, viewer, {
        action: 'reading.batch',
        organizationId: viewer.organizationId,
        details: { entered: written.size },
      });
    return verdicts.map((verdict, at) => ({
      clientKey: readings[at]?.clientKey ?? '',
      reading: answerOf(known, book, written, verdict) ?? null,
      refusals: verdict.refusals.map(refusalView),
    }));
  }

  /** Writes the difference between what was known and what the book holds now; nothing where there is none. */
  private async store(
    tx: Pick<Tx, 'query'>,
    known: KnownIntake,
    book: IntakeBook,
    createdBy: string | null,
  ): Promise<Map<string, string>> {
    const changes: IntakeChanges = {
      entered: book.all().flatMap(freshOf),
      changed: known.registers.flatMap((register) => changedOf(register, book.registerOf(register.id))),
      createdBy,
      at: book.by.now,
    };
    return changes.entered.length ? this.queries.write(tx, known, changes) : new Map();
  }
}

const freshOf = ({ id, houseId, readings }: KnownRegister): IntakeChanges['entered'][number][] =>
  readings.filter((reading) => reading.id === null).map((reading) => ({ registerId: id, houseId, reading }));

function changedOf(before: KnownRegister, after: KnownRegister | undefined): KnownReading[] {
  const were = new Map(before.readings.map((reading) => [reading.id, reading]));
  return (after?.readings ?? []).filter((reading) => reading.id !== null && were.get(reading.id) !== reading);
}

/** The reading that a verdict names, with the id that it was given. */
function answerOf(
  known: KnownIntake,
  book: IntakeBook,
  written: ReadonlyMap<string, string>,
  { registerId, month, version }: Verdict,
): Reading | undefined {
  const register = book.registerOf(registerId);
  const reading = register?.readings.find((one) => one.month === month && one.version === version);
  if (!register || !reading) return undefined;
  const id = reading.id ?? written.get(readingKey(registerId, reading.month, reading.version)) ?? null;
  return readingView(known, register, { ...reading, id }, known.isLinked);
}

/** READING_PARTIAL where registers that could be read have no reading of the month, even counting these. */
function partialRefusal(
  known: KnownIntake,
  book: IntakeBook,
  verdicts: readonly Verdict[],
): RefusalDetail | undefined {
  const isRepeated =
    verdicts.every(({ refusals }) => !refusals.length) && !book.all().some((one) => freshOf(one).length);
  if (isRepeated) return undefined;
  const { month } = windowView(known);
  const sent = new Set(verdicts.map(({ registerId }) => registerId));
  const readable = book.all().filter((register) => !refusalOfMeter(known, register));
  const filled = readable.filter(
    ({ id, readings }) => sent.has(id) || readings.some((one) => one.month === month && one.settles),
  );
  if (filled.length >= readable.length) return undefined;
  return { code: 'READING_PARTIAL', params: { filled: filled.length, total: readable.length } };
}

/** From which month on readings have to be known: of the earliest day, and of the month before for a wrapped window. */
function earliestMonth(readings: readonly BatchReadingInput[], now: Date): Month {
  const today = todayIn(now, 'UTC');
  const bound = addMonths(monthOf(today), -MONTHS_BACK);
  const earliest = readings.reduce((first, { takenOn }) => (takenOn < first ? takenOn : first), today);
  return earliest < firstDay(bound) ? bound : addMonths(monthOf(earliest), -1);
}
