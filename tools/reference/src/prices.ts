import { Exact, least, NONE, r2, r6, sumOf } from './exact';
import {
  type Account,
  daysOf,
  type Fact,
  factOn,
  holds,
  type Plan,
  price,
  quantity,
  ratio,
  runsOf,
  saysOn,
  type Service,
  type Span,
} from './facts';
import { evenly, type Flow, type Part, partsOf } from './flows';
import { peopleOn } from './volumes';

/** Days of a line at one price. */
export interface Segment extends Span {
  readonly amount: Exact;
  readonly price: Exact;
  readonly sum: Exact;
}

/** What a service costs: its segments, its volume, and whether every day had a price. */
export interface Priced {
  readonly segments: readonly Segment[];
  readonly amount: Exact;
  readonly isWhole: boolean;
}

/** Area, piece or people by days. */
export function byDays(service: Service, account: Account): Priced {
  const { terms, method } = service;
  const month = account.period.days;
  const told = (day: number): string =>
    method === 'PERSON_FEE'
      ? saysOn(terms.tariffs, day)
      : `${saysOn(terms.tariffs, day)} ${baseOn(service, account, day)?.over} ${baseOn(service, account, day)?.under}`;
  const parts = runsOf(service, told).map((run) => {
    const base = sumOf(run.days.map((day) => baseOn(service, account, day) ?? NONE)).divided(month);
    return segmentOf(run, factOn(terms.tariffs, run.from), { amount: r6(base), exact: base });
  });
  const total = sumOf(daysOf(service).map((day) => baseOn(service, account, day) ?? NONE)).divided(month);
  const rounded = sumOf(parts.map(({ amount }) => amount));
  return pricedOf(parts, method === 'PERSON_FEE' ? rounded : r6(total));
}

/** A norm of a square metre or of a person whose volume nobody measures. */
export function byNormOf(service: Service, account: Account): Priced {
  const { terms, method } = service;
  const isHeating = method === 'HEATING_NORM';
  const told = (day: number): string =>
    `${saysOn(terms.tariffs, day)} ${saysOn(terms.norms, day)} ${isHeating ? wayOn(terms, day) : ''}`;
  const parts = runsOf(service, told).flatMap((run) => {
    const base = sumOf(run.days.map((day) => baseOn(service, account, day) ?? NONE)).divided(
      account.period.days,
    );
    const months = isHeating ? monthsOn(terms, run.from) : 12;
    const norm = ratio(factOn(terms.norms, run.from)?.value ?? 0n);
    const amount = r6(base.times(norm).times(months).divided(12));
    return months === 0 ? [] : [segmentOf(run, factOn(terms.tariffs, run.from), { amount, exact: amount })];
  });
  return pricedOf(parts, sumOf(parts.map(({ amount }) => amount)));
}

function monthsOn({ heating }: Service['terms'], day: number): number {
  const spread = factOn(heating?.spreadMonths ?? [], day);
  if (spread) return Number(spread.value);
  return !heating || heating.seasons.some((season) => holds(season, day)) ? 12 : 0;
}

const wayOn = (terms: Service['terms'], day: number): string =>
  factOn(terms.heating?.spreadMonths ?? [], day)
    ? `spread ${monthsOn(terms, day)}`
    : `season ${monthsOn(terms, day)}`;

/** What is multiplied on a day. */
function baseOn({ terms, method }: Service, account: Account, day: number): Exact | undefined {
  if (method === 'FIXED') return Exact.of(1);
  if (method === 'PERSON_FEE' || method === 'NORM_PERSON') return peopleOn(account, terms, day);
  const isHeated = terms.areaKind === 'HEATED' && account.heatedAreas.length > 0;
  const facts = isHeated ? account.heatedAreas : account.areas;
  const fact = factOn(facts, day) ?? (terms.wholeMonths ? nearest(facts, day, account) : undefined);
  return fact && quantity(fact.value);
}

