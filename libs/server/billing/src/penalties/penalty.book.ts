import {
  type CivilDate,
  type DaySpan,
  type DueDayRule,
  type Month,
  type PayableLine,
  type PenaltyBand,
  type PenaltyTerms,
  type RateRule,
  addDays,
  civilDate,
  dateOfDayNumber,
  dayNumber,
  daySpan,
  dueDates,
  monthOf,
  ratioOf,
} from '@kvartal/domain';
import { row, type Tx } from '@kvartal/platform';
import { believed } from '../closing/closing.known';

export type Payer = 'PERSON' | 'LEGAL';
export type DebtGroup = Exclude<PayableLine['group'], 'PENALTY'>;

interface DatedRow {
  from: CivilDate | null;
  to: CivilDate | null;
}
interface ScheduleRow extends DatedRow {
  id: string;
  payer: Payer;
  group: DebtGroup;
  fromDays: number[];
  numerators: number[];
  denominators: number[];
  isCapped: boolean;
  upToPrincipal: boolean;
}
interface MoratoriumRow extends DatedRow {
  accountId: string | null;
  payer: Payer | null;
  group: DebtGroup | null;
}
interface RateRow extends DatedRow {
  kind: 'KEY_RATE' | 'PENALTY_CAP' | 'PENALTY_FIXED' | 'DUE_DAY';
  value: string;
}
interface BookRow {
  shiftsToWorkday: boolean | null;
  schedules: ScheduleRow[];
  moratoria: MoratoriumRow[];
  rates: RateRow[];
}

/** The table keeps shares of one, the rules count in per cents. */
const PER_CENT = 100n;
const WHOLE = 100_000_000n;
const LONG_AGO = civilDate('1970-01-01');

/** By what an organisation's debts are penalised: due days, schedules, key rates with their caps, moratoria, agreements. */
export class PenaltyBook {
  private readonly terms = new Map<string, PenaltyTerms>();
  private readonly agreements = new Map<string, MoratoriumRow[]>();
  private readonly dueDays: readonly DueDayRule[];
  private readonly schedules: readonly (Omit<ScheduleRow, 'from' | 'to'> & { days: DaySpan })[];

  constructor(private readonly law: BookRow) {
    this.schedules = law.schedules.map(({ from, to, ...one }) => ({ ...one, days: daySpan({ from, to }) }));
    this.dueDays = law.rates
      .filter(({ kind }) => kind === 'DUE_DAY')
      .map(({ from, value }) => ({ from: monthOf(from ?? LONG_AGO), day: Number(BigInt(value) / WHOLE) }));
    for (const one of law.moratoria)
      if (one.accountId !== null)
        this.agreements.set(one.accountId, [...(this.agreements.get(one.accountId) ?? []), one]);
  }

  /** The last day on which a month's bill is paid in time, as a number. */
  dueOf(month: Month): number {
    const daysOff = this.law.shiftsToWorkday === true ? new Set<CivilDate>() : undefined;
    return dayNumber(dueDates(month, this.dueDays, daysOff).dueDate);
  }

  /** What a debt of that day costs; undefined where no schedule is for it. One object for all whom it concerns. */
  termsOf(payer: Payer, group: DebtGroup, due: number): PenaltyTerms | undefined {
    const schedule = this.schedules.find(
      (one) => one.payer === payer && one.group === group && one.days.from <= due && due < one.days.to,
    );
    if (!schedule) return undefined;
    let terms = this.terms.get(schedule.id);
    if (!terms) this.terms.set(schedule.id, (terms = this.makeTerms(schedule)));
    return terms;
  }

  /** Days on which nothing accrues on an account's debts by an agreement with it; ascending, apart from each other. */
  suspendedOf(accountId: string, payer: Payer, group: DebtGroup): readonly DaySpan[] {
    const agreed = this.agreements.get(accountId);
    if (!agreed) return NO_DAYS;
    const spans = agreed
      .filter((one) => concerns(one, payer, group))
      .map((one) => daySpan(one))
      .sort((one, other) => one.from - other.from);
    const joined: DaySpan[] = [];
    for (const span of spans) {
      const last = joined.at(-1);
      if (last && span.from <= last.to)
        joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
      else joined.push(span);
    }
    return joined;
  }

