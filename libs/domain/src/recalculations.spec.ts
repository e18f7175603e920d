import { civilDate } from './civil-date';
import { splitByDays } from './days-share';
import { price, quantity, quantityText, ratio, ratioText } from './decimal';
import { money, moneyText } from './money';
import { month } from './month';
import { absence, benefit, hotWaterTemperature, interruption } from './recalculations';
import { chargeBlocks, chargeBlocksWhole, chargeSocialNorm } from './tariff-plans';

describe('temporary absence', () => {
  const given = { norm: ratio('4.56'), people: 1n, price: price('43.27'), moreThan: 5 };
  const away = (departure: string, arrival: string, of: string) =>
    absence({ ...given, month: month(of), departure: civilDate(departure), arrival: civilDate(arrival) });

  it('counts full days between, and only more than five of them', () => {
    expect(away('2026-07-05', '2026-07-11', '2026-07')).toMatchObject({
      fullDays: 5,
      days: 0,
      recalculation: 0n,
    });
    const six = away('2026-07-05', '2026-07-12', '2026-07');
    // 4.56 × 43.27 × 6 / 31
    expect([six.fullDays, six.days, moneyText(six.recalculation)]).toEqual([6, 6, '-38.19']);
  });

  it('is cut at the month', () => {
    expect(away('2026-06-20', '2026-07-12', '2026-07')).toMatchObject({ fullDays: 21, days: 11 });
    expect(away('2026-06-20', '2026-07-12', '2026-08')).toMatchObject({ days: 0, recalculation: 0n });
    expect(away('2026-07-12', '2026-07-12', '2026-07')).toMatchObject({ fullDays: 0 });
  });
});

describe('bad service', () => {
  const broken = (hours: string) =>
    interruption({
      charged: money('480.02'),
      hours: quantity(hours),
      allowedHours: quantity('8'),
      percentPerHour: ratio('0.15'),
    });

  it('reduces the charge for each hour above the allowed, at most to nothing', () => {
    expect(moneyText(broken('31.5').reduction)).toBe('-16.92');
    expect(broken('8').reduction).toBe(0n);
    expect(broken('2')).toEqual({ excessHours: 0n, reduction: 0n });
    expect(moneyText(broken('700').reduction)).toBe('-480.02');
  });

  const water = (temperature: string, hours: string, steps: 'FLOOR' | 'CEIL' = 'FLOOR') =>
    hotWaterTemperature({
      charged: money('1000'),
      dayMinimum: quantity('57'),
      nightMinimum: quantity('55'),
      steps,
      slots: [{ temperature: quantity(temperature), hours: quantity(hours), night: false }],
    });

  it('of hot water goes by full steps of three degrees', () => {
    expect(ratioText(water('54', '10').percent, 4)).toBe('1.0000');
    expect(ratioText(water('54.1', '10').percent, 4)).toBe('0.0000');
    expect(ratioText(water('54.1', '10', 'CEIL').percent, 4)).toBe('1.0000');
    expect(moneyText(water('57', '10').reduction)).toBe('0.00');
    expect(moneyText(water('40', '5000').reduction)).toBe('-1000.00');
  });

  it('below forty degrees it counts hours of cold water', () => {
    const cold = water('39.9', '5');
    expect([quantityText(cold.hoursAtColdTariff), cold.reduction]).toEqual(['5', 0n]);
  });
});

describe('a benefit', () => {
  it('covers the whole volume where neither norm nor share bound it', () => {
    const given = { quantity: quantity('10'), normQuantity: undefined, share: undefined, price: price('10') };
    expect(moneyText(benefit({ ...given, percent: ratio('50') }).benefit)).toBe('-50.00');
    const bounded = { ...given, normQuantity: quantity('12'), percent: ratio('50') };
    expect(moneyText(benefit(bounded).benefit)).toBe('-50.00');
  });
});

describe('tariff plans', () => {
  const blocks = [
    { upTo: quantity('3'), price: price('100') },
    { upTo: quantity('5'), price: price('120') },
    { upTo: null, price: price('200') },
  ];
  const amounts = (volume: string) =>
    chargeBlocks(quantity(volume), blocks).lines.map((line) => moneyText(line.amount));

  it('leave a boundary to the lower block', () => {
    expect(amounts('3')).toEqual(['300.00', '0.00', '0.00']);
    expect(amounts('5')).toEqual(['300.00', '240.00', '0.00']);
    expect(amounts('0')).toEqual(['0.00', '0.00', '0.00']);
    expect(chargeBlocksWhole(quantity('5'), blocks).price).toBe(price('120'));
    expect(chargeBlocksWhole(quantity('7'), blocks, 2n).price).toBe(price('120'));
    expect(chargeBlocksWhole(quantity('7'), blocks).price).toBe(price('200'));
  });

  it('need a block for every volume', () => {
    expect(() => chargeBlocksWhole(quantity('6'), blocks.slice(0, 2))).toThrow(RangeError);
    expect(() => chargeBlocks(quantity('5.000001'), blocks.slice(0, 2))).toThrow(RangeError);
    expect(chargeBlocks(quantity('5'), blocks.slice(0, 2)).amount).toBe(money('540'));
  });

  it('take a correction below zero back at the first price', () =>
    expect(amounts('-4')).toEqual(['-400.00', '0.00', '0.00']));

  it('split at a social norm', () => {
    const given = { norm: ratio('96'), people: 2n, priceWithin: price('3.21'), priceOver: price('4.09') };
    expect(chargeSocialNorm({ ...given, quantity: quantity('192') })).toMatchObject({
      over: 0n,
      amount: money('616.32'),
    });
  });
});

describe('a volume split by days', () => {
  it('leaves the remainder to the last part', () => {
    expect(splitByDays(quantity('10'), [1, 1, 1]).map((part) => quantityText(part))).toEqual([
      '3.333333',
      '3.333333',
      '3.333334',
    ]);
    expect(splitByDays(quantity('1'), [7])).toEqual([quantity('1')]);
  });
});
