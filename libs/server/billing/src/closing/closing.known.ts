/**
 * Rows that count, by their range `known`: those that are believed now, or those that were believed at a moment. Of the
 * present the text is always the same, and fits the partial indexes; of the past both halves are named, so that the rows
 * which were corrected since are looked up by an index of their own.
 */
export function believed(known: string, at?: Date): string {
  const now = `upper_inf(${known})`;
  return at === undefined ? now : `(${now} or not ${now}) and ${known} @> '${at.toISOString()}'::timestamptz`;
}
