import { Exact, NONE, r6, sumOf } from './exact';
import {
  type Account,
  daysOf,
  factOn,
  quantity,
  ratio,
  type Reading,
  type Register,
  type Service,
  type Shape,
  type Span,
} from './facts';
import { evenly, type Flow, type Volume } from './flows';
import { cutAmong, findersOf, isMeasured, rowsLike, taken, takersOf } from './rows';
import { believedOfReplaced, believedSince } from './silence';

/** People who count for a service on a day. */
export function peopleOn(
  { residents, owners }: Account,
  { chargesOwners }: Service['terms'],
  day: number,
): Exact {
  const living = factOn(residents, day);
  if (living && living.value > 0n) return quantity(living.value);
  const owning = chargesOwners && owners ? factOn(owners, day) : undefined;
  return quantity(owning?.value ?? 0n);
}

type Found = Omit<Volume, 'resource' | 'zone'>;

/** The volumes of an account: each resource and zone once, found for each day by the first row that is charged on it. */
export function volumesOf(account: Account): Volume[] {
  const volumes: Volume[] = [];
  for (const { terms } of account.services.filter(isMeasured)) {
    const { resource, zone } = terms;
    if (resource === null || zone === null) continue;
    if (volumes.some((one) => one.resource === resource && one.zone === zone)) continue;
    const rows = findersOf(takersOf(account, terms));
    const act = account.acts?.find((one) => one.resource === resource && one.zone === zone);
    const found = act ? setBy(act.quantity, rows) : foundBy(account, rows);
    volumes.push(...found.map((one) => ({ ...one, resource, zone })));
  }
  return volumes;
}

const daysOfAll = (rows: readonly Service[]): Span => ({
  from: Math.min(...rows.map(({ from }) => from)),
  to: Math.max(...rows.map(({ to }) => to)),
});

const setBy = (volume: bigint, rows: readonly Service[]): Found[] =>
  cutAmong({ ...daysOfAll(rows), method: 'ACT', amount: quantity(volume), weight: evenly }, rows);

/** By the norm for each row that says so; by the meters once for all rows that say that. */
function foundBy(account: Account, rows: readonly Service[]): Found[] {
  const counted = rows.filter(({ method }) => method === 'METER');
  const found = [
    ...rows
      .filter(({ method }) => method === 'NORM_PERSON')
      .map((row) => byNorm(account, row, 'NORM_PERSON')),
    ...(counted.length > 0 ? metered(account, counted) : []),
  ];
  return found.sort((one, other) => one.part.from - other.part.from);
}

/** What of an account's volumes of a resource a row takes: of a norm, what that is on its days. */
export function takenBy(
  row: Service,
  account: Account,
  { own, rows }: { own: readonly Volume[]; rows: readonly Service[] },
): Volume[] {
  return own.flatMap((volume): Volume[] => {
    const { part, method, isCounted } = volume;
    const days = { from: Math.max(row.from, part.from), to: Math.min(row.to, part.to) };
    const isAsFound = isCounted || days.from >= days.to || (days.from === part.from && days.to === part.to);
    if (!isAsFound && (method === 'NORM_PERSON' || method === 'ESTIMATE_NORM')) {
      const { resource, zone } = volume;
      return [{ ...byNorm(account, { ...part, ...days }, method), resource, zone }];
    }
    return taken(volume, row, [...takersOf(account, volume), ...rows]);
  });
}

/** The volumes that a row of a measured service is charged for. */
export function volumesFor(row: Service, account: Account, volumes: readonly Volume[]): Volume[] {
  const { resource, zone } = row.terms;
  const own = volumes.filter((one) => one.resource === resource && one.zone === zone);
  const found = takenBy(row, account, { own, rows: [] });
  const onDays = found.filter(({ from, to }) => from < to);
  return onDays.length > 0 ? onDays : found.slice(-1);
}

