import { type Quantity, quantity, quantityOf } from '../decimal';
import { month } from '../month';
import {
  type AccountRegister,
  type AccountSnapshot,
  type CommonTerms,
  type HouseSnapshot,
  type PeriodDays,
  periodDays,
} from './snapshot';
import { withEstimates } from './random-estimates';
import { randomServices } from './random-services';
import { aNorm, dated, Dice, spanIn } from './random-values';

/*
 * Houses for laws and for the second opinion: every rule of the month turns up in them, with facts that change on any
 * day. The same seed gives the same house.
 */

const MONTHS = ['2026-01', '2026-02', '2026-04', '2028-02'] as const;
/** A house of one to three accounts in one of several months. */
export function randomHouse(seed: number): HouseSnapshot {
  const dice = new Dice(seed);
  const period = periodDays(month(dice.among<string>(...MONTHS)));
  const accounts = Array.from({ length: 1 + dice.roll(3) }, (_, place) =>
    randomAccount(dice, period, String(place)),
  );
  return { houseId: 'house', period, accounts, commons: randomCommons(dice, period) };
}

function randomAccount(dice: Dice, period: PeriodDays, accountId: string): AccountSnapshot {
  const people = (): Quantity => quantityOf(BigInt(dice.roll(5)) * 1_000_000n);
  const services = randomServices(dice, period);
  return {
    accountId,
    period,
    areas: dated(dice, period, () => dice.volume(90)),
    heatedAreas: dice.is(2) ? [] : dated(dice, period, () => dice.volume(80)),
    residents: dated(dice, period, people),
    ...(dice.is(3) ? { owners: dated(dice, period, people) } : {}),
    ...(dice.is(4)
      ? { absences: [{ ...spanIn(dice, period), people: people(), moreThan: 4 + dice.roll(3), id: 'away' }] }
      : {}),
    ...(dice.is(9)
      ? { acts: [{ resource: 'GAS', zone: 'SINGLE', quantity: dice.volume(90), id: 'act' }] }
      : {}),
    registers: withEstimates(randomRegisters(dice, period), services, { dice, period }),
    services,
  };
}

function randomRegisters(dice: Dice, period: PeriodDays): AccountRegister[] {
  const registers: AccountRegister[] = [];
  for (const [resource, zone] of [
    ['COLD_WATER', 'SINGLE'],
    ['COLD_WATER', 'SINGLE'],
    ['HOT_WATER', 'SINGLE'],
    ['ELECTRICITY', 'DAY'],
    ['ELECTRICITY', 'NIGHT'],
    ['HEAT', 'SINGLE'],
  ] as const)
    if (!dice.is(4))
      registers.push({ ...randomRegister(dice, period), resource, zone, registerId: `${registers.length}` });
  return registers;
}

function randomRegister(dice: Dice, period: PeriodDays): AccountRegister {
  const before = dice.volume(9000);
  const used = dice.volume(40);
  const on = period.from - 1 - dice.roll(12);
  const isRead = !dice.is(4);
  const way = isRead ? dice.roll(10) : dice.among(6, 9, 9);
  const register: AccountRegister = {
    registerId: '',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    shape: { digits: 5, decimals: 3, ...(dice.is(6) ? { factor: quantity('1.5') } : {}) },
    previous: { value: before, on, id: 'previous' },
    current: isRead
      ? { value: quantityOf(before + used), on: period.to - 1 - dice.roll(8), id: 'current' }
      : null,
    estimatedSince: quantityOf(0n),
    history: Array.from({ length: dice.roll(8) }, () => dice.volume(20)),
    missed: isRead ? 0 : 1 + dice.roll(5),
  };
  if (way === 0)
    return { ...register, unusable: { since: period.from + dice.roll(40), why: 'BROKEN', id: 'event' } };
  if (way === 1) return { ...register, isIrrigation: true };
  if (way === 2 || way === 6)
    return { ...register, ...replacement(dice, before, on), ...(way === 6 && { estimated: [] }) };
  if (way === 3 || way === 7) {
    const between = { value: quantityOf(before + used / 2n), on: on + 1 + dice.roll(10), id: 'between' };
    return { ...register, between: [between], ...(way === 7 && { estimated: [] }) };
  }
  return way === 4 || way === 5 ? { ...register, estimated: [] } : register;
}

function replacement(dice: Dice, before: Quantity, on: number): Pick<AccountRegister, 'replaced'> {
  const previous = { value: quantity('400'), on: on - 9 };
  const final = { value: quantityOf(previous.value + before / 900n), on: on - dice.roll(5) };
  const shape = { digits: 5, decimals: 3 };
  const estimatedSince = quantityOf(dice.is(2) ? (final.value - previous.value) / 2n : 0n);
  return { replaced: { registerId: 'old', shape, previous, final, average: dice.volume(9), estimatedSince } };
}

function randomCommons(dice: Dice, period: PeriodDays): CommonTerms[] {
  const common = (serviceId: string, resource: 'COLD_WATER' | 'HEAT'): CommonTerms => ({
    serviceId,
    resource,
    zone: 'SINGLE',
    houseMeter: dice.is(4) ? null : dice.volume(200),
    carryIn: quantityOf(-BigInt(dice.roll(9_000_000))),
    norm: dice.is(4) ? null : aNorm(dice)(),
    commonArea: dice.volume(300),
    totalArea: quantityOf(100_000_000n + dice.volume(900)),
    capByNorm: dice.is(2),
    negativePolicy: dice.among('CARRY', 'ZERO', 'DISTRIBUTE'),
    ...(dice.is(5) ? { average: dice.volume(50) } : {}),
    ...(dice.is(3)
      ? {
          sharedBy: {
            kind: dice.among('PEOPLE', 'HEATED_AREA'),
            whole: (100_000_000n + dice.volume(400)) * BigInt(period.days),
          },
        }
      : {}),
  });
  return [common('cold', 'COLD_WATER'), common('common', 'COLD_WATER'), common('heat', 'HEAT')];
}

/** The same house a month later or earlier, with other facts: what differences are told between. */
export function otherMonthOf(house: HouseSnapshot, seed: number): HouseSnapshot {
  const other = randomHouse(seed);
  const accounts = house.accounts.map((account, place) => ({
    ...(other.accounts[place] ?? other.accounts[0] ?? account),
    accountId: account.accountId,
  }));
  return { ...other, accounts };
}