  private makeTerms(schedule: Omit<ScheduleRow, 'from' | 'to'>): PenaltyTerms {
    const { payer, group, isCapped, upToPrincipal } = schedule;
    const keyRates = this.law.rates.flatMap(({ kind, from, value }) =>
      kind === 'KEY_RATE' ? [{ from: from ?? LONG_AGO, rate: ratioOf(BigInt(value) * PER_CENT) }] : [],
    );
    const moratoria = this.law.moratoria
      .filter((one) => one.accountId === null && concerns(one, payer, group))
      .map((one) => inclusive(one));
    return {
      scheme: { bands: bandsOf(schedule), upToPrincipal },
      keyRates,
      rateRules: isCapped ? this.law.rates.flatMap(rateRules) : [],
      moratoria,
    };
  }
}

const NO_DAYS: readonly DaySpan[] = [];

const concerns = (one: MoratoriumRow, payer: Payer, group: DebtGroup): boolean =>
  (one.payer ?? payer) === payer && (one.group ?? group) === group;

const inclusive = ({ from, to }: DatedRow) => ({
  from: from ?? LONG_AGO,
  to: to === null ? null : addDays(to, -1),
});

function rateRules({ kind, value, ...days }: RateRow): RateRule[] {
  if (kind !== 'PENALTY_CAP' && kind !== 'PENALTY_FIXED') return [];
  const mode = kind === 'PENALTY_CAP' ? 'MIN' : 'FIXED';
  return [{ ...inclusive(days), mode, rate: ratioOf(BigInt(value) * PER_CENT) }];
}

/** Each band ends where the next begins; one that costs nothing is left out. */
function bandsOf({
  fromDays,
  numerators,
  denominators,
}: Pick<ScheduleRow, 'fromDays' | 'numerators' | 'denominators'>): PenaltyBand[] {
  return fromDays.flatMap((fromDay, place) => {
    const next = fromDays[place + 1];
    const numerator = BigInt(numerators[place] ?? 0);
    const denominator = BigInt(denominators[place] ?? 1);
    return numerator === 0n
      ? []
      : [{ fromDay, toDay: next === undefined ? null : next - 1, numerator, denominator }];
  });
}

const DAYS = `'from', lower(r.valid), 'to', upper(r.valid)`;

/** Reads an organisation's book: its own schedules stand before its country's. */
export async function readPenaltyBook(
  tx: Pick<Tx, 'query'>,
  organizationId: string,
  knownAt?: Date,
): Promise<PenaltyBook> {
  const counts = believed('r.known', knownAt);
  const ours = `r.country = o.country and coalesce(r.organization_id, o.id) = o.id and ${counts}`;
  const found = await row<BookRow>(
    tx,
    `select (o.settings -> 'shiftToWorkday') = 'true' as "shiftsToWorkday",
       coalesce((select json_agg(json_build_object('id', r.id::text, ${DAYS}, 'payer', r.payer, 'group', r.service_group,
           'fromDays', r.from_days, 'numerators', r.numerators, 'denominators', r.denominators, 'isCapped', r.is_capped,
           'upToPrincipal', r.up_to_principal) order by r.organization_id nulls last, lower(r.valid))
         from penalty_schedule r where ${ours}), '[]') as schedules,
       coalesce((select json_agg(json_build_object(${DAYS}, 'accountId', r.account_id::text, 'payer', r.payer,
           'group', r.service_group) order by lower(r.valid) nulls first)
         from penalty_moratorium r where ${ours}), '[]') as moratoria,
       coalesce((select json_agg(json_build_object('kind', r.kind, ${DAYS}, 'value', r.value::text) order by lower(r.valid) nulls first)
         from rate r where r.country = o.country and r.kind in ('KEY_RATE', 'PENALTY_CAP', 'PENALTY_FIXED', 'DUE_DAY')
           and ${counts}), '[]') as rates
     from organization o where o.id = $1`,
    [organizationId],
  );
  return new PenaltyBook(found ?? { shiftsToWorkday: null, schedules: [], moratoria: [], rates: [] });
}

/** The month in which a day lies. */
export const monthOfDay = (day: number): Month => monthOf(dateOfDayNumber(day));
