import { causeRows } from './causes';

const still = {
  __typename: 'DifferenceCause' as const,
  quantityBefore: null,
  quantityAfter: null,
  priceBefore: null,
  priceAfter: null,
};
const lineOf = (service: string, causes: readonly [cause: 'TARIFF' | 'VOLUME', amount: string][]) => ({
  service,
  unit: 'м³',
  causes: causes.map(([cause, amount]) => ({ ...still, cause, amount })),
});

describe('causes of a difference', () => {
  const rows = causeRows(
    [
      lineOf('Вода', [
        ['TARIFF', '10.00'],
        ['VOLUME', '-40.00'],
      ]),
      lineOf('Стоки', [['VOLUME', '-20.00']]),
    ],
    '100.00',
    '50.00',
  );

  it('are told once each, with all their lines', () => {
    expect(rows.map(({ cause, amount, lines }) => [cause, amount, lines.length])).toEqual([
      ['TARIFF', '10.00', 1],
      ['VOLUME', '-60.00', 2],
    ]);
  });

  it('begin where the one before ended', () => {
    expect(rows.map(({ from, length }) => [Math.round(from), Math.round(length)])).toEqual([
      [91, 9],
      [45, 55],
    ]);
    expect(rows.map(({ isMore }) => isMore)).toEqual([true, false]);
  });
});
