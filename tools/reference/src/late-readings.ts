import { Exact, NONE, r2, sumOf } from './exact';
import {
  type Account,
  daysOf,
  holds,
  money,
  quantity,
  type Register,
  type Service,
  type SilentLine,
  type SilentMonth,
} from './facts';
import { evenly, type Flow, partsOf } from './flows';
import { byTerms, byVolume, heatIn } from './prices';
import { gross } from './reductions';
import { takersOf } from './rows';
import { believedOf } from './silence';
import { sharesOf } from './volumes';

/** A silent month of a register, and what the reading that came at last says of it. */
interface Told {
  readonly register: Register;
  readonly month: SilentMonth;
  readonly share: Exact;
}

/**
 * What a late reading changes about months that were estimated, with the tax. A service that is charged for the volume
 * settles lines: its own, and those of services that are gone, where it was the first to come after them. Heat and
 * drainage settle the change of the volume, unless they came only after another was charged for the water.
 */
export function trueUpOf(service: Service, account: Account, since: number): Exact {
  const { method, terms } = service;
  if (!terms.redistributes || (method !== 'METER' && method !== 'SUM_OF_WATER')) return NONE;
  const concerns = ({ resource, zone }: Register): boolean =>
    method === 'METER'
      ? resource === terms.resource && zone === terms.zone
      : resource === 'COLD_WATER' || resource === 'HOT_WATER';
  const told = account.registers.filter(concerns).flatMap((register) => toldBy(register, account));
  const isByVolume = method === 'SUM_OF_WATER' || terms.heatNorms !== undefined;
  const changes = isByVolume
    ? told.filter(({ register }) => wasThere(register, account, since)).map((one) => changeOf(one, service))
    : settledLines(service, account, told);
  return gross(sumOf(changes), service, account);
}

function toldBy(register: Register, account: Account): Told[] {
  // what took another's place is charged when it is read
  if (register.replaced) return [];
  const shares = sharesOf(register, account);
  return (register.estimated ?? []).flatMap((month, place) => {
    const share = shares[place];
    return share ? [{ register, month, share }] : [];
  });
}

const wasThere = (register: Register, account: Account, since: number): boolean =>
  takersOf(account, register).every((one) => one.method !== 'METER' || since <= one.from);

function changeOf({ month, share }: Told, { method, terms }: Service): Exact {
  const flow = {
    from: month.from,
    to: month.to,
    amount: share.minus(believedOf(month)),
    weight: evenly,
  };
  const flows = method === 'METER' && terms.heatNorms ? heatIn(flow, terms.heatNorms) : [flow];
  return sumOf(byVolume(flows, terms.tariffs).segments.map(({ sum }) => sum));
}

function settledLines(service: Service, account: Account, told: readonly Told[]): Exact[] {
  const firstDays = [...new Set(told.map(({ month }) => month.from))];
  return firstDays.flatMap((day) => {
    const ofMonth = told.filter(({ month }) => month.from === day);
    const month = ofMonth[0]?.month;
    const counted = sumOf(ofMonth.map(({ share }) => share));
    const believed = sumOf(ofMonth.map((one) => believedOf(one.month)));
    return (month?.lines ?? [])
      .filter((line) => settlerOf(line, service, account) === keyOf(service))
      .map((line) => (month ? settledLine(line, { month, counted, believed, account, service }) : NONE));
  });
}

const keyOf = ({ terms }: { terms: Service['terms'] }): string => `${terms.serviceId} ${terms.supplierId}`;

/** Who settles a line: its service, or the first on the same register where the account has that no longer. */
function settlerOf(line: SilentLine, { terms }: Service, account: Account): string | undefined {
  const isThere = account.services.some((one) => one.from < one.to && keyOf(one) === keyOf(line));
  if (isThere) return keyOf(line);
  const takers = takersOf(account, terms).filter((one) => one.method === 'METER' && !one.terms.heatNorms);
  const earliest = Math.min(...takers.map(({ from }) => from));
  const first = takers.find(({ from }) => from === earliest);
  return first && keyOf(first);
}

interface Settling {
  readonly month: SilentMonth;
  readonly counted: Exact;
  readonly believed: Exact;
  readonly account: Account;
  readonly service: Service;
}

/** A line by what was counted on its days, less what it charged: all of it by plans, else the part that was believed. */
function settledLine(line: SilentLine, { month, counted, believed, account, service }: Settling): Exact {
  const own = (amount: Exact): Exact => onDaysOf(line, month, amount);
  const { from, to, terms } = line;
  const row = { ...service, terms, from, to };
  const charged = money(line.charged);
  const whole = quantity(line.quantity).plus(quantity(line.common));
  const costs = (flow: Flow, at: Account): Exact =>
    sumOf(byTerms(flow, row, at).segments.map(({ sum }) => sum));
  if (terms.plans) {
    const then = {
      ...account,
      period: { ...account.period, from: month.from, to: month.to, days: month.to - month.from },
      residents: month.residents ?? [],
    };
    const withBoth = (counts: Exact, beliefs: Exact): Exact => {
      const amount = whole.plus(own(counts)).minus(own(beliefs));
      return costs({ from, to, amount, weight: evenly }, then);
    };
    if (!month.settled) return withBoth(counted, believed).minus(charged);
    const earlier = [quantity(month.settled.counted), quantity(month.settled.estimated)] as const;
    return withBoth(counted.plus(earlier[0]), believed.plus(earlier[1])).minus(withBoth(...earlier));
  }
  const part = own(believed);
  const paid = whole.isZero() ? NONE : r2(charged.times(part).divided(whole));
  return costs({ from, to, amount: own(counted), weight: evenly }, account).minus(paid);
}

/** What of a month's volume falls on the days of a line: by days, cut wherever any line of the month begins or ends. */
function onDaysOf(line: SilentLine, { lines }: SilentMonth, amount: Exact): Exact {
  const from = Math.min(...lines.map((one) => one.from));
  const to = Math.max(...lines.map((one) => one.to));
  const flow = { from, to, amount, weight: evenly };
  const who = (day: number): string => lines.map((one) => `${one.from <= day} ${one.to <= day}`).join();
  const own = partsOf(flow, who).filter((part) => holds(line, part.from));
  const isAll = daysOf({ from, to }).every((day) => holds(line, day));
  return isAll ? amount : sumOf(own.map((part) => part.amount));
}
