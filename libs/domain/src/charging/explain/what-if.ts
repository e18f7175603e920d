import { type Price, type Quantity, quantityOf } from '../../decimal';
import { type Money, moneyOf } from '../../money';
import { consumption } from '../consumption';
import { type PenaltyDebt, penaltyUntil, settle } from '../rules/penalty-line';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type Resource,
  type SettledReading,
  type Zone,
} from '../snapshot';
import { calculateStatement, type Statement } from '../statement';
import { type ChargedMonth, difference, type LineDifference } from './difference';

/** A month as it is and as it would be, and why they differ. */
export interface WhatIf {
  readonly before: Statement;
  readonly after: Statement;
  readonly differences: readonly LineDifference[];
}

/** A changed fact: the account's month with it. */
export type Change = (account: AccountSnapshot) => AccountSnapshot;

/**
 * What an account's month would be with changed facts, by the closing's own functions; the house's share stays as it
 * is, and nothing is stored.
 */
export function whatIf({ account, share }: ChargedMonth, ...changes: readonly Change[]): WhatIf {
  const changed = changes.reduce((now, change) => change(now), account);
  return {
    before: calculateStatement(account, consumption(account), share),
    after: calculateStatement(changed, consumption(changed), share),
    differences: difference({ account, share }, { account: changed, share }),
  };
}

/** A reading that is being typed. */
export function withReading(registerId: string, value: SettledReading): Change {
  return (account) => ({
    ...account,
    registers: account.registers.map((register) =>
      register.registerId === registerId ? { ...register, current: value, missed: 0 } : register,
    ),
  });
}

/** So many people more (or fewer, but never below nobody) from a day on. */
export function withResidents(more: Quantity, from: number): Change {
  return (account) => {
    const { period } = account;
    const known = account.residents.length > 0 ? account.residents : [{ ...period, value: quantityOf(0n) }];
    const changed = known.flatMap((fact): Dated<Quantity>[] => {
      const value = fact.value + more;
      const parts = [
        { ...fact, to: Math.min(fact.to, from) },
        { from: Math.max(fact.from, from), to: fact.to, value: quantityOf(value > 0n ? value : 0n) },
      ];
      return parts.filter((part) => part.from < part.to);
    });
    return { ...account, residents: changed };
  };
}

/** A meter where the norm is charged, and the volume that it would count in the month. */
export function withMeter(resource: Resource, zone: Zone, volume: Quantity): Change {
  return (account) => {
    const { from, to } = account.period;
    const zero = quantityOf(0n);
    const register: AccountRegister = {
      registerId: `${resource} ${zone}`,
      resource,
      zone,
      shape: { digits: 9, decimals: 6 },
      previous: { value: zero, on: from - 1 },
      current: { value: volume, on: to - 1 },
      estimatedSince: zero,
      history: [],
      missed: 0,
    };
    const services = account.services.map((service): AccountService => {
      const isOf = service.terms.resource === resource && service.terms.zone === zone;
      if (!isOf || service.method !== 'NORM_PERSON') return service;
      return { ...service, method: 'METER', coefficients: [] };
    });
    return { ...account, services, registers: [...account.registers, register] };
  };
}

/** A zone of a tariff: the service that charges it, its price, and its part of what is used now in millionths. */
export interface TariffZone {
  readonly serviceId: string;
  readonly zone: Zone;
  readonly price: Price;
  readonly part: Quantity;
}

const WHOLE = 1_000_000n;

/** Zones in place of a service of one: each takes its part of the volume, the last one the rest. */
export function withZones(serviceId: string, parts: readonly TariffZone[]): Change {
  return (account) => {
    const service = account.services.find(({ terms }) => terms.serviceId === serviceId);
    const resource = service?.terms.resource;
    const used = consumption(account).find(
      (volume) => volume.resource === resource && volume.zone === service?.terms.zone,
    );
    if (!service || !resource || !used) return account;
    let left: bigint = used.quantity;
    const volumes = parts.map(({ part }, place) => {
      const quantity = place === parts.length - 1 ? left : (used.quantity * part) / WHOLE;
      left -= quantity;
      return quantityOf(quantity);
    });
    const zoned = parts.map((zone) => zoneService(service, zone));
    const zero = quantityOf(0n);
    const acts = parts.map(({ zone }, place) => ({ resource, zone, quantity: volumes[place] ?? zero }));
    const services = account.services.flatMap((one) => (one === service ? zoned : [one]));
    return { ...account, services, acts: [...(account.acts ?? []), ...acts] };
  };
}

function zoneService(service: AccountService, { serviceId, zone, price }: TariffZone): AccountService {
  const { from, to } = service;
  const nothing = moneyOf(0n);
  const moved =
    service.terms.serviceId === serviceId
      ? {}
      : {
          opening: nothing,
          recalculated: nothing,
          underdelivered: nothing,
          benefit: nothing,
          adjusted: nothing,
          paid: nothing,
        };
  const tariffs = [{ from: Math.min(from, 0), to: to + 1, value: price }];
  return {
    ...service,
    ...moved,
    method: 'METER',
    terms: { ...service.terms, serviceId, zone, tariffs, plans: undefined },
  };
}

/** What debts would have cost, and still cost, were all of them paid on a day; what has been charged is left out. */
export function penaltyIfPaid(debts: readonly PenaltyDebt[], on: number): Money {
  let total = 0n;
  for (const debt of debts) {
    const paid = settle(debt);
    for (const [place, lot] of debt.lots.entries())
      total += penaltyUntil(lot, paid[place] ?? [], debt.terms, on + 1) - lot.accrued;
  }
  return moneyOf(total);
}
