import { type Quantity, quantityOf } from '../../decimal';
import { moneyOf } from '../../money';
import { consumption, type Volume, type Volumes, volumesFor } from '../consumption';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type Dated,
  type DaySpan,
  type Resource,
  type ServiceTerms,
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
      register.registerId === registerId ? { ...register, current: value } : register,
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

/** A zone of a meter: the terms of the service that charges it, and its part of what is used, in millionths. */
export interface ZonePart {
  readonly terms: ServiceTerms & { readonly zone: Zone };
  readonly part: Quantity;
}

const WHOLE = 1_000_000n;

/**
 * A meter of several zones in place of one: what the service's meters counted, over the days on which they did, is
 * split by the parts, of which the last takes the rest. The service itself is charged by its meter on no day, and keeps
 * its balance. Where it comes in parts, those by a meter become one; those by a norm stay.
 */
export function withZones(serviceId: string, parts: readonly ZonePart[]): Change {
  return (account) => {
    const rows = account.services.filter(
      ({ terms, method }) => terms.serviceId === serviceId && method === 'METER',
    );
    const used = together(consumption(account), rows, account);
    const [first] = rows;
    const last = rows.at(-1);
    if (!first || !last || !used) return account;
    let left: bigint = used.quantity;
    const registers = parts.map(({ terms: { zone }, part }, place) => {
      const quantity = place === parts.length - 1 ? left : (used.quantity * part) / WHOLE;
      left -= quantity;
      return zoneRegister(used, zone, quantity);
    });
    const zoned = parts.map(({ terms }) => zoneService({ from: first.from, to: last.to }, terms));
    const services = account.services.flatMap((one) => {
      const kept = rows.includes(one) ? { ...one, to: one.from } : one;
      return one === last ? [kept, ...zoned] : [kept];
    });
    return { ...account, services, registers: [...account.registers, ...registers] };
  };
}

/** What flowed for the rows of a service, as one volume over all its days; none where nothing did. */
function together(
  volumes: Volumes,
  rows: readonly AccountService[],
  account: AccountSnapshot,
): ZonedVolume | undefined {
  const own = rows.flatMap((row) => volumesFor(volumes, row, account));
  const [first] = own;
  return (
    first && {
      resource: first.resource,
      from: Math.min(...own.map(({ from }) => from)),
      to: Math.max(...own.map(({ to }) => to)),
      quantity: quantityOf(own.reduce((total, { quantity }) => total + quantity, 0n)),
    }
  );
}

type ZonedVolume = Pick<Volume, 'resource' | 'from' | 'to' | 'quantity'>;

/** What a zone of the volume would have counted. Below zero, where estimates are taken back, they still are. */
function zoneRegister({ resource, from, to }: ZonedVolume, zone: Zone, quantity: bigint): AccountRegister {
  const zero = quantityOf(0n);
  return {
    registerId: `${resource} ${zone}`,
    resource,
    zone,
    shape: { digits: 9, decimals: 6 },
    previous: { value: zero, on: from - 1 },
    current: { value: quantityOf(quantity > 0n ? quantity : 0n), on: to - 1 },
    estimatedSince: quantityOf(quantity < 0n ? -quantity : 0n),
    history: [],
    missed: 0,
  };
}

const NOTHING = moneyOf(0n);

const zoneService = ({ from, to }: DaySpan, terms: ServiceTerms): AccountService => ({
  terms,
  from,
  to,
  method: 'METER',
  opening: NOTHING,
  recalculated: NOTHING,
  underdelivered: NOTHING,
  benefit: NOTHING,
  adjusted: NOTHING,
  paid: NOTHING,
});
