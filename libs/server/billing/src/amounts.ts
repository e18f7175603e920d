/** The sums of a statement line, in the order of the ledger's identity (domain StatementLine, statement_line). */
export const AMOUNTS = [
  'opening',
  'charged',
  'recalculated',
  'underdelivered',
  'benefit',
  'adjusted',
  'paid',
  'closing',
] as const;

/** Parts of what is charged that have figures of their own. */
export const PARTS = ['vat', 'excess'] as const;
