import { type Quantity, quantityOf } from '../../decimal';
import { type Money, moneyOf, ZERO } from '../../money';
import { counted } from '../../readings';
import { divideHalfAway } from '../../rounding';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type ServiceTerms,
} from '../snapshot';
import { newLine } from '../statement-line';
import { takersOf } from '../consumption';
import { placeAmong } from '../cut-volume';
import { boundsOf, portionOf, rowOf, spanOf } from '../own-days';
import { redistribute, type SettledVolume } from '../silent-registers';
import { chargeVolumes } from '../volume-charge';
import { heatOf } from './heating';
import { chargePlans } from './plans';
import { rowsOf } from './whole-months';

/** What a service charged for a month by estimate, as it stands corrected; `[from, to)` the days it was charged for. */
export interface EstimatedLine extends DaySpan {
  /** How the service was charged then. */
  readonly terms: ServiceTerms;
  /** What flowed, by all registers, and what share of the house's was charged with it. */
  readonly quantity: Quantity;
  readonly common: Quantity;
  /** Net of tax, and of what a raised norm added. */
  readonly charged: Money;
}

/** A closed month that was charged by estimate: `[from, to)` its days. */
export interface EstimatedMonth extends DaySpan {
  /** What the register was taken to have counted, however many services were charged for it. */
  readonly quantity: Quantity;
  /** What other registers counted, how many counted nothing, and which of these the register is, from 0. */
  readonly counted: Quantity;
  readonly silent: number;
  readonly place: number;
  /** What other registers that were silent in it have settled of it since. */
  readonly settled?: SettledVolume;
  /** What was charged for it, one for each service; heat and drainage are charged for the same volume. */
  readonly lines: readonly EstimatedLine[];
  /** Who lived there; left out where no price asks for it. */
  readonly residents?: readonly Dated<Quantity>[];
}

/**
 * A part of a correction: what an estimated month costs by what was counted, and what it has cost so far: as it was
 * charged, or as the registers left it that settled it before. Null where `anew` is what the change of the volume costs.
 */
export interface SettledMonth extends DaySpan {
  readonly anew: Money;
  readonly charged: Money | null;
}

/**
 * What a reading that came after estimated months changes about them: each is charged anew at its own days' prices
 * (specification B.7, REDISTRIBUTE), by its plans where the price depends on the volume: then less what it has cost so
 * far, as the registers left it that settled it before. A service settles what it was itself charged for; what a service
 * was that the account no longer has, whoever came first to the register after it.
 * For drainage the difference of the volume is charged, since its month had other water too, and for the heat in hot
 * water the heat in that difference. Nothing where nothing was estimated. Where the service comes in parts, it is settled
 * once, with the first that is charged that way.
 */
export function trueUpOf(service: AccountService, account: AccountSnapshot): SettledMonth[] {
  const isByLine = service.method === 'METER' && !service.terms.heatNorms;
  const rows = rowsOf(service, account.services).filter(
    ({ method, terms }) =>
      method === service.method && (!isByLine || terms.supplierId === service.terms.supplierId),
  );
  if (placeAmong(service, rows) > 0) return [];
  return isByLine ? settledLines(service, account) : settledVolumes(service, account);
}

/** A month of all registers of a resource that were silent in it. */
interface CountedMonth {
  readonly month: EstimatedMonth;
  counted: bigint;
  estimated: bigint;
}

function settledLines(service: AccountService, account: AccountSnapshot): SettledMonth[] {
  const months = new Map<number, CountedMonth>();
  for (const register of account.registers) {
    if (!charges(service, register)) continue;
    for (const { month, share } of sharedMonths(register, account)) {
      const known = months.get(month.from) ?? { month, counted: 0n, estimated: 0n };
      known.counted += share;
      known.estimated += month.quantity;
      months.set(month.from, known);
    }
  }
  return [...months.values()].flatMap((counting) =>
    counting.month.lines
      .filter((line) => isSettledBy(service, line, account))
      .map((line) => settledLine(service, line, { ...counting, account })),
  );
}

const isOf =
  ({ terms }: Pick<EstimatedLine, 'terms'>) =>
  (one: Pick<AccountService, 'terms'>): boolean =>
    one.terms.serviceId === terms.serviceId && one.terms.supplierId === terms.supplierId;

function isSettledBy(service: AccountService, line: EstimatedLine, account: AccountSnapshot): boolean {
  if (isOf(line)(service)) return true;
  if (account.services.some((one) => one.from < one.to && isOf(line)(one))) return false;
  const { resource, zone } = service.terms;
  const [heir] = takersOf({ resource, zone }, account)
    .filter(({ method, terms }) => method === 'METER' && !terms.heatNorms)
    .sort((one, other) => one.from - other.from);
  return heir !== undefined && isOf(heir)(service);
}

