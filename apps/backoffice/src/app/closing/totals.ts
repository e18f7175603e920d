import { divideHalfAway, money, type Money, moneyText, subtractMoney, sum } from '@kvartal/domain';
import { showNumber } from '@kvartal/words';

/** What a service was charged last month and this one, as the API writes it. */
export interface ServiceFigures {
  serviceId: string;
  service: string;
  previous: string;
  current: string;
}

export interface TotalRow extends ServiceFigures {
  difference: string;
  /** In tenths of a percent, as a decimal with a sign: "-4.1"; undefined where there was nothing before. */
  percent: string | undefined;
  /** A change that a person should look at: a fifth or more. */
  isLarge: boolean;
  /** −100…100 of half the axis, against the largest change of the table. */
  bar: number;
}

const LARGE_TENTHS = 200n;
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** The change in tenths of a percent, half away from zero; undefined where there was nothing before. */
function changeTenths(previous: Money, current: Money): bigint | undefined {
  if (previous === 0n) return undefined;
  return divideHalfAway((current - previous) * 1000n, absolute(previous));
}

const tenthsText = (tenths: bigint): string =>
  `${tenths < 0n ? '-' : ''}${absolute(tenths) / 10n}.${absolute(tenths) % 10n}`;

function rowOf(figures: ServiceFigures, widest: bigint): TotalRow {
  const [previous, current] = [money(figures.previous), money(figures.current)];
  const difference = subtractMoney(current, previous);
  const tenths = changeTenths(previous, current);
  return {
    ...figures,
    difference: moneyText(difference),
    percent: tenths === undefined ? undefined : tenthsText(tenths),
    isLarge: tenths !== undefined && absolute(tenths) >= LARGE_TENTHS,
    bar: widest === 0n ? 0 : Number((difference * 1000n) / widest) / 10,
  };
}

/** The table of totals with its sum: every figure exact, only the bars are pixels. */
export function totalsOf(services: readonly ServiceFigures[]): { rows: TotalRow[]; total: TotalRow } {
  const all = services.map((one) => ({ previous: money(one.previous), current: money(one.current) }));
  const widest = all.reduce((most, { previous, current }) => {
    const change = absolute(current - previous);
    return change > most ? change : most;
  }, 0n);
  const total = {
    serviceId: '',
    service: '',
    previous: moneyText(sum(all.map(({ previous }) => previous))),
    current: moneyText(sum(all.map(({ current }) => current))),
  };
  return { rows: services.map((one) => rowOf(one, widest)), total: rowOf(total, 0n) };
}

/** «+2,0 %», «−86,4 %», «0,0 %»: with one decimal always, so that a column of them stands in line; «—» without one. */
export function percentText({ percent }: Pick<TotalRow, 'percent'>): string {
  if (percent === undefined) return '—';
  const [, minus = '', whole = '0', tenth = '0'] = /^(-?)(\d+)\.(\d)$/.exec(percent) ?? [];
  const sign = minus ? '\u2212' : percent === '0.0' ? '' : '+';
  return `${sign}${showNumber(whole)},${tenth}\u00a0%`;
}
