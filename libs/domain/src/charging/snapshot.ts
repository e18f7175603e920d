import { dayNumber } from '../civil-date';
import { type DateRange, daysOf } from '../date-range';
import { type Price, type Quantity, type Ratio } from '../decimal';
import { type AverageTerms } from '../estimate';
import { type Money } from '../money';
import { type Month } from '../month';
import { type RegisterShape } from '../readings';
import { type Absence } from './rules/absence';
import { type BenefitRight } from './rules/benefits';
import { type HeatingTerms } from './rules/heating';
import { type PenaltyDebt } from './rules/penalty-line';
import { type DatedPlan } from './rules/plans';
import { type Outage } from './rules/quality';
import { type ReplacedRegister, type UnusableRegister } from './rules/register-days';
import { type EstimatedMonth } from './rules/true-up';
import { type VatTerms } from './rules/vat-line';
import { type YearMonth } from './rules/year-true-up';

/*
 * What a house's month is computed from: plain values, read once, shared by reference where accounts share them.
 * Days are numbers since 1970-01-01, so that the rules subtract and compare instead of parsing dates.
 */

export const RESOURCES = ['COLD_WATER', 'HOT_WATER', 'ELECTRICITY', 'HEAT', 'GAS'] as const;
/** What a meter counts. */
export type Resource = (typeof RESOURCES)[number];

export const ZONES = ['SINGLE', 'DAY', 'NIGHT', 'PEAK', 'HALF_PEAK'] as const;
/** The part of the day that a register counts. */
export type Zone = (typeof ZONES)[number];

export const CHARGING_METHODS = [
  'AREA',
  'PERSON_FEE',
  'NORM_PERSON',
  'METER',
  'SUM_OF_WATER',
  'FIXED',
  'COMMON_AREA',
  'HEATING_NORM',
  'HEATING_HOUSE_METER',
  'PENALTY',
] as const;
/** How a service is charged to an account. */
export type ChargingMethod = (typeof CHARGING_METHODS)[number];

export const LINE_METHODS = [
  ...CHARGING_METHODS,
  'ESTIMATE_AVERAGE',
  'ESTIMATE_NORM',
  'ACT',
  'HELD',
] as const;
/**
 * How a line was charged in fact: a meter without a reading falls to an estimate, an act stands above both; what a person
 * held back is charged in the next month.
 */
export type LineMethod = (typeof LINE_METHODS)[number];

/** Days `[from, to)`. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** A fact that was true on some days. Lists of them are ascending and do not overlap. */
export interface Dated<T extends bigint> extends DaySpan {
  readonly value: T;
  /** The row that it comes from: a tariff's, a norm's, a fact's id. */
  readonly id?: string;
}

/** The month that is charged. */
export interface PeriodDays extends DaySpan {
  readonly month: Month;
  /** How many days it has. */
  readonly days: number;
}

/** A service of a supplier as a house's accounts share it. */
export interface ServiceTerms {
  readonly serviceId: string;
  readonly supplierId: string;
  /** What flows, where it is measured or estimated; null for services by area, person or piece. */
  readonly resource: Resource | null;
  readonly zone: Zone | null;
  /** Which area counts for AREA and HEATING_NORM; the heated one falls back to the total one. */
  readonly areaKind: 'TOTAL' | 'HEATED';
  /** Prices by days, each with its tariff's id. A metered line may reach back to the previous reading. */
  readonly tariffs: readonly Dated<Price>[];
  /** Norms by days: per person, or per square metre for HEATING_NORM. */
  readonly norms: readonly Dated<Ratio>[];
  /** How far the average of a meter carries where it is not read. */
  readonly averages: AverageTerms;
  /** What an estimate by norm is multiplied with after the months of the average; left out where it is 1. */
  readonly estimateCoefficient?: Ratio;
  /** The row of the law that it comes from. */
  readonly estimateCoefficientId?: string;
  /** Prices by volume: blocks, a social norm, a daily limit. Where there are some, `tariffs` are not asked. */
  readonly plans?: readonly DatedPlan[];
  /** Gigacalories in a cubic metre: the line charges the heat in its volume (two-component hot water). */
  readonly heatNorms?: readonly Dated<Ratio>[];
  /** When heating by norm is charged: in the season, or spread over the year. All the year where left out. */
  readonly heating?: HeatingTerms;
  /** The account's share of the house's common volume is a part of this line, not a row of its own. */
  readonly takesShare?: boolean;
  /** A month that is begun is charged whole. */
  readonly wholeMonths?: boolean;
  /** Where nobody lives, the owners count. */
  readonly chargesOwners?: boolean;
  /** A reading after estimated months is spread over them and charged at their prices; else it falls into its own. */
  readonly redistributes?: boolean;
  readonly vat?: VatTerms;
}

