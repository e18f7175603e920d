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

export type PenaltySchemeName =
  'HOUSING' | 'CAPITAL_REPAIR' | 'LEGAL_1_130' | 'UK_RSO' | 'TSZH_RSO' | 'KZ_CONTRACT';

// marked pure where it is called, so that a bundle that charges no penalty leaves it out
const band = (fromDay: number, toDay: number | null, denominator: bigint, numerator = 1n): PenaltyBand => ({
  fromDay,
  toDay,
  numerator,
  denominator,
});

/** The schemes that the law and the usual contracts know; an organisation may set its own. */
export const PENALTY_SCHEMES: Readonly<Record<PenaltySchemeName, PenaltyScheme>> = {
  HOUSING: { bands: [/* @__PURE__ */ band(31, 90, 300n), /* @__PURE__ */ band(91, null, 130n)] },
  CAPITAL_REPAIR: { bands: [/* @__PURE__ */ band(31, null, 300n)] },
  LEGAL_1_130: { bands: [/* @__PURE__ */ band(1, null, 130n)] },
  UK_RSO: {
    bands: [
      /* @__PURE__ */ band(1, 60, 300n),
      /* @__PURE__ */ band(61, 90, 170n),
      /* @__PURE__ */ band(91, null, 130n),
    ],
  },
  TSZH_RSO: { bands: [/* @__PURE__ */ band(31, 90, 300n), /* @__PURE__ */ band(91, null, 130n)] },
  KZ_CONTRACT: { bands: [/* @__PURE__ */ band(1, null, 730n, 3n)], upToPrincipal: true },
};

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