function byNorm(account: Account, service: Service, method: string): Found {
  const { terms, from, to } = service;
  const usual = method === 'ESTIMATE_NORM' ? (terms.estimateCoefficient ?? 100_000_000n) : 100_000_000n;
  const people = (day: number): Exact => peopleOn(account, terms, day);
  const normOn = (day: number): Exact => ratio(factOn(terms.norms, day)?.value ?? 0n);
  const weight = (day: number): Exact => normOn(day).times(people(day));
  let plain = NONE;
  let raised = NONE;
  for (const day of daysOf(service)) {
    const part = weight(day).divided(account.period.days);
    plain = plain.plus(part);
    raised = raised.plus(part.times(ratio(factOn(service.coefficients ?? [], day)?.value ?? usual)));
  }
  const isRaised = (service.coefficients ?? []).length > 0 || usual !== 100_000_000n;
  return {
    method,
    from,
    to,
    weight,
    part: service,
    amount: r6(plain),
    ...(isRaised ? { raised: r6(raised) } : {}),
  };
}

/** What a register counted from one value to the next, over the zero where the second is smaller. */
function countedBetween(before: Reading, after: Reading, { digits, factor }: Shape): Exact {
  const over = after.value < before.value ? 10n ** BigInt(digits) * 1_000_000n : 0n;
  const counted = quantity(after.value + over - before.value);
  return factor === undefined ? counted : r6(counted.times(quantity(factor)));
}

/** Flows of a register one after another, from its readings and from the register before it. */
function flowsOf(register: Register, previous: Reading, current: Reading | null, days: number): Flow[] {
  const { replaced, between = [], shape } = register;
  const span = (one: Reading, other: Reading): Span => ({ from: one.on + 1, to: other.on + 1 });
  const flows: Flow[] = [];
  if (replaced) {
    const { final } = replaced;
    const old = countedBetween(replaced.previous, final, replaced.shape);
    flows.push({ ...span(replaced.previous, final), amount: old, weight: evenly });
    const gap = r6(
      quantity(replaced.average)
        .times(previous.on - final.on)
        .divided(days),
    );
    flows.push({ ...span(final, previous), amount: gap, weight: evenly });
  }
  const readings = [previous, ...between, ...(current ? [current] : [])];
  readings.forEach((reading, place) => {
    const before = readings[place - 1];
    if (before)
      flows.push({
        ...span(before, reading),
        amount: countedBetween(before, reading, shape),
        weight: evenly,
      });
  });
  return flows;
}

/** A register's readings of the month, without those of days on which it was no longer usable; its average lasts from then. */
function usable(register: Register, { period }: Account): { current: Reading | null; missed: number } {
  const { current, missed, unusable } = register;
  if (!unusable || unusable.since >= period.to || (current && current.on < unusable.since))
    return { current, missed };
  const fromEvent = monthsSince(unusable.since, period.month) + 1;
  return { current: null, missed: Math.max(1, Math.min(missed, fromEvent)) };
}

function monthsSince(day: number, month: string): number {
  const date = new Date(day * 86_400_000);
  const [year = 0, number = 0] = month.split('-').map(Number);
  return (year - date.getUTCFullYear()) * 12 + number - date.getUTCMonth() - 1;
}

/** The average of the last months of readings; none of too few, none after too long a silence. */
function averageOf(
  history: readonly bigint[],
  missed: number,
  { averages }: Service['terms'],
): Exact | undefined {
  if (missed > averages.lasts || history.length < averages.needs) return undefined;
  const last = history.slice(-averages.of);
  return r6(sumOf(last.map(quantity)).divided(last.length));
}

interface Metering extends Span {
  method: string;
  /** The rows that are charged by the meters, and the terms of the first. */
  readonly rows: readonly Service[];
  readonly terms: Service['terms'];
  /** What each register counted, on its own days; what was estimated on those of the month. */
  readonly flows: Flow[];
}

function metered(account: Account, rows: readonly Service[]): Found[] {
  const [first] = rows;
  if (!first) return [];
  const { resource, zone } = first.terms;
  const registers = account.registers.filter(
    (one) => one.resource === resource && one.zone === zone && !one.isIrrigation,
  );
  const sum: Metering = { method: 'METER', flows: [], rows, ...daysOfAll(rows), terms: first.terms };
  for (const register of registers) {
    const { current, missed } = usable(register, account);
    if (register.previous && current) addReadings(sum, { register, current, account });
    else addEstimate(sum, { register, missed, account });
  }
  const amount = sumOf(sum.flows.map((flow) => flow.amount));
  if (registers.length === 0 || sum.method === 'ESTIMATE_NORM') {
    const norms = rows.map((row) => byNorm(account, row, 'ESTIMATE_NORM'));
    if (!amount.isAbove(sumOf(norms.map((norm) => norm.amount)))) return norms;
    const weight = (day: number): Exact => peopleOn(account, first.terms, day);
    return cutAmong({ method: sum.method, ...daysOfAll(rows), weight, amount, isCounted: true }, rows);
  }
  const from = Math.min(...sum.flows.map((flow) => flow.from));
  const to = Math.max(...sum.flows.map((flow) => flow.to));
  return cutAmong({ method: sum.method, from, to, amount, weight: asTheyFlowed(sum.flows) }, rows);
}

