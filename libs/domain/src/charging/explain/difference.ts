import { type Price, type Quantity, ratio } from '../../decimal';
import { type Money, moneyOf } from '../../money';
import { type HouseShare } from '../common-area';
import { consumption } from '../consumption';
import { type AccountService, type AccountSnapshot, type PeriodDays } from '../snapshot';
import { calculateStatement } from '../statement';
import { type StatementLine } from '../statement-line';
import { movedShare, movedTo } from './moved-month';

/** An account's month with what its house shared. */
export interface ChargedMonth {
  readonly account: AccountSnapshot;
  readonly share: HouseShare;
}

/** Why a line costs another sum than before. */
export type Cause =
  | 'CALENDAR'
  | 'SERVICE'
  | 'DAYS'
  | 'METHOD'
  | 'TARIFF'
  | 'NORM'
  | 'PEOPLE'
  | 'AREA'
  | 'VOLUME'
  | 'COMMON_VOLUME'
  | 'COEFFICIENT'
  | 'BENEFIT'
  | 'VAT'
  | 'ABSENCE'
  | 'OUTAGE'
  | 'PENALTY'
  | 'CORRECTION'
  | 'OTHER';

/** A cause with its part of the difference, and what it did to the line's volume and price. */
export interface CauseOfDifference {
  readonly cause: Cause;
  readonly amount: Money;
  readonly quantity: { readonly before: Quantity; readonly after: Quantity } | null;
  readonly price: { readonly before: Price; readonly after: Price } | null;
}

/** A line's two sums (charged, recalculated, reduced and adjusted) and the causes, which add up to their difference. */
export interface LineDifference {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly before: Money;
  readonly after: Money;
  readonly causes: readonly CauseOfDifference[];
}

/**
 * Tells two months of an account (or one month before and after a correction) apart: the facts of the second are put
 * into the first one after the other, in a fixed order, and each step is computed by the closing's own functions. What
 * a step changes is its cause's part, so that the parts add up to the difference exactly, to the kopek.
 */
export function difference(before: ChargedMonth, after: ChargedMonth): LineDifference[] {
  const found = new Map<string, LineBeingTold>();
  let now = before;
  let lines = linesOf(now);
  for (const line of lines.values()) tell(found, line).before = sumOf(line);
  for (const { cause, take } of STEPS) {
    const next = take(now, after);
    const changed = linesOf(next);
    for (const key of new Set([...lines.keys(), ...changed.keys()]))
      addCause(found, cause, lines.get(key), changed.get(key));
    now = next;
    lines = changed;
  }
  for (const line of lines.values()) tell(found, line).after = sumOf(line);
  return [...found.values()];
}

type LineBeingTold = { -readonly [K in keyof LineDifference]: LineDifference[K] } & {
  causes: CauseOfDifference[];
};

const keyOf = ({ serviceId, supplierId }: { serviceId: string; supplierId: string }): string =>
  `${serviceId} ${supplierId}`;

function linesOf({ account, share }: ChargedMonth): Map<string, StatementLine> {
  const { lines } = calculateStatement(account, consumption(account), share);
  return new Map(lines.map((line) => [keyOf(line), line]));
}

/** What the month itself adds to a line's balance, payments left out. */
function sumOf(line: StatementLine | undefined): Money {
  if (!line) return moneyOf(0n);
  return moneyOf(line.charged + line.recalculated + line.underdelivered + line.benefit + line.adjusted);
}

function tell(found: Map<string, LineBeingTold>, line: StatementLine): LineBeingTold {
  const { serviceId, supplierId } = line;
  const nothing = moneyOf(0n);
  const told = found.get(keyOf(line)) ?? {
    serviceId,
    supplierId,
    before: nothing,
    after: nothing,
    causes: [],
  };
  found.set(keyOf(line), told);
  return told;
}

function addCause(
  found: Map<string, LineBeingTold>,
  cause: Cause,
  before: StatementLine | undefined,
  after: StatementLine | undefined,
): void {
  const line = after ?? before;
  const amount = moneyOf(sumOf(after) - sumOf(before));
  if (!line || amount === 0n) return;
  // a debt costs by the days since it was due: another month is another penalty
  if (line.method === 'PENALTY' && cause === 'CALENDAR') return addPenalty(tell(found, line), amount);
  if (cause === 'PENALTY') return addPenalty(tell(found, line), amount);
  const isVolume = before && after && before.quantity !== after.quantity;
  const isPrice = before && after && before.price !== after.price;
  tell(found, line).causes.push({
    cause,
    amount,
    quantity: isVolume ? { before: before.quantity, after: after.quantity } : null,
    price: isPrice ? { before: before.price, after: after.price } : null,
  });
}

const ONE = ratio('1');

function addPenalty({ causes }: LineBeingTold, amount: Money): void {
  const place = causes.findIndex(({ cause }) => cause === 'PENALTY');
  const whole = moneyOf((causes[place]?.amount ?? 0n) + amount);
  if (place >= 0) causes.splice(place, 1);
  if (whole !== 0n) causes.push({ cause: 'PENALTY', amount: whole, quantity: null, price: null });
}

