import { civilDate, dayNumber } from '../civil-date';
import { type Price, price, quantity, type Quantity, quantityText, type Ratio, ratio } from '../decimal';
import { type AverageTerms } from '../estimate';
import { type Money, money, moneyText, ZERO } from '../money';
import { month } from '../month';
import { calculateHouse } from './house';
import { type EstimatedLine, type EstimatedMonth } from './rules/true-up';
import {
  type AccountRegister,
  type AccountService,
  type AccountSnapshot,
  type CommonTerms,
  type Dated,
  type DaySpan,
  type HouseSnapshot,
  type PeriodDays,
  periodDays,
  type ServiceTerms,
} from './snapshot';
import { type StatementLine } from './statement-line';

/*
 * Builders for specs of whatever charges: each gives a whole value of the ordinary kind, of which a test changes what
 * it is about.
 */

export const APRIL = periodDays(month('2026-04'));

export const COLD = { resource: 'COLD_WATER', zone: 'SINGLE' } as const;
export const HOT = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;

/** One value over all days. */
export function always<T extends bigint>(value: T, id?: string): Dated<T>[] {
  return [{ from: -1_000_000, to: 1_000_000, value, ...(id === undefined ? {} : { id }) }];
}

export const prices = (text: string, id = 'T'): Dated<Price>[] => always(price(text), id);
export const norms = (text: string): Dated<Ratio>[] => always(ratio(text), 'N');
export const areas = (text: string): Dated<Quantity>[] => always(quantity(text), 'S');
export const people = (count: number): Dated<Quantity>[] => always(quantity(String(count)), 'R');

/** As the law of Russia has them: six months, at least three, for three months. */
export const AVERAGES: AverageTerms = { of: 6, needs: 3, lasts: 3 };

/** Terms of a service by area at 10.00. */
export function terms(changes: Partial<ServiceTerms> = {}): ServiceTerms {
  return {
    serviceId: 'service',
    supplierId: 'supplier',
    resource: null,
    zone: null,
    areaKind: 'TOTAL',
    tariffs: prices('10'),
    norms: [],
    averages: AVERAGES,
    ...changes,
  };
}

/** A service of the whole month that nothing has moved yet. */
export function serviceOf(
  method: AccountService['method'],
  changes: Partial<ServiceTerms> = {},
  rest: Partial<Record<'opening' | 'paid' | 'recalculated' | 'adjusted', Money>> & Partial<DaySpan> = {},
): AccountService {
  return {
    terms: terms(changes),
    from: APRIL.from,
    to: APRIL.to,
    method,
    opening: ZERO,
    recalculated: ZERO,
    underdelivered: ZERO,
    benefit: ZERO,
    adjusted: ZERO,
    paid: ZERO,
    ...rest,
  };
}

/** A flat of 50 m² with two people in April 2026. */
export function accountOf(
  services: AccountService[],
  changes: Partial<AccountSnapshot> = {},
): AccountSnapshot {
  return {
    accountId: 'account',
    period: APRIL,
    areas: areas('50'),
    heatedAreas: [],
    residents: people(2),
    registers: [],
    services,
    ...changes,
  };
}

/** A cold water register that was read at 396.000 on 31 March and at 402.418 on 30 April. */
export function registerOf(
  changes: Partial<AccountRegister> = {},
  period: PeriodDays = APRIL,
): AccountRegister {
  return {
    registerId: 'register',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    shape: { digits: 5, decimals: 3 },
    previous: { value: quantity('396.000'), on: period.from - 1, id: 'before' },
    current: { value: quantity('402.418'), on: period.to - 1, id: 'now' },
    estimatedSince: quantity('0'),
    history: [],
    missed: 0,
    ...changes,
  };
}

/** A civil day as the number that snapshots keep. */
export const on = (date: string): number => dayNumber(civilDate(date));

/** A common water of a house without a meter, norm or carry. */
export function commonOf(changes: Partial<CommonTerms> = {}): CommonTerms {
  return {
    serviceId: 'common',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    houseMeter: null,
    carryIn: quantity('0'),
    norm: null,
    commonArea: quantity('0'),
    totalArea: quantity('100'),
    capByNorm: false,
    negativePolicy: 'CARRY',
    ...changes,
  };
}

/** A house of accounts in the month of the first. */
export function houseOf(accounts: AccountSnapshot[], commons: CommonTerms[] = []): HouseSnapshot {
  return { houseId: 'house', period: accounts[0]?.period ?? APRIL, accounts, commons };
}

/** The first account's lines by the closing's own composition, and what they are charged as text, by service. */
export function monthOf(
  account: AccountSnapshot,
  commons: CommonTerms[] = [],
): { lines: readonly StatementLine[]; line: StatementLine; missing: readonly string[] } {
  const statement = calculateHouse(houseOf([account], commons)).statements[0];
  const line = statement?.lines[0];
  if (!statement || !line) throw new RangeError('The month has no line');
  return { lines: statement.lines, line, missing: statement.missingTariffs };
}

/** Each line of an account's month: its service, volume and charge. */
export function linesOf(account: AccountSnapshot, commons: CommonTerms[] = []): string[][] {
  return monthOf(account, commons).lines.map((line) => [
    line.serviceId,
    quantityText(line.quantity),
    moneyText(line.charged),
  ]);
}

/** The line of an only service: how it was charged in fact, its volume and charge. */
export function lineOf(
  service: AccountService,
  changes: Partial<AccountSnapshot> = {},
  commons: CommonTerms[] = [],
): { method: string; quantity: string; charged: string } {
  const { line } = monthOf(accountOf([service], changes), commons);
  return { method: line.method, quantity: quantityText(line.quantity), charged: moneyText(line.charged) };
}

/** A month that is charged after two that were estimated. */
export const MARCH = periodDays(month('2026-03'));

/**
 * A register of cold water that was read in March, after services were charged 5.1 m³ each of January and February by
 * estimate, at 43.27.
 */
export const readAfterEstimates = (...serviceIds: readonly string[]): AccountRegister =>
  registerOf({
    previous: { value: quantity('402'), on: on('2025-12-31') },
    current: { value: quantity('421'), on: on('2026-03-31') },
    estimatedSince: quantity('10.2'),
    estimated: ['2026-01', '2026-02'].map((text) => {
      const { from, to } = periodDays(month(text));
      const lines = serviceIds.map((serviceId) =>
        estimatedLine({ serviceId, tariffs: prices('43.27') }, { from, to }),
      );
      return { ...silentMonth({ from, to }), lines };
    }),
  });

/** A service that was charged 220.68 for 5.1 on some days, by estimate. */
export const estimatedLine = (
  changes: Partial<ServiceTerms>,
  days: DaySpan,
  rest: Partial<EstimatedLine> = {},
): EstimatedLine => ({
  terms: terms(changes),
  quantity: quantity('5.1'),
  common: quantity('0'),
  charged: money('220.68'),
  ...days,
  ...rest,
});

/** A month in which the only register was silent, and was taken to have counted 5.1. */
export const silentMonth = (days: DaySpan, rest: Partial<EstimatedMonth> = {}): EstimatedMonth => ({
  from: days.from,
  to: days.to,
  quantity: quantity('5.1'),
  counted: quantity('0'),
  silent: 1,
  place: 0,
  lines: [],
  ...rest,
});
