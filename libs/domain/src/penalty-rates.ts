import { type CivilDate } from './civil-date';
import { type Ratio, ratioOf } from './decimal';

/** The key rate from a day on, in per cent; ascending. */
export interface KeyRate {
  readonly from: CivilDate;
  readonly rate: Ratio;
}

/** A rule over the key rate on some days, both ends counted; null for no end (specification C.2). */
export interface RateRule {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** FIXED replaces the key rate, MIN caps it. */
  readonly mode: 'FIXED' | 'MIN';
  readonly rate: Ratio;
}

/** A part of the delay, in days of it, and the fraction of the rate that a day costs. */
export interface PenaltyBand {
  readonly fromDay: number;
  readonly toDay: number | null;
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Whose debts are penalised how (specification C.3). */
export interface PenaltyScheme {
  readonly bands: readonly PenaltyBand[];
  /** The penalty never exceeds the debt. */
  readonly upToPrincipal?: boolean;
}

/** The band that a day of delay falls into; undefined where none costs anything. */
export function bandOn(scheme: PenaltyScheme, delayDay: number): PenaltyBand | undefined {
  return scheme.bands.find(
    ({ fromDay, toDay }) => fromDay <= delayDay && (toDay === null || delayDay <= toDay),
  );
}

/**
 * The rate that counts on a day, in per cent: the key rate as the rule of that day fixes or caps it; the key rate
 * itself where no rule covers the day. @throws RangeError before the first key rate
 */
export function rateOn(day: CivilDate, keyRates: readonly KeyRate[], rules: readonly RateRule[]): Ratio {
  let key: Ratio | undefined;
  for (const { from, rate } of keyRates) if (from <= day) key = rate;
  if (key === undefined) throw new RangeError(`No key rate is known for ${day}`);
  const rule = rules.find(({ from, to }) => from <= day && (to === null || day <= to));
  if (!rule) return key;
  return ratioOf(rule.mode === 'FIXED' || rule.rate < key ? rule.rate : key);
}
