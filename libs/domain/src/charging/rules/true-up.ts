import { type Quantity, quantityOf } from '../../decimal';
import { type Money, moneyOf, ZERO } from '../../money';
import { counted } from '../../readings';
import { splitByDays } from '../../days-share';
import { type AccountRegister, type AccountService, type AccountSnapshot, type DaySpan } from '../snapshot';
import { newLine } from '../statement-line';
import { takersOf } from '../consumption';
import { placeAmong } from '../cut-volume';
import { rowOf } from '../own-days';
import { chargeVolumes } from '../volume-charge';
import { heatOf } from './heating';
import { rowsOf } from './whole-months';

/** A closed month that was charged by estimate: `[from, to)` its days. */
export interface EstimatedMonth extends DaySpan {
  readonly quantity: Quantity;
  readonly charged: Money;
}

/** What a reading gives to each estimated month and, last, to its own: by days, the last taking the remainder. */
export function sharesOf(register: AccountRegister, days: number): Quantity[] {
  const { previous, current, estimated = [], shape } = register;
  if (!previous || !current) return [];
  const total = counted(previous.value, current.value, shape);
  return splitByDays(total, [...estimated.map(({ from, to }) => to - from), days]);
}

/**
 * What a reading that came after estimated months changes about them: each is charged anew at its own days' prices
 * (specification B.7, REDISTRIBUTE). For drainage the difference of the volume is charged, since its month had other
 * water too, and for the heat in hot water the heat in that difference. Zero where nothing was estimated. Where the
 * service comes in parts, it is settled once, with the first that is charged that way; a service that took over within the
 * month was charged for none of those before, and settles nothing.
 */
export function trueUpOf(service: AccountService, account: AccountSnapshot): Money {
  const rows = rowsOf(service, account.services).filter(({ method }) => method === service.method);
  if (placeAmong(service, rows) > 0) return ZERO;
  const { from } = rowOf(service, account.services);
  let total = 0n;
  for (const register of account.registers) {
    if (!register.estimated || !charges(service, register)) continue;
    if (takersOf(register, account).some((one) => one.method === 'METER' && one.from < from)) continue;
    const shares = sharesOf(register, account.period.days);
    for (const [place, month] of register.estimated.entries()) {
      const share = shares[place];
      if (share === undefined) continue;
      total +=
        service.method === 'METER' && !service.terms.heatNorms
          ? amountOf(service, month, share) - month.charged
          : amountOf(service, month, quantityOf(share - month.quantity));
    }
  }
  return moneyOf(total);
}

function charges({ method, terms }: AccountService, { resource, zone }: AccountRegister): boolean {
  if (method === 'SUM_OF_WATER') return resource === 'COLD_WATER' || resource === 'HOT_WATER';
  return method === 'METER' && terms.resource === resource && terms.zone === zone;
}

function amountOf(service: AccountService, { from, to }: DaySpan, quantity: Quantity): bigint {
  const scratch = newLine(service);
  const volume = { from, to, quantity, weights: null };
  const flowing = service.terms.heatNorms ? heatOf(volume, service.terms) : [volume];
  const isWhole = chargeVolumes(scratch, flowing, service.terms.tariffs, undefined);
  if (!isWhole) throw new RangeError('No tariff covers a month that was estimated');
  return scratch.charged;
}
