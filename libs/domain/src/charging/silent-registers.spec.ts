import { quantityText } from '../decimal';
import { silentVolumes } from './silent-registers';

const DAYS = { from: 100, to: 130 };
const volumes = (
  lines: readonly [volume: bigint, from?: number, to?: number][],
  counted = 0n,
  silent = 1,
): string[] =>
  silentVolumes(
    lines.map(([quantity, from = DAYS.from, to = DAYS.to]) => ({
      quantity: quantity * 1_000_000n,
      from,
      to,
    })),
    { counted: counted * 1_000_000n, silent },
  ).map((one) => quantityText(one));

describe('what silent registers were taken to have counted', () => {
  it('is what one service was charged for, and two that are charged for the same water', () => {
    expect(volumes([[6n]])).toEqual(['6']);
    expect(volumes([[6n], [6n]])).toEqual(['6']);
    expect(volumes([[6n], [6n], [6n]])).toEqual(['6']);
  });

  it('is what both were charged for where one took over from the other within the month', () => {
    expect(
      volumes([
        [2n, 100, 110],
        [4n, 110, 130],
      ]),
    ).toEqual(['6']);
    expect(
      volumes([
        [4n, 110, 130],
        [2n, 100, 110],
      ]),
    ).toEqual(['6']);
    expect(volumes([[6n], [2n, 100, 110], [4n, 110, 130]])).toEqual(['6']);
  });

  it('counts a day once where the days of services meet', () => {
    // 5 m³ in 20 days, and of 3 in 15 those of the 10 days after
    expect(
      volumes([
        [3n, 115, 130],
        [5n, 100, 120],
      ]),
    ).toEqual(['7']);
    expect(volumes([[6n], [1n, 110, 110]])).toEqual(['6']);
    expect(
      volumes([
        [1n, 100, 103],
        [4n, 101, 130],
      ]),
    ).toEqual(['4.333333']);
  });

  it('is less by what the others counted, and the same for each of them', () => {
    expect(volumes([[6n]], 2n, 3)).toEqual(['1.333334', '1.333333', '1.333333']);
    expect(volumes([[6n]], 6n, 2)).toEqual(['0', '0']);
  });

  it('is not known where the others counted more, where none was silent, or nothing was charged', () => {
    expect(volumes([[6n]], 7n)).toEqual([]);
    expect(volumes([[6n]], 0n, 0)).toEqual([]);
    expect(volumes([])).toEqual([]);
  });
});
