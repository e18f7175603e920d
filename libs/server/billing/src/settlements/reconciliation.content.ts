import {
  type CivilDate,
  type Money,
  type Reconciled,
  earlierDate,
  firstDay,
  lastDay,
  laterDate,
  moneyText,
  monthOf,
  negate,
  previousMonth,
  reconcile,
} from '@kvartal/domain';
import { showDate, showMoney, showMonth, sumInWords } from '@kvartal/words';
import type { Party } from './party';
import { RECONCILIATION as WORDS, TAX_IDS } from './settlements.words.ru';
import type { MonthSettlement } from './settlements.types';
import type { AccountLedger, ActEntry } from './reconciliation.queries';

/** One row of an act: a day, what happened, and in which column. */
export interface ActRow {
  on: CivilDate;
  document: string;
  debit: Money | null;
  credit: Money | null;
}

/** What is reconciled by itself: the main debt, or penalties. */
export interface ActSection {
  title: string;
  opening: Money;
  rows: readonly ActRow[];
  debit: Money;
  credit: Money;
  closing: Money;
}

/** A reconciliation statement in words: all that is printed, whatever draws it. The same for the same ledger. */
export interface ActContent {
  title: string;
  numbered: string;
  period: string;
  between: string;
  account: string;
  sections: readonly ActSection[];
  /** The balance that both are asked to agree to, in figures and in words. */
  conclusion: string;
  parties: readonly [ours: string, theirs: string];
  opensOn: string;
  closesOn: string;
  info: { title: string; author: string; createdOn: CivilDate };
}

export interface ActRange {
  from: CivilDate;
  to: CivilDate;
  /** The day that the act is drawn up on. */
  madeOn: CivilDate;
}

/** Sums of an act over its sections, minor units, debt positive. */
export const actTotals = (
  { entries }: Pick<AccountLedger, 'entries'>,
  range: Pick<ActRange, 'from' | 'to'>,
): Reconciled<ActEntry> => reconcile(entries, range);

/** The same month by month, newest first; months before the first entry are left out. */
export function actMonths(
  { entries }: Pick<AccountLedger, 'entries'>,
  { from, to }: Pick<ActRange, 'from' | 'to'>,
): MonthSettlement[] {
  const [first] = entries.map(({ on }) => on).sort();
  const months: MonthSettlement[] = [];
  if (first === undefined || first > to) return months;
  const start = laterDate(first, from);
  for (let month = monthOf(to); month >= monthOf(start); month = previousMonth(month)) {
    const days = { from: laterDate(firstDay(month), from), to: earlierDate(lastDay(month), to) };
    const { opening, debit, credit, closing } = reconcile(entries, days);
    months.push({ month, opening, debit, credit, closing });
  }
  return months;
}

/** Puts an account's ledger of some days into words. Penalties stand apart, where there are any. */
export function actContent(ledger: AccountLedger, range: ActRange): ActContent {
  const { from, to, madeOn } = range;
  const { organization, holder, accountNumber, address, currency } = ledger;
  const days = { from: showDate(from), to: showDate(to) };
  const { closing } = actTotals(ledger, range);
  return {
    title: WORDS.title,
    numbered: WORDS.numbered(`${accountNumber}/${to.replaceAll('-', '')}`, showDate(madeOn)),
    period: WORDS.period(days, WORDS.currencies[currency]),
    between: WORDS.between(partyText(organization, currency), partyText(holder, currency)),
    account: WORDS.account(accountNumber, address),
    sections: sectionsOf(ledger, range),
    conclusion: conclusionOf(ledger, closing, days.to),
    parties: [organization.name, holder.name],
    opensOn: WORDS.balanceOn(days.from),
    closesOn: WORDS.balanceOn(days.to),
    info: { title: `${WORDS.title}, ${accountNumber}`, author: organization.name, createdOn: madeOn },
  };
}

function sectionsOf({ entries }: AccountLedger, range: ActRange): ActSection[] {
  const of = (title: string, own: readonly ActEntry[]): ActSection => {
    const { entries: shown, ...sums } = reconcile(own, range);
    return { title, ...sums, rows: shown.map(rowOf) };
  };
  const penalties = entries.filter(({ isPenalty }) => isPenalty);
  const main = of(
    WORDS.main,
    entries.filter(({ isPenalty }) => !isPenalty),
  );
  return penalties.length === 0 ? [main] : [main, of(WORDS.penalties, penalties)];
}

const rowOf = (entry: ActEntry): ActRow => ({
  on: entry.on,
  document: documentOf(entry),
  debit: entry.side === 'DEBIT' ? entry.amount : null,
  credit: entry.side === 'CREDIT' ? entry.amount : null,
});

function documentOf({ what, month, bill, valueDate, reason, isReversal }: ActEntry): string {
  const name = WORDS.entries[what];
  const when = valueDate === null ? WORDS.of(showMonth(month, 'ru')) : WORDS.dated(showDate(valueDate));
  const text = what === 'OPENING' ? name : `${name} ${when}`;
  const whole = isReversal ? `${WORDS.reversal}: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text;
  const more = [bill === null ? '' : WORDS.bill(bill), reason].filter(Boolean);
  return [whole, ...more].join(', ');
}

function conclusionOf(
  { organization, holder, currency }: AccountLedger,
  closing: Money,
  day: string,
): string {
  if (closing === 0n) return WORDS.even(day);
  const owed = closing > 0n ? closing : negate(closing);
  const text = moneyText(owed);
  const creditor = closing > 0n ? organization.name : holder.name;
  return WORDS.owes(day, creditor, showMoney(text, currency), sumInWords(text, currency));
}

/** «ООО «Ромашка», ИНН 7707083893, КПП 773601001» */
function partyText({ name, taxId, kpp }: Party, currency: AccountLedger['currency']): string {
  const ids = [taxId ? `${TAX_IDS[currency]} ${taxId}` : '', kpp ? `КПП ${kpp}` : ''];
  return [name, ...ids].filter(Boolean).join(', ');
}
