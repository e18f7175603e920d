import { quantity, quantityText } from '../decimal';
import { type ReadRegister, silentShares, silentVolumes } from './silent-registers';

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

describe('what registers of one water were taken to have counted since they were last read', () => {
  /** Readings by the number of their month: December is 0. */
  const register = (...earlier: readonly [month: number, value: string][]): ReadRegister => ({
    shape: { digits: 5, decimals: 3 },
    earlier: earlier.map(([month, value]) => ({ month, value: quantity(value) })),
  });
  const DAYS_BEFORE = [0, 0, 31, 59];
  const month = (number: number, volume: string, redistributes = false) => {
    const days = { from: DAYS_BEFORE[number] ?? 0, to: DAYS_BEFORE[number + 1] ?? 90 };
    return { ...days, number, redistributes, lines: [{ ...days, quantity: quantity(volume) }] };
  };
  const shares = (
    registers: readonly ReadRegister[],
    months: readonly ReturnType<typeof month>[],
  ): string[][] =>
    silentShares(registers, months).map((own) =>
      own.map((one) =>
        [one.month.number, quantityText(one.quantity), quantityText(one.counted), one.place, one.silent].join(
          ' ',
        ),
      ),
    );

  it('divides a month among those who were silent then, and counts a late reading for what it was charged', () => {
    const kitchen = register([0, '10'], [2, '16']);
    const bath = register([0, '20']);
    // of the 6 that the kitchen shows in February 2.5 were charged in January: of 5.5 it had 3.5
    const months = [month(1, '5'), month(2, '5.5')];
    expect(shares([kitchen, bath], months)).toEqual([[], ['1 2.5 0 1 2', '2 2 3.5 0 1']]);
    expect(shares([bath, kitchen], months)).toEqual([['1 2.5 0 0 2', '2 2 3.5 0 1'], []]);
  });

  it('counts of a reading that was spread its own month alone', () => {
    const kitchen = register([0, '10'], [2, '14']);
    // of 4 in 59 days February had 1.898305
    expect(
      shares([kitchen, register([0, '20'])], [month(1, '5', true), month(2, '3.898305', true)])[1],
    ).toEqual(['1 2.5 0 1 2', '2 2 1.898305 0 1']);
    const always = register([0, '10'], [1, '13'], [2, '14']);
    expect(shares([always, register([0, '20'])], [month(1, '5', true), month(2, '4', true)])[1]).toEqual([
      '1 2 3 0 1',
      '2 3 1 0 1',
    ]);
  });

  it('tells of a month what readings of others that were spread have settled of it', () => {
    const [kitchen, bath] = [register([0, '10'], [2, '14']), register([0, '20'])];
    const settled = (registers: readonly ReadRegister[], isSpread = true) =>
      silentShares(registers, [
        month(1, '6', isSpread),
        month(2, '6', isSpread),
        month(3, '6', isSpread),
      ]).map((own) =>
        own.map((one) =>
          one.settled
            ? `${one.month.number} ${quantityText(one.settled.estimated)} ${quantityText(one.settled.counted)}`
            : String(one.month.number),
        ),
      );
    // 4 in 59 days: January had 2.101695
    expect(settled([kitchen, bath])).toEqual([['3'], ['1 3 2.101695', '2', '3']]);
    expect(settled([kitchen, bath], false)).toEqual([['3'], ['1', '2', '3']]);
    // and 9 in 90 days, of which January and February had 3.1 and 2.8; in February it was taken to have counted 2.050848
    expect(settled([kitchen, register([0, '30'], [3, '39']), bath])).toEqual([
      ['3'],
      [],
      ['1 4 5.201695', '2 2.050848 2.8', '3'],
    ]);
  });

  it('takes a reading that was joined to that of another register as charged in its own month', () => {
    const joined = { month: 2, value: quantity('14'), isJoined: true };
    const kitchen = { ...register([0, '10']), earlier: [...register([0, '10']).earlier, joined] };
    const months = [month(1, '5', true), month(2, '3', true)];
    const [, bath = []] = silentShares([kitchen, register([0, '20'])], months);
    // of the 4 that it shows 2.5 were charged in January
    expect(bath.map((one) => [quantityText(one.counted), quantityText(one.quantity), one.settled])).toEqual([
      ['0', '2.5', undefined],
      ['1.5', '1.5', undefined],
    ]);
  });

  it('sees a reading of a month that was not charged by estimate, and divides nothing of it', () => {
    const kitchen = register([0, '10'], [2, '14']);
    const months = [month(1, '6', true), { ...month(2, '0', true), lines: [] }];
    const [, bath = []] = silentShares([kitchen, register([0, '20'])], months);
    // 4 in 59 days
    expect(bath.map((one) => [one.month.number, one.settled])).toEqual([
      [1, { estimated: quantity('3'), counted: quantity('2.101695') }],
    ]);
  });

  it('lets what was guessed before a reading go, also where no month tells of it', () => {
    const kitchen = register([0, '10'], [2, '14']);
    expect(shares([kitchen], [month(1, '5'), month(3, '2')])).toEqual([['3 2 0 0 1']]);
    // the first month is all that the reading of the third must give back
    const bath = register([0, '20'], [1, '21'], [3, '25']);
    expect(shares([bath, register([0, '5'])], [month(2, '5'), month(3, '4')])[1]).toEqual([
      '2 2.5 0 1 2',
      '3 2.5 1.5 0 1',
    ]);
  });

  it('knows nothing of a register that was never read, nor what came before its first reading', () => {
    expect(shares([register(), register([0, '5'])], [month(1, '5')])).toEqual([[], ['1 5 0 0 1']]);
    expect(shares([register([1, '9']), register([0, '5'])], [month(1, '5')])).toEqual([[], ['1 5 0 0 1']]);
    // a meter that was put in and read within the month
    expect(shares([register([1, '9'], [1, '11']), register([0, '5'])], [month(1, '5')])[1]).toEqual([
      '1 3 2 0 1',
    ]);
  });
});
