import { Exact } from './exact';

/*
 * The facts of a month as the closing keeps them: money in hundredths, volumes, areas, people and prices in millionths,
 * norms, coefficients and per cents in hundred-millionths; days as numbers since 1970-01-01, `[from, to)`.
 */

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Fact extends Span {
  readonly value: bigint;
}

export interface Reading {
  readonly value: bigint;
  readonly on: number;
}

export interface Shape {
  readonly digits: number;
  readonly factor?: bigint;
}

export interface Register {
  readonly resource: string;
  readonly zone: string;
  readonly shape: Shape;
  readonly previous: Reading | null;
  readonly current: Reading | null;
  readonly estimatedSince: bigint;
  readonly history: readonly bigint[];
  readonly missed: number;
  readonly unusable?: { readonly since: number };
  readonly replaced?: {
    readonly shape: Shape;
    readonly previous: Reading;
    readonly final: Reading;
    readonly average: bigint;
    readonly estimatedSince?: bigint;
  };
  readonly between?: readonly Reading[];
  readonly estimated?: readonly SilentMonth[];
  readonly isIrrigation?: boolean;
}

/** A month without a reading: what the register was believed to count, and what services were charged for that. */
export interface SilentMonth extends Span {
  readonly quantity: bigint;
  readonly counted: bigint;
  readonly silent: number;
  readonly place: number;
  /** Other registers of the month that were read before this one: what they were believed to count, and what they did. */
  readonly settled?: { readonly estimated: bigint; readonly counted: bigint };
  readonly lines: readonly SilentLine[];
  readonly residents?: readonly Fact[];
}

export interface SilentLine extends Span {
  readonly terms: Terms;
  readonly quantity: bigint;
  readonly common: bigint;
  readonly charged: bigint;
}

export interface Block {
  readonly upTo: bigint | null;
  readonly price: bigint;
}

export type Plan =
  | { readonly kind: 'FLAT'; readonly price: bigint }
  | {
      readonly kind: 'BLOCKS';
      readonly application: 'MARGINAL' | 'WHOLE';
      readonly perPerson: boolean;
      readonly blocks: readonly Block[];
    }
  | {
      readonly kind: 'SOCIAL_NORM';
      readonly normPerPerson: bigint;
      readonly price: bigint;
      readonly priceOver: bigint;
    }
  | {
      readonly kind: 'DAILY_LIMIT';
      readonly limitPerPersonAndDay: bigint;
      readonly price: bigint;
      readonly overCoefficient: bigint;
    };

export interface Terms {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly resource: string | null;
  readonly zone: string | null;
  readonly areaKind: 'TOTAL' | 'HEATED';
  readonly tariffs: readonly Fact[];
  readonly norms: readonly Fact[];
  readonly averages: { readonly of: number; readonly needs: number; readonly lasts: number };
  readonly estimateCoefficient?: bigint;
  readonly plans?: readonly (Span & { readonly plan: Plan })[];
  readonly heatNorms?: readonly Fact[];
  readonly heating?: { readonly seasons: readonly Span[]; readonly spreadMonths?: readonly Fact[] };
  readonly takesShare?: boolean;
  readonly wholeMonths?: boolean;
  readonly chargesOwners?: boolean;
  readonly redistributes?: boolean;
  readonly vat?: { readonly mode: 'INCLUSIVE' | 'EXCLUSIVE'; readonly rates: readonly Fact[] };
}

export interface PenaltyTerms {
  readonly scheme: {
    readonly bands: readonly {
      readonly fromDay: number;
      readonly toDay: number | null;
      readonly numerator: bigint;
      readonly denominator: bigint;
    }[];
    readonly upToPrincipal?: boolean;
  };
  readonly keyRates: readonly { readonly from: string; readonly rate: bigint }[];
  readonly rateRules: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly mode: 'FIXED' | 'MIN';
    readonly rate: bigint;
  }[];
  readonly moratoria: readonly { readonly from: string; readonly to: string | null }[];
  readonly rateDate?: string;
}

export interface Debt {
  readonly terms: PenaltyTerms;
  readonly lots: readonly {
    readonly id: string;
    readonly due: number;
    readonly principal: bigint;
    readonly accrued: bigint;
    readonly suspended?: readonly Span[];
    readonly payments?: readonly { readonly on: number; readonly amount: bigint }[];
  }[];
  readonly payments: readonly { readonly on: number; readonly amount: bigint; readonly lot?: string }[];
}

