import { Refusal, type RefusalDetail } from '@kvartal/platform';
import { IntakeBook, type Verdict } from './intake.book';
import type { KnownIntake } from './intake.state';
import type { SubmitReadingsInput } from './intake.types';
import { refusalOfMeter, windowView } from './intake.view';

/** A page of readings that is right as a whole, not written yet. */
export interface Decided {
  book: IntakeBook;
  verdicts: readonly Verdict[];
}

/**
 * Decides about the readings of one account, all or none. Throws the Refusal: at `readings, i, value` by the rules of
 * intake; IMPLAUSIBLE_JUMP until it is confirmed; READING_PARTIAL (`filled`, `total` registers) until that is.
 */
export function decideSubmission(
  known: KnownIntake,
  input: SubmitReadingsInput,
  by: { person: string; now: Date },
): Decided {
  const book = new IntakeBook(known, { ...by, source: 'SITE' });
  const verdicts = input.readings.map((reading, at) =>
    book.take({ ...reading, takenOn: known.today }, ['readings', at]),
  );
  const refusals = verdicts.flatMap((verdict) => verdict.refusals);
  const partial = input.confirmPartial ? undefined : partialRefusal(known, book, verdicts);
  if (partial && refusals.every(({ code }) => code === 'IMPLAUSIBLE_JUMP')) refusals.push(partial);
  if (refusals.length) throw new Refusal(refusals);
  return { book, verdicts };
}

/** READING_PARTIAL where registers that could be read have no reading of the month, even counting these. */
function partialRefusal(
  known: KnownIntake,
  book: IntakeBook,
  verdicts: readonly Verdict[],
): RefusalDetail | undefined {
  const isRepeated = !book.hasFresh() && verdicts.every(({ refusals }) => !refusals.length);
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
