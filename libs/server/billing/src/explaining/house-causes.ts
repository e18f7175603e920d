import { type ChargedMonth, type LineDifference, difference } from '@kvartal/domain';
import type { ReviewedCause } from './explaining.enums';

/** A line as a closing keeps it: what the month added to its balance, payments left out; minor units. */
export interface KeptSum {
  accountId: string;
  serviceId: string;
  supplierId: string;
  amount: bigint;
  /** Whether a person's decision is in the sum: held this month, or charged for a month that was held. */
  isDecided: boolean;
}

/** A month of a house: its accounts' facts, and the lines that its closing made of them. */
export interface KeptMonth {
  charged: readonly ChargedMonth[];
  kept: readonly KeptSum[];
}

/** What a service of a house charged in two months, and why it differs: the causes add up to the difference exactly. */
export interface ServiceCauses {
  serviceId: string;
  before: bigint;
  after: bigint;
  causes: { cause: ReviewedCause; amount: bigint; lines: number }[];
}

/**
 * The causes by which a house's lines differ from those of the month before, line by line, summed by service. What the
 * facts do not tell of a kept line is told as a decision where one is in it, and as OTHER elsewhere, so that nothing is
 * ever left unexplained; `isTold` says whether there was such a rest.
 */
export function causesOfHouse(
  before: KeptMonth,
  after: KeptMonth,
): { services: ServiceCauses[]; isTold: boolean } {
  const told = new Told();
  const earlier = new Map(before.charged.map((one) => [one.account.accountId, one]));
  for (const month of after.charged) {
    const { accountId } = month.account;
    const previous = earlier.get(accountId);
    if (!previous) continue;
    for (const { causes, ...line } of tellApart(previous, month)) {
      const place = told.line({ accountId, ...line });
      for (const { cause, amount } of causes) place.add(cause, amount);
    }
  }
  for (const line of before.kept) told.line(line).keep('before', line);
  for (const line of after.kept) told.line(line).keep('after', line);
  return told.summed();
}

/** Facts of two months together may be what no rule charges: then the months are not told apart. */
function tellApart(before: ChargedMonth, after: ChargedMonth): LineDifference[] {
  try {
    return difference(before, after);
  } catch {
    return [];
  }
}

/** One line of an account while its two months are told apart. */
class ToldLine {
  readonly causes = new Map<ReviewedCause, bigint>();
  before = 0n;
  after = 0n;
  private isDecided = false;

  constructor(readonly serviceId: string) {}

  add(cause: ReviewedCause, amount: bigint): void {
    this.causes.set(cause, (this.causes.get(cause) ?? 0n) + amount);
  }

  keep(month: 'before' | 'after', { amount, isDecided }: KeptSum): void {
    this[month] += amount;
    this.isDecided ||= isDecided;
  }

  /** Puts what the facts did not tell to the cause that it has; whether there was nothing, or a decision. */
  close(): boolean {
    let rest = this.after - this.before;
    for (const amount of this.causes.values()) rest -= amount;
    if (rest !== 0n) this.add(this.isDecided ? 'HELD' : 'OTHER', rest);
    return rest === 0n || this.isDecided;
  }
}

class Told {
  private readonly lines = new Map<string, ToldLine>();

  line({ accountId, serviceId, supplierId }: Omit<KeptSum, 'amount' | 'isDecided'>): ToldLine {
    const key = `${accountId} ${serviceId} ${supplierId}`;
    const found = this.lines.get(key) ?? new ToldLine(serviceId);
    this.lines.set(key, found);
    return found;
  }

  summed(): { services: ServiceCauses[]; isTold: boolean } {
    const services = new Map<string, ServiceCauses>();
    let isTold = true;
    for (const line of this.lines.values()) {
      if (!line.close()) isTold = false;
      const { serviceId } = line;
      const service = services.get(serviceId) ?? { serviceId, before: 0n, after: 0n, causes: [] };
      services.set(serviceId, service);
      service.before += line.before;
      service.after += line.after;
      for (const [cause, amount] of line.causes) addTo(service, cause, amount);
    }
    return { services: [...services.values()], isTold };
  }
}

function addTo({ causes }: ServiceCauses, cause: ReviewedCause, amount: bigint): void {
  if (amount === 0n) return;
  const found = causes.find((one) => one.cause === cause);
  if (found) {
    found.amount += amount;
    found.lines += 1;
  } else causes.push({ cause, amount, lines: 1 });
}