export interface Right extends Span {
  readonly percent: bigint;
  readonly beneficiaries?: bigint;
  readonly normsPerPerson?: readonly Fact[];
  readonly normQuantity?: bigint;
}

export interface Interruption {
  readonly kind: 'INTERRUPTION';
  readonly hours: bigint;
  readonly allowedHours: bigint;
  readonly percentPerHour: bigint;
}

/** Hot water that was not hot enough: degrees, hours and prices in millionths. */
export interface ColdWaterHours {
  readonly kind: 'HOT_WATER_TEMPERATURE';
  readonly dayMinimum: bigint;
  readonly nightMinimum: bigint;
  readonly steps: 'FLOOR' | 'CEIL';
  readonly slots: readonly {
    readonly temperature: bigint;
    readonly hours: bigint;
    readonly night: boolean;
  }[];
  readonly coldPrice: bigint;
  readonly hoursOfMonth: bigint;
}

export interface ColdRooms {
  readonly kind: 'HEATING_TEMPERATURE';
  readonly degreeHours: bigint;
  readonly percentPerDegreeHour: bigint;
}

export type Outage = Interruption | ColdWaterHours | ColdRooms;

export interface Service extends Span {
  readonly terms: Terms;
  readonly method: string;
  readonly opening: bigint;
  readonly recalculated: bigint;
  readonly underdelivered: bigint;
  readonly benefit: bigint;
  readonly adjusted: bigint;
  readonly paid: bigint;
  readonly year?: readonly {
    readonly measured: bigint;
    readonly distributed: bigint;
    readonly quantity: bigint;
    readonly price: bigint;
  }[];
  readonly coefficients?: readonly Fact[];
  readonly benefits?: readonly Right[];
  readonly outages?: readonly Outage[];
  readonly debts?: readonly Debt[];
}

export interface Account {
  readonly accountId: string;
  readonly period: Span & { readonly days: number; readonly month: string };
  readonly areas: readonly Fact[];
  readonly heatedAreas: readonly Fact[];
  readonly residents: readonly Fact[];
  readonly owners?: readonly Fact[];
  readonly absences?: readonly (Span & { readonly people: bigint; readonly moreThan: number })[];
  readonly acts?: readonly { readonly resource: string; readonly zone: string; readonly quantity: bigint }[];
  readonly registers: readonly Register[];
  readonly services: readonly Service[];
}

export interface Common {
  readonly serviceId: string;
  readonly resource: string;
  readonly zone: string;
  readonly houseMeter: bigint | null;
  readonly carryIn: bigint;
  readonly norm: bigint | null;
  readonly commonArea: bigint;
  readonly totalArea: bigint;
  readonly capByNorm: boolean;
  readonly negativePolicy: 'CARRY' | 'ZERO' | 'DISTRIBUTE';
  readonly average?: bigint;
  readonly sharedBy?: { readonly kind: 'HEATED_AREA' | 'PEOPLE'; readonly whole: bigint };
}

export interface House {
  readonly accounts: readonly Account[];
  readonly commons: readonly Common[];
}

export const money = (kopeks: bigint): Exact => Exact.scaled(kopeks, 2);
export const quantity = (millionths: bigint): Exact => Exact.scaled(millionths, 6);
export const price = (millionths: bigint): Exact => Exact.scaled(millionths, 6);
export const ratio = (units: bigint): Exact => Exact.scaled(units, 8);

/** Every day of a span. */
export const daysOf = ({ from, to }: Span): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place);

export const holds = ({ from, to }: Span, day: number): boolean => from <= day && day < to;

export const factOn = <T extends Span>(facts: readonly T[], day: number): T | undefined =>
  facts.find((fact) => holds(fact, day));

/** A run of days that have something in common. */
export interface Run extends Span {
  readonly days: readonly number[];
}

/** Neighbouring days that say the same, together. */
export function runsOf(span: Span, told: (day: number) => string): Run[] {
  const runs: { from: number; to: number; days: number[]; says: string }[] = [];
  for (const day of daysOf(span)) {
    const says = told(day);
    const last = runs.at(-1);
    if (last?.says === says) {
      last.to = day + 1;
      last.days.push(day);
    } else runs.push({ from: day, to: day + 1, days: [day], says });
  }
  return runs;
}

/** What a fact says on a day, so that neighbours of the same value are one. */
export const saysOn = (facts: readonly Fact[], day: number): string =>
  factOn(facts, day)?.value.toString() ?? 'nothing';
