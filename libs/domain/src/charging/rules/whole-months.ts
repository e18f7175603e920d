import { clip, type AccountService, type AccountSnapshot, type Dated } from '../snapshot';

/** The rows that a service comes in, one after the other: its terms change within the month. */
export function rowsOf({ terms }: AccountService, services: readonly AccountService[]): AccountService[] {
  return services.filter((one) => one.terms.serviceId === terms.serviceId && one.from < one.to);
}

/**
 * A service that charges a begun month whole (specification B.6, `prorateMaintenance: false`): its first part reaches
 * back to the month's first day, its last one to the last. A service of no days stays one.
 */
export function wholeMonth(
  services: readonly AccountService[],
  place: number,
  account: AccountSnapshot,
): AccountService {
  const service = services[place];
  if (!service) throw new RangeError(`There is no service at ${place}`);
  if (service.from >= service.to) return service;
  const { period } = account;
  const isSame = (other: AccountService | undefined): boolean =>
    other?.terms.serviceId === service.terms.serviceId &&
    other.terms.supplierId === service.terms.supplierId &&
    other.from < other.to;
  return {
    ...service,
    from: isSame(services[place - 1]) ? service.from : period.from,
    to: isSame(services[place + 1]) ? service.to : period.to,
  };
}

/** Facts as a whole month takes them: what is known of some of its days counts on the days before and after too. */
export function stretched<T extends bigint>(
  facts: readonly Dated<T>[],
  { period }: Pick<AccountSnapshot, 'period'>,
): Dated<T>[] {
  const inside = facts.filter((fact) => {
    const days = clip(fact, period);
    return days.from < days.to;
  });
  return inside.map((fact, place) => ({
    ...fact,
    from: place === 0 ? Math.min(fact.from, period.from) : fact.from,
    to: place === inside.length - 1 ? Math.max(fact.to, period.to) : fact.to,
  }));
}
