import { type HouseShare } from '../common-area';
import { type BenefitRight } from '../rules/benefits';
import { type EstimatedMonth } from '../rules/true-up';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type PeriodDays,
  type SettledReading,
} from '../snapshot';

/**
 * An account's month as if the same had been true in another: its facts as they stood day by day, the last ones
 * reaching to the other month's end. Money does not move but for the number of days.
 */
export function movedTo(account: AccountSnapshot, period: PeriodDays): AccountSnapshot {
  const { period: own } = account;
  if (own.from === period.from) return account;
  const by = period.from - own.from;
  const facts = <T extends DaySpan>(given: readonly T[]): T[] => movedFacts(given, own, period);
  return {
    ...account,
    period,
    areas: facts(account.areas),
    heatedAreas: facts(account.heatedAreas),
    residents: facts(account.residents),
    ...(account.owners ? { owners: facts(account.owners) } : {}),
    ...(account.absences
      ? { absences: account.absences.map((away) => ({ ...away, ...shifted(away, by) })) }
      : {}),
    registers: account.registers.map((register) => movedRegister(register, own, period)),
    services: account.services.map((service) => movedService(service, own, period)),
  };
}

/** What a house shared, in proportion to the days of another month. */
export function movedShare(share: HouseShare, period: PeriodDays): HouseShare {
  const days = BigInt(share.period.days);
  const commons = share.commons.map((common) => {
    const { sharedBy } = common.terms;
    if (!sharedBy) return common;
    const whole = (sharedBy.whole * BigInt(period.days)) / days;
    return { ...common, terms: { ...common.terms, sharedBy: { ...sharedBy, whole } } };
  });
  return { period, commons };
}

const shifted = ({ from, to }: DaySpan, by: number): DaySpan => ({ from: from + by, to: to + by });

/** A day of a month in another: the days before the month keep their distance, its last day is the other's last. */
function movedDay(day: number, own: PeriodDays, period: PeriodDays): number {
  if (day >= own.to - 1) return day - own.to + period.to;
  return Math.min(day - own.from + period.from, period.to - 1);
}

function movedFacts<T extends DaySpan>(facts: readonly T[], own: PeriodDays, period: PeriodDays): T[] {
  return facts.map((fact) => {
    const from = Math.min(fact.from - own.from + period.from, period.to);
    const to =
      fact.to >= own.to
        ? fact.to - own.to + period.to
        : Math.min(fact.to - own.from + period.from, period.to);
    return { ...fact, from: fact.from <= own.from ? Math.min(fact.from, from) : from, to };
  });
}

const movedReading = (reading: SettledReading, own: PeriodDays, period: PeriodDays): SettledReading => ({
  ...reading,
  on: movedDay(reading.on, own, period),
});

function movedRegister(register: AccountRegister, own: PeriodDays, period: PeriodDays): AccountRegister {
  const { previous, current, between, unusable, replaced, estimated } = register;
  const reading = (given: SettledReading): SettledReading => movedReading(given, own, period);
  return {
    ...register,
    previous: previous && reading(previous),
    current: current && reading(current),
    ...(between ? { between: between.map(reading) } : {}),
    ...(estimated
      ? { estimated: estimated.map((month) => movedEstimate(month, period.from - own.from)) }
      : {}),
    ...(unusable ? { unusable: { ...unusable, since: movedDay(unusable.since, own, period) } } : {}),
    ...(replaced
      ? { replaced: { ...replaced, previous: reading(replaced.previous), final: reading(replaced.final) } }
      : {}),
  };
}

/** A month before with the prices and the people of its days. */
function movedEstimate(month: EstimatedMonth, by: number): EstimatedMonth {
  const moved = <T extends DaySpan>(one: T): T => ({ ...one, ...shifted(one, by) });
  const { lines, residents } = month;
  return {
    ...moved(month),
    lines: lines.map((line) => {
      const { terms } = line;
      const plans = terms.plans ? { plans: terms.plans.map(moved) } : {};
      return { ...moved(line), terms: { ...terms, tariffs: terms.tariffs.map(moved), ...plans } };
    }),
    ...(residents ? { residents: residents.map(moved) } : {}),
  };
}

/** The days of a service: the month's ends stay its ends, none stay none. */
function movedDays({ from, to }: DaySpan, own: PeriodDays, period: PeriodDays): DaySpan {
  const by = period.from - own.from;
  const start = from <= own.from ? period.from : Math.min(from + by, period.to);
  if (from >= to) return { from: start, to: start };
  return { from: start, to: to >= own.to ? period.to : Math.min(to + by, period.to) };
}

function movedService(service: AccountService, own: PeriodDays, period: PeriodDays): AccountService {
  const { terms, coefficients, benefits } = service;
  const facts = <T extends DaySpan>(given: readonly T[]): T[] => movedFacts(given, own, period);
  return {
    ...service,
    ...movedDays(service, own, period),
    ...(coefficients ? { coefficients: facts(coefficients) } : {}),
    ...(benefits ? { benefits: facts(benefits).map((right) => movedRight(right, facts)) } : {}),
    terms: {
      ...terms,
      tariffs: facts(terms.tariffs),
      norms: facts(terms.norms),
      ...(terms.plans ? { plans: facts(terms.plans) } : {}),
      ...(terms.heatNorms ? { heatNorms: facts(terms.heatNorms) } : {}),
      ...(terms.heating ? { heating: movedHeating(terms.heating, facts) } : {}),
      ...(terms.vat ? { vat: { ...terms.vat, rates: facts(terms.vat.rates) } } : {}),
    },
  };
}

function movedRight(
  right: BenefitRight,
  facts: <T extends DaySpan>(given: readonly T[]) => T[],
): BenefitRight {
  const { normsPerPerson } = right;
  return normsPerPerson ? { ...right, normsPerPerson: facts(normsPerPerson) } : right;
}

function movedHeating(
  { seasons, spreadMonths }: NonNullable<AccountService['terms']['heating']>,
  facts: <T extends DaySpan>(given: readonly T[]) => T[],
): NonNullable<AccountService['terms']['heating']> {
  const spread: readonly Dated<bigint>[] | undefined = spreadMonths && facts(spreadMonths);
  return { seasons: facts(seasons), ...(spread ? { spreadMonths: spread } : {}) };
}