/** A service of an account in the month, with what has already moved its balance. */
export interface AccountService extends DaySpan {
  readonly terms: ServiceTerms;
  /** The days it is charged for, clipped to the month and to the days the account was open; `to = from` for none. */
  readonly from: number;
  readonly to: number;
  readonly method: ChargingMethod;
  /** Minor units; debt positive, reductions negative, payments positive. */
  readonly opening: Money;
  readonly recalculated: Money;
  readonly underdelivered: Money;
  readonly benefit: Money;
  readonly adjusted: Money;
  readonly paid: Money;
  /** By what the account's norm is raised on some days, as an act says; left out where by nothing. */
  readonly coefficients?: readonly Dated<Ratio>[];
  readonly benefits?: readonly BenefitRight[];
  /** Interruptions and bad quality of the month, as acts say. */
  readonly outages?: readonly Outage[];
  /** Months of last year that its readings settle in this one. */
  readonly year?: readonly YearMonth[];
  /** What a line of penalty is charged for. */
  readonly debts?: readonly PenaltyDebt[];
}

/** A reading that settles a month. */
export interface SettledReading {
  readonly value: Quantity;
  /** The day it was taken, as a number. */
  readonly on: number;
  readonly id?: string;
}

/** A counter of an account in the month. */
export interface AccountRegister {
  readonly registerId: string;
  readonly resource: Resource;
  readonly zone: Zone;
  readonly shape: RegisterShape;
  /** The last reading before the month's, real ones only. */
  readonly previous: SettledReading | null;
  readonly current: SettledReading | null;
  /** What has been charged by estimate since the previous reading: this month's reading contains it. */
  readonly estimatedSince: Quantity;
  /** Consumption of earlier months by readings, the latest last. */
  readonly history: readonly Quantity[];
  /** Months in a row without a reading that counts, the one being charged included; 0 where there is one. */
  readonly missed: number;
  /** Since when its readings do not count. */
  readonly unusable?: UnusableRegister;
  /** The register that this one took the place of since the previous month's reading. */
  readonly replaced?: ReplacedRegister;
  /** Readings between the previous and the current one: a volume is split at them where a price changes. */
  readonly between?: readonly SettledReading[];
  /** Months charged by estimate since the previous reading, the oldest first. */
  readonly estimated?: readonly EstimatedMonth[];
  /** What it counts goes to the garden, not into the drain; it stands behind the other meters. */
  readonly isIrrigation?: boolean;
}

/** A volume that an act sets: unauthorised use by the pipe's capacity, for instance. It stands above meter and norm. */
export interface VolumeAct {
  readonly resource: Resource;
  readonly zone: Zone;
  readonly quantity: Quantity;
  readonly id?: string;
}

/** An account of a house in the month. */
export interface AccountSnapshot {
  readonly accountId: string;
  readonly period: PeriodDays;
  readonly areas: readonly Dated<Quantity>[];
  /** Empty where it is the total area. */
  readonly heatedAreas: readonly Dated<Quantity>[];
  /** People in millionths, as facts keep them. */
  readonly residents: readonly Dated<Quantity>[];
  /** How many own it, for services that charge them where nobody lives. */
  readonly owners?: readonly Dated<Quantity>[];
  readonly absences?: readonly Absence[];
  readonly acts?: readonly VolumeAct[];
  readonly registers: readonly AccountRegister[];
  /** In the order of the bill. */
  readonly services: readonly AccountService[];
}

/** What happens to a common volume below zero (specification B.5). */
export type NegativeCommonPolicy = 'CARRY' | 'ZERO' | 'DISTRIBUTE';

/** What a house uses in common of one resource, and how it is shared. */
export interface CommonTerms {
  /** The service of the lines that charge it. */
  readonly serviceId: string;
  readonly resource: Resource;
  /** SINGLE takes the volumes of all zones. */
  readonly zone: Zone;
  /** What the house meter counted in the month; null without a meter or a reading: then the norm is shared. */
  readonly houseMeter: Quantity | null;
  /** What it counted though the month is charged by its norm or average: what a yearly true-up settles by. */
  readonly counted?: Quantity;
  /** What was carried from the month before, at most zero. */
  readonly carryIn: Quantity;
  /** Per square metre of common area; null where none is set. */
  readonly norm: Ratio | null;
  readonly commonArea: Quantity;
  /** Of all premises. */
  readonly totalArea: Quantity;
  readonly capByNorm: boolean;
  readonly negativePolicy: NegativeCommonPolicy;
  /** A month of the year before, which stands for the meter where there is none of it; then the norm is not asked. */
  readonly average?: Quantity;
  /** What it is shared by, and how much of that all premises have on all days; by the total area where left out. */
  readonly sharedBy?: { readonly kind: 'HEATED_AREA' | 'PEOPLE'; readonly whole: bigint };
}

/** A house in the month: the unit of work. */
export interface HouseSnapshot {
  readonly houseId: string;
  readonly period: PeriodDays;
  readonly commons: readonly CommonTerms[];
  readonly accounts: readonly AccountSnapshot[];
}

const EVER = 10_000_000;

/** The days of a month as numbers. */
export function periodDays(month: Month): PeriodDays {
  const { from, to } = daySpan(daysOf(month));
  return { month, from, to, days: to - from };
}

/** A range of dates as day numbers; an open end lies beyond every date. */
export function daySpan(range: DateRange): DaySpan {
  return {
    from: range.from === null ? -EVER : dayNumber(range.from),
    to: range.to === null ? EVER : dayNumber(range.to),
  };
}

/** The part of some days that lies in others; `to = from` for none. */
export function clip(days: DaySpan, within: DaySpan): DaySpan {
  const from = Math.max(days.from, within.from);
  return { from, to: Math.max(from, Math.min(days.to, within.to)) };
}