function addReadings(
  sum: Metering,
  { register, current, account }: { register: Register; current: Reading; account: Account },
): void {
  const { previous, replaced } = register;
  if (!previous) return;
  const believed = believedSince(register).plus(believedOfReplaced(register));
  const flows = flowsOf(register, previous, current, account.period.days);
  const shares = sum.terms.redistributes && register.estimated ? sharesOf(register, account) : [];
  const own = replaced ? undefined : shares.at(-1);
  const isSpread = believed.isZero() && !own && (flows[0]?.from ?? current.on) <= current.on;
  if (isSpread) return void sum.flows.push(...flows);
  const counted = sumOf(flows.map(({ amount }) => amount)).minus(believed);
  sum.flows.push({ from: sum.from, to: sum.to, amount: own ?? counted, weight: evenly });
}

/** Each day weighs what flowed on it; a flow without days of its own makes all days weigh the same, as does a single one. */
function asTheyFlowed(flows: readonly Flow[]): (day: number) => Exact {
  const isLost = ({ from, to, amount }: Flow): boolean => to <= from && (to < from || !amount.isZero());
  if (flows.length < 2 || flows.some(isLost)) return evenly;
  return (day) =>
    sumOf(
      flows
        .filter((flow) => flow.from <= day && day < flow.to)
        .map((flow) => flow.amount.divided(flow.to - flow.from)),
    );
}

function addEstimate(
  sum: Metering,
  { register, missed, account }: { register: Register; missed: number; account: Account },
): void {
  const { previous, replaced, history } = register;
  const before = replaced && previous ? flowsOf(register, previous, null, account.period.days) : [];
  const from = before.at(-1)?.to ?? sum.from;
  const average = averageOf(history, missed, sum.terms);
  if (average === undefined) sum.method = 'ESTIMATE_NORM';
  else if (sum.method === 'METER') sum.method = 'ESTIMATE_AVERAGE';
  const days = sum.rows.flatMap(daysOf).filter((day) => from <= day).length;
  const estimate = r6((average ?? NONE).times(days).divided(account.period.days));
  // the last reading of the one before contains what was believed while it was silent
  const joined = sumOf(before.map((flow) => flow.amount)).minus(believedOfReplaced(register));
  sum.flows.push({ from: sum.from, to: sum.to, amount: joined.plus(estimate), weight: evenly });
}

/** A volume by the days of months: the last takes what is left. */
export function sharesOf(
  { previous, current, estimated = [], shape }: Register,
  { period }: Account,
): Exact[] {
  if (!previous || !current) return [];
  const total = countedBetween(previous, current, shape);
  const days = [...estimated.map(({ from, to }) => to - from), period.days];
  const whole = days.reduce((all, one) => all + one, 0);
  const shares = days.slice(0, -1).map((one) => r6(total.times(one).divided(whole)));
  return [...shares, total.minus(sumOf(shares))];
}

/** What the garden took of the water that a row drains. */
export function irrigationOf(row: Service, account: Account): Flow[] {
  return account.registers.flatMap((register): Flow[] => {
    const { previous, current, isIrrigation, shape } = register;
    if (!isIrrigation || !previous || !current) return [];
    const from = Math.min(previous.on, current.on - 1) + 1;
    const amount = countedBetween(previous, current, shape).negated();
    const flow = { from, to: current.on + 1, amount, weight: evenly };
    const takers = takersOf(account, register);
    const rows = rowsLike(row, account);
    const finders = takers.length > 0 ? findersOf(takers) : rows;
    const parts = finders.length > 1 ? cutAmong(flow, finders) : finders.map((part) => ({ ...flow, part }));
    return parts.flatMap((part) => taken(part, row, [...takers, ...rows]));
  });
}
