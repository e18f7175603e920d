import { money, moneyText } from '../money';
import { explainHeld } from './explain/explain';
import { carryForward, chargeLate, type Held, heldLine, holdLines, type LateCharge } from './held';
import { calculateHouse, type HouseMonth } from './house';
import { accountOf, houseOf, serviceOf } from './testing';

const MOVED = {
  opening: money('100.00'),
  recalculated: money('-5.00'),
  adjusted: money('2.00'),
  paid: money('30.00'),
};
const area = serviceOf('AREA', { serviceId: 'area' }, MOVED);
const antenna = serviceOf('FIXED', { serviceId: 'antenna' });
const house = houseOf([
  accountOf([area, antenna], { accountId: '1' }),
  accountOf([area], { accountId: '2' }),
]);
const computed = calculateHouse(house);
const shown = (month: HouseMonth, place = 0) =>
  month.statements[place]?.lines.map(
    ({ serviceId, supplierId, method, charged, recalculated, closing, due }) =>
      [serviceId, supplierId, method, ...[charged, recalculated, closing, due].map(moneyText)].join(' '),
  );

describe('a house that is held', () => {
  it('charges nothing and carries what has moved its balances', () => {
    const { houseId, share, statements } = carryForward(house);
    expect({ houseId, share }).toEqual({ houseId: 'house', share: { period: house.period, commons: [] } });
    expect(statements.map(({ accountId, missingTariffs }) => [accountId, missingTariffs])).toEqual([
      ['1', []],
      ['2', []],
    ]);
    expect(shown(carryForward(house))).toEqual([
      'area supplier HELD 0.00 -5.00 67.00 67.00',
      'antenna supplier HELD 0.00 0.00 0.00 0.00',
    ]);
  });

  it('makes one line of the parts of a service, and one more of another supplier’s', () => {
    const parts = [area, area, serviceOf('AREA', { serviceId: 'area', supplierId: 'next' }, MOVED)];
    const one = houseOf([accountOf([...parts, serviceOf('AREA', { supplierId: 'next' })])]);
    expect(shown(carryForward(one))).toEqual([
      'area supplier HELD 0.00 -10.00 134.00 134.00',
      'area next HELD 0.00 -5.00 67.00 67.00',
      'service next HELD 0.00 0.00 0.00 0.00',
    ]);
  });
});

describe('a line that is held, told', () => {
  const account = accountOf([area, antenna]);
  const key = { serviceId: 'area', supplierId: 'supplier' };

  it('is the line that carries its balance, and nothing was charged', () => {
    const explained = explainHeld(account, key);
    expect(explained.line).toEqual(heldLine(account, key));
    expect(moneyText(explained.line.closing)).toBe('67.00');
    expect(explained).toMatchObject({ charged: 0n, segments: [], inputs: [], rule: { section: 'E.1' } });
  });

  it('is empty where the account does not take the service', () => {
    const { serviceId, method, closing } = heldLine(account, { ...key, serviceId: 'gas' });
    expect([serviceId, method, closing]).toEqual(['gas', 'HELD', 0n]);
  });
});

describe('lines that are held', () => {
  const held = (...lines: Held[]) => holdLines(computed, house, lines);

  it('are as if they were not charged, the others as they are', () => {
    const month = held({ accountId: '1', serviceId: 'area', supplierId: 'supplier' });
    expect(shown(month)).toEqual([
      'area supplier HELD 0.00 -5.00 67.00 67.00',
      'antenna supplier FIXED 10.00 0.00 10.00 10.00',
    ]);
    expect(month.statements[1]).toBe(computed.statements[1]);
  });

  it('are all lines of an account where no service is named', () =>
    expect(shown(held({ accountId: '1', serviceId: null, supplierId: null }))).toEqual(
      shown(carryForward(house)),
    ));

  it('are those of their own supplier only', () =>
    expect(shown(held({ accountId: '1', serviceId: 'area', supplierId: 'other' }))).toEqual(shown(computed)));

  it('are none in a month in which nothing is held', () => expect(held()).toBe(computed));
});

describe('what earlier months held', () => {
  const late = (serviceId: string, amount: string, changes: Partial<LateCharge> = {}): LateCharge => ({
    ...{ accountId: '1', serviceId, supplierId: 'supplier', recalculated: money(amount) },
    ...changes,
  });

  it('enters the recalculation of its line, each month of it', () => {
    const month = chargeLate(computed, [late('area', '480.00'), late('area', '20.50')]);
    expect(shown(month)).toEqual([
      // 100 + 500 − 5 + 500.50 + 2 − 30
      'area supplier AREA 500.00 495.50 1067.50 1067.50',
      'antenna supplier FIXED 10.00 0.00 10.00 10.00',
    ]);
    expect(month.statements[1]).toBe(computed.statements[1]);
  });

  it('below zero leaves an overpayment, of which nothing is due', () =>
    expect(shown(chargeLate(computed, [late('antenna', '-15.00')]))?.[1]).toBe(
      'antenna supplier FIXED 10.00 -15.00 -5.00 0.00',
    ));

  it('makes a line of its own where the account no longer takes the service', () => {
    const month = chargeLate(computed, [
      late('gas', '7.00'),
      late('gas', '3.00', { supplierId: 'next' }),
      late('gas', '1.50'),
      late('area', '1.00', { supplierId: 'next' }),
    ]);
    expect(shown(month)?.slice(2)).toEqual([
      'gas supplier HELD 0.00 8.50 8.50 8.50',
      'gas next HELD 0.00 3.00 3.00 3.00',
      'area next HELD 0.00 1.00 1.00 1.00',
    ]);
  });

  it('is nothing in a month that nothing was held before', () =>
    expect(chargeLate(computed, [])).toBe(computed));
});
