import { quantityOf } from '../../decimal';
import { divideHalfAway } from '../../rounding';
import { cutVolume, type FlowingVolume } from '../cut-volume';
import { changeAfter, factOn, weightOver } from '../dated';
import { areasOf } from '../pro-rata';
import {
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type ServiceTerms,
} from '../snapshot';
import { type LineBeingMade } from '../statement-line';
import { FORMULAS, type Recorder } from '../trace';
import { addPart } from '../volume-charge';

/** When heating by norm is charged. */
export interface HeatingTerms {
  /** The days on which the heating is on, ascending; only they are charged. */
  readonly seasons: readonly DaySpan[];
  /** On days with a number of heating months a year (begun ones count whole) the heat is spread evenly over the year. */
  readonly spreadMonths?: readonly Dated<bigint>[];
}

const ONE = 100_000_000n;
const MONTHS_A_YEAR = 12n;

/**
 * Heating by the norm of a square metre, in the season by its days or spread over the year (specification B.3,
 * HEATING_NORM and HEATING_TWELFTHS). Cut where price, norm or way changes; the volume and the money of each part are
 * rounded once. Days without heating need no tariff. Answers whether every charged day had one.
 */
export function chargeHeating(
  line: LineBeingMade,
  service: AccountService,
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): boolean {
  const { terms, from, to } = service;
  const month = BigInt(account.period.days);
  const areas = areasOf(service, account);
  if (recorder) recordHeating(recorder, terms, areas);
  let quantity = 0n;
  let isWhole = true;
  for (let at = from; at < to;) {
    const end = Math.min(to, nextChange(terms, at));
    const months = heatedMonths(terms.heating, at);
    const exact = (factOn(terms.norms, at)?.value ?? 0n) * weightOver(areas, at, end) * months;
    const volume = quantityOf(divideHalfAway(exact, ONE * month * MONTHS_A_YEAR));
    const tariff = factOn(terms.tariffs, at);
    quantity += volume;
    if (months !== 0n && tariff) addPart(line, tariff, { from: at, to: end, quantity: volume }, recorder);
    else if (months !== 0n) isWhole = false;
    at = end;
  }
  line.quantity = quantityOf(quantity);
  return isWhole;
}

/** Twelve in the season, the months of heating where it is spread, none on other days. */
export function heatedMonths(heating: HeatingTerms | undefined, day: number): bigint {
  const spread = factOn(heating?.spreadMonths ?? [], day);
  if (spread) return spread.value;
  const isOn = heating?.seasons.some(({ from, to }) => from <= day && day < to) ?? true;
  return isOn ? MONTHS_A_YEAR : 0n;
}

function nextChange({ heating, norms, tariffs }: ServiceTerms, day: number): number {
  const spread = heating?.spreadMonths ?? [];
  const seasons = (heating?.seasons ?? []).map((days): Dated<bigint> => ({ ...days, value: 1n }));
  return Math.min(
    changeAfter(norms, day),
    changeAfter(tariffs, day),
    changeAfter(spread, day),
    // a season begins and ends unseen where the heat is spread
    factOn(spread, day) ? Number.MAX_SAFE_INTEGER : changeAfter(seasons, day),
  );
}

/**
 * The heat in hot water: its volume cut where the gigacalories of a cubic metre change, each part rounded to a
 * millionth (specification B.3.1). The water itself is another service's line.
 */
export function heatOf(
  volume: FlowingVolume,
  { heatNorms }: ServiceTerms,
  recorder?: Recorder,
): FlowingVolume[] {
  return cutVolume(volume, heatNorms ?? []).map(({ fact, from, to, quantity, weights }) => {
    // a statement says that the norm is missing
    if (!fact) return { from, to, weights, quantity: quantityOf(0n) };
    recorder?.input('HEAT_NORM', fact.value, fact.id, { from, to });
    return { from, to, weights, quantity: quantityOf(divideHalfAway(quantity * fact.value, ONE)) };
  });
}

function recordHeating(
  recorder: Recorder,
  { norms, heating }: ServiceTerms,
  areas: readonly Dated<bigint>[],
): void {
  recorder.formula(heating?.spreadMonths ? FORMULAS.HEATING_YEAR : FORMULAS.HEATING_SEASON);
  for (const fact of areas) recorder.input('AREA', fact.value, fact.id, fact);
  for (const fact of norms) recorder.input('NORM', fact.value, fact.id, fact);
  for (const fact of heating?.spreadMonths ?? []) recorder.input('HEATING_MONTHS', fact.value, fact.id, fact);
}
