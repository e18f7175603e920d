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
import { cutAmong, isMeasured, rowsOf } from './rows';

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

/** The volumes of an account: each resource and zone once, or once a row of the service that it is found for. */
export function volumesOf(account: Account): Volume[] {
  const volumes: Volume[] = [];
  for (const { terms } of account.services.filter(isMeasured)) {
    const { resource, zone } = terms;
    if (resource === null || zone === null) continue;
    if (volumes.some((one) => one.resource === resource && one.zone === zone)) continue;
    const rows = rowsOf(account, terms);
    const act = account.acts?.find((one) => one.resource === resource && one.zone === zone);
    const found = act ? cutAmong(setBy(act.quantity, rows), rows) : foundBy(account, rows);
    for (const { part, ...one } of found)
      volumes.push({ ...one, resource, zone, ...(rows.length > 1 ? { part } : {}) });
  }
  return volumes;
}

const daysOfAll = (rows: readonly Service[]): Span => ({
  from: Math.min(...rows.map(({ from }) => from)),
  to: Math.max(...rows.map(({ to }) => to)),
});

const setBy = (volume: bigint, rows: readonly Service[]): Found => ({
  ...daysOfAll(rows),
  method: 'ACT',
  amount: quantity(volume),
  weight: evenly,
});

/** By the norm for each row that says so; by the meters once for all rows that say that. */
function foundBy(account: Account, rows: readonly Service[]): Found[] {
  const counted = rows.filter(({ method }) => method === 'METER');
  const [first] = counted;
  const found = [
    ...rows
      .filter(({ method }) => method === 'NORM_PERSON')
      .map((row) => ({ ...byNorm(account, row, 'NORM_PERSON'), part: row })),
    ...(first ? cutAmong(metered(account, { ...first, ...daysOfAll(counted) }), counted) : []),
  ];
  return found.sort((one, other) => one.part.from - other.part.from);
}

function byNorm(account: Account, service: Service, method: string): Found {
  const { terms, from, to } = service;
  const usual = method === 'ESTIMATE_NORM' ? (terms.estimateCoefficient ?? 100_000_000n) : 100_000_000n;
  const weight = (day: number): Exact => peopleOn(account, terms, day);
  let plain = NONE;
  let raised = NONE;
  for (const day of daysOf(service)) {
    const part = ratio(factOn(terms.norms, day)?.value ?? 0n)
      .times(weight(day))
      .divided(account.period.days);
    plain = plain.plus(part);
    raised = raised.plus(part.times(ratio(factOn(service.coefficients ?? [], day)?.value ?? usual)));
  }
  const isRaised = (service.coefficients ?? []).length > 0 || usual !== 100_000_000n;
  return { method, from, to, weight, amount: r6(plain), ...(isRaised ? { raised: r6(raised) } : {}) };
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

interface Metering {
  method: string;
  /** What each register counted, on its own days; what was estimated on those of the month. */
  readonly flows: Flow[];
}

function metered(account: Account, service: Service): Found {
  const { resource, zone } = service.terms;
  const registers = account.registers.filter(
    (one) => one.resource === resource && one.zone === zone && !one.isIrrigation,
  );
  const sum: Metering = { method: 'METER', flows: [] };
  for (const register of registers) {
    const { current, missed } = usable(register, account);
    if (register.previous && current) addReadings(sum, service, { register, current, account });
    else addEstimate(sum, service, { register, missed, account });
  }
  const amount = sumOf(sum.flows.map((flow) => flow.amount));
  if (registers.length === 0 || sum.method === 'ESTIMATE_NORM') {
    const norm = byNorm(account, service, 'ESTIMATE_NORM');
    if (!amount.isAbove(norm.amount)) return norm;
    return { method: norm.method, from: norm.from, to: norm.to, weight: norm.weight, amount };
  }
  const from = Math.min(...sum.flows.map((flow) => flow.from));
  const to = Math.max(...sum.flows.map((flow) => flow.to));
  return { method: sum.method, from, to, amount, weight: asTheyFlowed(sum.flows) };
}

function addReadings(
  sum: Metering,
  service: Service,
  { register, current, account }: { register: Register; current: Reading; account: Account },
): void {
  const { previous, estimatedSince, replaced, between } = register;
  if (!previous) return;
  const flows = flowsOf(register, previous, current, account.period.days);
  const shares = service.terms.redistributes && register.estimated ? sharesOf(register, account) : [];
  const own = replaced || between ? undefined : shares.at(-1);
  const isSpread = estimatedSince === 0n && !own && (flows[0]?.from ?? current.on) <= current.on;
  if (isSpread) return void sum.flows.push(...flows);
  const counted = sumOf(flows.map(({ amount }) => amount)).minus(quantity(estimatedSince));
  sum.flows.push({ from: service.from, to: service.to, amount: own ?? counted, weight: evenly });
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
  service: Service,
  { register, missed, account }: { register: Register; missed: number; account: Account },
): void {
  const { previous, replaced, history } = register;
  const before = replaced && previous ? flowsOf(register, previous, null, account.period.days) : [];
  const from = Math.max(service.from, before.at(-1)?.to ?? service.from);
  const average = averageOf(history, missed, service.terms);
  if (average === undefined) sum.method = 'ESTIMATE_NORM';
  else if (sum.method === 'METER') sum.method = 'ESTIMATE_AVERAGE';
  const days = Math.max(0, service.to - from);
  const estimate = r6((average ?? NONE).times(days).divided(account.period.days));
  const amount = sumOf(before.map((flow) => flow.amount)).plus(estimate);
  sum.flows.push({ from: service.from, to: service.to, amount, weight: evenly });
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

/** What the garden took. */
export function irrigationOf({ registers }: Account): Flow[] {
  return registers.flatMap((register): Flow[] => {
    const { previous, current, isIrrigation, shape } = register;
    if (!isIrrigation || !previous || !current) return [];
    const from = Math.min(previous.on, current.on - 1) + 1;
    return [
      {
        from,
        to: current.on + 1,
        amount: countedBetween(previous, current, shape).negated(),
        weight: evenly,
      },
    ];
  });
}
