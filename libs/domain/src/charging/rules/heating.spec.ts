import { price, quantityText, ratio } from '../../decimal';
import { moneyText } from '../../money';
import { type Dated } from '../snapshot';
import { accountOf, areas, monthOf, norms, on, prices, serviceOf } from '../testing';
import { type HeatingTerms } from './heating';

const SEASON = { from: on('2025-10-15'), to: on('2026-04-16') };
const changed = <T extends bigint>(before: T, after: T): Dated<T>[] => [
  { from: 0, to: on('2026-04-11'), value: before },
  { from: on('2026-04-11'), to: 1_000_000, value: after },
];
const heat = (heating: HeatingTerms, changes: object = {}, days: object = {}) => {
  const terms = { norms: norms('0.03'), tariffs: prices('10'), heating, ...changes };
  const { line, missing } = monthOf(
    accountOf([serviceOf('HEATING_NORM', terms, days)], { areas: areas('100') }),
  );
  return [quantityText(line.quantity), moneyText(line.charged), missing.length];
};

describe('heating by norm, of 100 m² in April', () => {
  it('is cut where the norm changes within the season', () =>
    // 3 × 10 / 30 + 6 × 5 / 30
    expect(heat({ seasons: [SEASON] }, { norms: changed(ratio('0.03'), ratio('0.06')) })).toEqual([
      '2',
      '20.00',
      0,
    ]));

  it('is cut where the price changes within the season', () =>
    // 1 × 10 + 0.5 × 20
    expect(heat({ seasons: [SEASON] }, { tariffs: changed(price('10'), price('20')) })).toEqual([
      '1.5',
      '20.00',
      0,
    ]));

  it('counts the days of each season, and of the account', () => {
    const again = { from: on('2026-04-26'), to: on('2026-05-10') };
    expect(heat({ seasons: [SEASON, again] })).toEqual(['2', '20.00', 0]);
    expect(heat({ seasons: [SEASON, again] }, {}, { from: on('2026-04-06') })).toEqual(['1.5', '15.00', 0]);
  });

  it('is spread from the day on which that is decided', () => {
    const spreadMonths = [{ from: on('2026-04-11'), to: 1_000_000, value: 6n }];
    // ten days of the season, then twenty of half the norm, whether it is heated or not
    expect(heat({ seasons: [SEASON], spreadMonths })).toEqual(['2', '20.00', 0]);
    expect(heat({ seasons: [], spreadMonths })).toEqual(['1', '10.00', 0]);
  });

  it('needs a tariff on the days of the season only', () => {
    const tariffs = [{ from: 0, to: on('2026-04-16'), value: price('10') }];
    expect(heat({ seasons: [SEASON] }, { tariffs })).toEqual(['1.5', '15.00', 0]);
    expect(heat({ seasons: [{ ...SEASON, to: on('2026-04-17') }] }, { tariffs })).toEqual([
      '1.6',
      '15.00',
      1,
    ]);
  });
});