/** A line of a month with what was counted in place of what was estimated, on the days that it was charged for. */
function settledLine(
  by: AccountService,
  line: EstimatedLine,
  { month, counted: share, estimated, account }: CountedMonth & { account: AccountSnapshot },
): SettledMonth {
  const days = spanOf(month.lines);
  const taking = { row: line, bounds: boundsOf(month.lines) };
  const own = (quantity: bigint): bigint =>
    portionOf({ ...days, quantity: quantityOf(quantity), weights: null }, days, taking)?.quantity ?? 0n;
  const { from, to, terms, charged } = line;
  const service = { ...by, terms, from, to };
  if (!terms.plans)
    return {
      from,
      to,
      charged: chargedFor(own(estimated), line),
      anew: amountOf(service, line, quantityOf(own(share))),
    };
  const costs = (given: bigint, taken: bigint): Money =>
    byPlans(service, wholeOf(line) + own(given) - own(taken), { month, account });
  const { settled } = month;
  if (!settled) return { from, to, charged, anew: costs(share, estimated) };
  return {
    from,
    to,
    charged: costs(settled.counted, settled.estimated),
    anew: costs(settled.counted + share, settled.estimated + estimated),
  };
}

const wholeOf = ({ quantity, common }: EstimatedLine): bigint => quantity + common;

/** What of a line's charge was for a part of its volume. */
function chargedFor(part: bigint, line: EstimatedLine): Money {
  const whole = wholeOf(line);
  return whole === 0n ? ZERO : moneyOf(divideHalfAway(line.charged * part, whole));
}

/** The volume of a month by the plans that it had, with the people of that month. @throws RangeError where it has none */
function byPlans(
  service: AccountService,
  quantity: bigint,
  { month, account }: { month: EstimatedMonth; account: AccountSnapshot },
): Money {
  const { from, to, residents } = month;
  if (!residents) throw new RangeError('Nobody knows who lived there in a month that was estimated');
  const period = { ...account.period, from, to, days: to - from };
  const scratch = newLine(service);
  const volume = { from: service.from, to: service.to, quantity: quantityOf(quantity), weights: null };
  const charged = service.terms.wholeMonths ? { ...service, from, to } : service;
  const context = { account: { ...account, period, residents }, recorder: undefined };
  if (!chargePlans(scratch, volume, charged, context)) throw new RangeError(NO_TARIFF);
  return scratch.charged;
}

/** Drainage, and heat in water: what the change of the volume costs. */
function settledVolumes(service: AccountService, account: AccountSnapshot): SettledMonth[] {
  const { from } = rowOf(service, account.services);
  return account.registers.flatMap((register) => {
    if (!charges(service, register)) return [];
    // who took over within the month was charged for none of those before
    if (takersOf(register, account).some((one) => one.method === 'METER' && one.from < from)) return [];
    return sharedMonths(register, account).map(({ month, share }) => ({
      from: month.from,
      to: month.to,
      anew: amountOf(service, month, quantityOf(share - month.quantity)),
      charged: null,
    }));
  });
}

/** The estimated months of a register with what a reading gives them; one that took another's place settles in its own. */
function sharedMonths(
  register: AccountRegister,
  { period }: AccountSnapshot,
): { month: EstimatedMonth; share: Quantity }[] {
  const { previous, current, estimated, shape } = register;
  if (!previous || !current || !estimated || register.replaced) return [];
  const total = counted(previous.value, current.value, shape);
  const shares = redistribute(total, { silent: estimated, own: period }).silent;
  return estimated.flatMap((month, place) => {
    const share = shares[place];
    return share === undefined ? [] : { month, share };
  });
}

function charges({ method, terms }: AccountService, { resource, zone }: AccountRegister): boolean {
  if (method === 'SUM_OF_WATER') return resource === 'COLD_WATER' || resource === 'HOT_WATER';
  return method === 'METER' && terms.resource === resource && terms.zone === zone;
}

const NO_TARIFF = 'No tariff covers a month that was estimated';

function amountOf(service: AccountService, { from, to }: DaySpan, quantity: Quantity): Money {
  const scratch = newLine(service);
  const volume = { from, to, quantity, weights: null };
  const flowing = service.terms.heatNorms ? heatOf(volume, service.terms) : [volume];
  const isWhole = chargeVolumes(scratch, flowing, service.terms.tariffs, undefined);
  if (!isWhole) throw new RangeError(NO_TARIFF);
  return scratch.charged;
}