interface Step {
  readonly cause: Cause;
  /** The month with one kind of fact taken from the other. */
  readonly take: (now: ChargedMonth, after: ChargedMonth) => ChargedMonth;
}

const ofAccount =
  (take: (account: AccountSnapshot) => Partial<AccountSnapshot>): Step['take'] =>
  (now, after) => ({ ...now, account: { ...now.account, ...take(after.account) } });

/** Puts something of the same service's later terms in place of the earlier. */
const ofServices =
  (take: (later: AccountService, now: AccountService) => AccountService): Step['take'] =>
  (now, after) => {
    const later = partsOf(after.account.services);
    const services = [...partsOf(now.account.services)].map(([key, service]) => {
      const other = later.get(key);
      return other ? take(other, service) : service;
    });
    return { ...now, account: { ...now.account, services } };
  };

/** Services by their key and which part of the month they are. */
function partsOf(services: readonly AccountService[]): Map<string, AccountService> {
  const counts = new Map<string, number>();
  return new Map(
    services.map((service) => {
      const key = keyOf(service.terms);
      const place = counts.get(key) ?? 0;
      counts.set(key, place + 1);
      return [`${key} ${place}`, service];
    }),
  );
}

const terms = (now: AccountService, changes: Partial<AccountService['terms']>): AccountService => ({
  ...now,
  terms: { ...now.terms, ...changes },
});

/** The facts of one month given to the other, kind by kind. The last step is the later month as it is. */
const STEPS: readonly Step[] = [
  { cause: 'CALENDAR', take: (now, after) => movedMonth(now, after.account.period) },
  { cause: 'SERVICE', take: sameServices },
  { cause: 'DAYS', take: ofServices(({ from, to }, now) => ({ ...now, from, to })) },
  { cause: 'METHOD', take: ofServices(({ method }, now) => ({ ...now, method })) },
  {
    cause: 'TARIFF',
    take: ofServices(({ terms: { tariffs, plans } }, now) => terms(now, { tariffs, plans })),
  },
  {
    cause: 'NORM',
    take: ofServices(({ terms: { norms, heatNorms, heating } }, now) =>
      terms(now, { norms, heatNorms, heating }),
    ),
  },
  { cause: 'PEOPLE', take: ofAccount(({ residents, owners }) => ({ residents, owners: owners ?? [] })) },
  { cause: 'AREA', take: ofAccount(({ areas, heatedAreas }) => ({ areas, heatedAreas })) },
  { cause: 'VOLUME', take: ofAccount(({ registers, acts }) => ({ registers, acts: acts ?? [] })) },
  { cause: 'COMMON_VOLUME', take: (now, { share }) => ({ ...now, share }) },
  {
    cause: 'COEFFICIENT',
    take: ofServices(({ coefficients, terms: { estimateCoefficient } }, now) => ({
      ...terms(now, { estimateCoefficient: estimateCoefficient ?? ONE }),
      coefficients: coefficients ?? [],
    })),
  },
  { cause: 'VAT', take: ofServices(({ terms: { vat } }, now) => terms(now, { vat })) },
  { cause: 'ABSENCE', take: ofAccount(({ absences }) => ({ absences: absences ?? [] })) },
  {
    cause: 'OUTAGE',
    take: ofServices(({ outages, underdelivered }, now) => ({
      ...now,
      underdelivered,
      outages: outages ?? [],
    })),
  },
  {
    cause: 'BENEFIT',
    take: ofServices(({ benefits, benefit }, now) => ({ ...now, benefit, benefits: benefits ?? [] })),
  },
  { cause: 'PENALTY', take: ofServices(({ debts }, now) => ({ ...now, debts: debts ?? [] })) },
  {
    cause: 'CORRECTION',
    take: ofServices(({ recalculated, adjusted, year }, now) => ({
      ...now,
      recalculated,
      adjusted,
      year: year ?? [],
    })),
  },
  { cause: 'OTHER', take: (_now, after) => after },
];

function movedMonth({ account, share }: ChargedMonth, period: PeriodDays): ChargedMonth {
  return { account: movedTo(account, period), share: movedShare(share, period) };
}

/** Services that end are taken out or left without days, services that begin are added with the meters that they bring. */
function sameServices(now: ChargedMonth, after: ChargedMonth): ChargedMonth {
  const before = partsOf(now.account.services);
  const later = partsOf(after.account.services);
  const services = [...later].map(([key, service]) => {
    const known = before.get(key);
    if (!known || service.from < service.to) return known ?? service;
    return { ...known, from: service.from, to: service.to };
  });
  const known = new Set(now.account.registers.map(({ registerId }) => registerId));
  const brought = after.account.registers.filter(
    ({ registerId, resource, zone }) =>
      !known.has(registerId) &&
      now.account.services.every(({ terms }) => terms.resource !== resource || terms.zone !== zone),
  );
  return { ...now, account: { ...now.account, services, registers: [...now.account.registers, ...brought] } };
}