/** On a day of a whole month that no fact knows: the one that is known nearest to it. */
function nearest(facts: readonly Fact[], day: number, { period }: Account): Fact | undefined {
  const inside = facts.filter(({ from, to }) => from < period.to && to > period.from && from < to);
  return day < (inside[0]?.from ?? 0)
    ? inside[0]
    : day >= (inside.at(-1)?.to ?? 0)
      ? inside.at(-1)
      : undefined;
}

type PartPriced = Segment & { readonly isPriced: boolean };

function segmentOf(
  span: Span,
  tariff: Fact | undefined,
  { amount, exact }: { amount: Exact; exact: Exact },
): PartPriced {
  const at = price(tariff?.value ?? 0n);
  const { from, to } = span;
  return { from, to, amount, price: at, sum: r2(exact.times(at)), isPriced: tariff !== undefined };
}

const pricedOf = (parts: readonly PartPriced[], amount: Exact): Priced => ({
  amount,
  segments: parts.filter(({ isPriced }) => isPriced),
  isWhole: parts.every(({ isPriced }) => isPriced),
});

/** Which chain of equal neighbours a fact belongs to; days before the first fact belong to the first. */
function chainOn(facts: readonly Fact[], day: number): { key: string; fact: Fact | undefined } {
  const [first] = facts;
  const on = first ? Math.max(day, first.from) : day;
  const place = facts.findIndex((fact) => holds(fact, on));
  if (place < 0) return { key: `nothing ${facts.filter(({ to }) => to <= on).length}`, fact: undefined };
  let start = place;
  while (
    start > 0 &&
    facts[start - 1]?.value === facts[place]?.value &&
    facts[start - 1]?.to === facts[start]?.from
  )
    start -= 1;
  return { key: `${start}`, fact: facts[place] };
}

/** Flows together at a price: added up before they are rounded, once a price. */
export function byVolume(flows: readonly Flow[], tariffs: readonly Fact[]): Priced {
  const total = sumOf(flows.map(({ amount }) => amount));
  const prices = new Map<string, { part: Part; fact: Fact | undefined; amount: Exact }>();
  for (const flow of flows) {
    for (const part of partsOf(flow, (day) => chainOn(tariffs, day).key)) {
      const { key, fact } = chainOn(tariffs, part.from);
      const known = prices.get(key);
      prices.set(key, { part: known?.part ?? part, fact, amount: (known?.amount ?? NONE).plus(part.amount) });
    }
  }
  const parts = [...prices.values()].map(({ part, fact, amount }) =>
    segmentOf(part, fact, { amount, exact: amount }),
  );
  return pricedOf(parts, total);
}

/** A flow by what its tariff asks for: the water, the heat in it, or blocks of it. */
export function byTerms(flow: Flow, service: Service, account: Account): Priced {
  const { heatNorms, plans, tariffs } = service.terms;
  if (heatNorms) return byVolume(heatIn(flow, heatNorms), tariffs);
  return plans ? byPlans(flow, service, account) : byVolume([flow], tariffs);
}

/** What flowed on no day still shows the price of the day on which it would have begun, where there is one. */
const pricedAsNothing =
  (tariffs: readonly Fact[]) =>
  ({ from, to }: Flow): PartPriced[] => {
    const { fact } = chainOn(tariffs, from);
    return fact ? [segmentOf({ from, to }, fact, { amount: NONE, exact: NONE })] : [];
  };

/** Flows of one service after each other: priced together, so that each price is rounded once. */
export function byTermsOf(all: readonly Flow[], service: Service, account: Account): Priced {
  const { heatNorms, plans, tariffs } = service.terms;
  // nothing that flowed on no day needs no price
  const flows = all.filter(({ from, to, amount }) => from < to || amount.over !== 0n);
  const [first] = flows;
  if (!first)
    return pricedOf(plans || heatNorms ? [] : all.slice(-1).flatMap(pricedAsNothing(tariffs)), NONE);
  if (flows.length === 1) return byTerms(first, service, account);
  if (heatNorms)
    return byVolume(
      flows.flatMap((flow) => heatIn(flow, heatNorms)),
      tariffs,
    );
  if (!plans) return byVolume(flows, tariffs);
  const amount = sumOf(flows.map((flow) => flow.amount));
  const to = flows.at(-1)?.to ?? first.to;
  return byPlans({ from: first.from, to, amount, weight: evenly }, service, account);
}

