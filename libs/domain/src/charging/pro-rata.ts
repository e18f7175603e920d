import { type Price, type Quantity, quantityOf, type Ratio } from '../decimal';
import { type Money, moneyOf, PRODUCT_PER_MINOR } from '../money';
import { divideHalfAway } from '../rounding';
import { changeAfter, factOn, weightOver } from './dated';
import { peopleCharged } from './rules/people-charged';
import { stretched } from './rules/whole-months';
import { type AccountService, type AccountSnapshot, type Dated } from './snapshot';
import { type LineBeingMade } from './statement-line';
import { FORMULAS, type InputName, type Recorder } from './trace';

const ONE = 100_000_000n;
const ONE_PIECE: readonly Dated<Quantity>[] = [
  { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER, value: quantityOf(1_000_000n) },
];

/**
 * Area or piece times price times days of the month, cut at every change of either and rounded once a part
 * (specification B.6). Answers whether every day had a tariff.
 */
export function chargeByDays(
  line: LineBeingMade,
  service: AccountService,
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): boolean {
  const { terms, from, to } = service;
  const bases = service.method === 'FIXED' ? ONE_PIECE : areasOf(service, account);
  const month = BigInt(account.period.days);
  if (recorder) recordBases(recorder, service, bases);
  let weight = 0n;
  let isWhole = true;
  for (let at = from; at < to;) {
    const tariff = factOn(terms.tariffs, at);
    const end = Math.min(to, changeAfter(bases, at), changeAfter(terms.tariffs, at));
    const part = (factOn(bases, at)?.value ?? 0n) * BigInt(end - at);
    weight += part;
    if (tariff) {
      const amount = amountOf(part, tariff.value, month);
      addTariff(line, tariff, amount);
      if (recorder) recordPart(recorder, tariff, { from: at, to: end, part, month, amount });
    } else isWhole = false;
    at = end;
  }
  line.quantity = quantityOf(divideHalfAway(weight, month));
  return isWhole;
}

/**
 * People or area by days, where days of different values weigh together and are rounded once a tariff: a fee per
 * person, or a volume by norm (specification B.6, person-days). Answers whether every day had a tariff.
 */
export function chargeByWeight(
  line: LineBeingMade,
  service: AccountService,
  account: AccountSnapshot,
  recorder: Recorder | undefined,
): boolean {
  const { terms, method, from, to } = service;
  const bases = method === 'HEATING_NORM' ? areasOf(service, account) : peopleCharged(account, terms);
  const norms = method === 'PERSON_FEE' ? undefined : terms.norms;
  const month = BigInt(account.period.days);
  if (recorder) recordBases(recorder, service, bases);
  let quantity = 0n;
  let isWhole = true;
  for (let at = from; at < to;) {
    const tariff = factOn(terms.tariffs, at);
    const end = Math.min(to, changeAfter(terms.tariffs, at), norms ? changeAfter(norms, at) : to);
    const weight = weightOver(bases, at, end);
    const volume = norms
      ? divideHalfAway((factOn(norms, at)?.value ?? 0n) * weight, ONE * month)
      : divideHalfAway(weight, month);
    quantity += volume;
    if (tariff) {
      const part = norms ? volume * month : weight;
      const amount = amountOf(part, tariff.value, month);
      addTariff(line, tariff, amount);
      if (recorder) recordPart(recorder, tariff, { from: at, to: end, part, month, amount });
    } else isWhole = false;
    at = end;
  }
  line.quantity = quantityOf(quantity);
  return isWhole;
}

/** The area that a service counts by: the heated one where it is asked for and known, else the total one. */
export function areasOf({ terms }: AccountService, account: AccountSnapshot): readonly Dated<Quantity>[] {
  const isHeated = terms.areaKind === 'HEATED' && account.heatedAreas.length > 0;
  const areas = isHeated ? account.heatedAreas : account.areas;
  return terms.wholeMonths ? stretched(areas, account) : areas;
}

/** Base days times price, for so many days of a month: multiplied first, divided and rounded once. */
function amountOf(baseDays: bigint, price: Price, month: bigint): Money {
  return moneyOf(divideHalfAway(baseDays * price, PRODUCT_PER_MINOR * month));
}

/** Adds a part's amount to its line, which keeps the last price. */
export function addTariff(line: LineBeingMade, tariff: Dated<Price>, amount: Money): void {
  line.charged = moneyOf(line.charged + amount);
  line.price = tariff.value;
  line.tariffId = tariff.id ?? null;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly part: bigint;
  readonly month: bigint;
  readonly amount: Money;
}

function recordPart(recorder: Recorder, tariff: Dated<Price>, { from, to, part, month, amount }: Part): void {
  recorder.segment({
    from,
    to,
    quantity: quantityOf(divideHalfAway(part, month)),
    price: tariff.value,
    tariffId: tariff.id,
    numerator: part * tariff.value,
    denominator: PRODUCT_PER_MINOR * month,
    amount,
  });
}

function recordBases(
  recorder: Recorder,
  { method, terms }: AccountService,
  bases: readonly Dated<Quantity>[],
): void {
  if (method === 'AREA' || method === 'FIXED' || method === 'PERSON_FEE') recorder.formula(FORMULAS[method]);
  else recorder.formula(method === 'HEATING_NORM' ? FORMULAS.HEATING_NORM : FORMULAS.NORM_PERSON);
  const isArea = method === 'AREA' || method === 'HEATING_NORM';
  if (method !== 'FIXED') recordFacts(recorder, isArea ? 'AREA' : 'RESIDENTS', bases);
  if (method === 'HEATING_NORM' || method === 'NORM_PERSON') recordFacts(recorder, 'NORM', terms.norms);
}

function recordFacts(recorder: Recorder, name: InputName, facts: readonly Dated<Quantity | Ratio>[]): void {
  for (const fact of facts) recorder.input(name, fact.value, fact.id, fact);
}