/** The heat in water. */
export const heatIn = (flow: Flow, heatNorms: readonly Fact[]): Flow[] =>
  partsOf(flow, (day) => chainOn(heatNorms, day).key).map((part) => {
    const norm = chainOn(heatNorms, part.from).fact;
    return { ...part, weight: flow.weight, amount: r6(part.amount.times(ratio(norm?.value ?? 0n))) };
  });

function byPlans(flow: Flow, service: Service, account: Account): Priced {
  const places = (service.terms.plans ?? []).map(({ from, to }, place): Fact => ({
    from,
    to,
    value: BigInt(place),
  }));
  const segments = partsOf(flow, (day) => chainOn(places, day).key).flatMap((part): PartPriced[] => {
    const place = chainOn(places, part.from).fact?.value;
    const plan = place === undefined ? undefined : service.terms.plans?.[Number(place)]?.plan;
    const { from, to } = part;
    if (!plan) return [{ from, to, amount: part.amount, price: NONE, sum: NONE, isPriced: false }];
    return slicesOf(plan, part, { service, account, flow }).map((slice) => ({
      ...slice,
      from,
      to,
      sum: r2(slice.amount.times(slice.price)),
      isPriced: true,
    }));
  });
  return pricedOf(segments, flow.amount);
}

type Slice = Pick<Segment, 'amount' | 'price'>;

function slicesOf(plan: Plan, part: Part, at: { service: Service; account: Account; flow: Flow }): Slice[] {
  const { account, service, flow } = at;
  const share = Exact.of(part.to - part.from, flow.to - flow.from);
  const people = sumOf(daysOf(service).map((day) => quantity(factOn(account.residents, day)?.value ?? 0n)));
  const serviceDays = Exact.of(service.to - service.from);
  const month = account.period.days;
  const cut = (limit: Exact, over: Exact, within: Exact): Slice[] => {
    if (!part.amount.isAbove(limit)) return [{ amount: part.amount, price: within }];
    const below = least(part.amount, limit);
    const slices = [
      { amount: below, price: within },
      { amount: part.amount.minus(below), price: over },
    ];
    return slices.filter(({ amount }) => !amount.isZero());
  };
  switch (plan.kind) {
    case 'FLAT':
      return [{ amount: part.amount, price: price(plan.price) }];
    case 'SOCIAL_NORM': {
      const norm = r6(ratio(plan.normPerPerson).times(people).divided(month).times(share));
      return cut(norm, price(plan.priceOver), price(plan.price));
    }
    case 'DAILY_LIMIT': {
      const limit = r6(ratio(plan.limitPerPersonAndDay).times(people).times(share));
      return cut(limit, price(plan.price).times(ratio(plan.overCoefficient)), price(plan.price));
    }
    case 'BLOCKS': {
      const times = (plan.perPerson ? people : serviceDays).divided(month).times(share);
      return blockSlices(plan, part.amount, (upTo) => r6(quantity(upTo).times(times)));
    }
  }
}

function blockSlices(
  { blocks, application }: Extract<Plan, { kind: 'BLOCKS' }>,
  amount: Exact,
  limitOf: (upTo: bigint) => Exact,
): Slice[] {
  if (!amount.isPositive()) return [{ amount, price: price(blocks[0]?.price ?? 0n) }];
  const slices: Slice[] = [];
  let below = NONE;
  for (const block of blocks) {
    const limit = block.upTo === null ? amount : limitOf(block.upTo);
    if (application === 'WHOLE') {
      if (block.upTo === null || !amount.isAbove(limit)) return [{ amount, price: price(block.price) }];
      continue;
    }
    const top = least(amount, limit);
    if (top.isAbove(below)) slices.push({ amount: top.minus(below), price: price(block.price) });
    if (top.isAbove(below)) below = top;
  }
  return slices;
}
