import { allocateInOrder, allocateOldestFirst, allocateProportional, commission } from './allocation';
import { ratio } from './decimal';
import { money, moneyText } from './money';
import { month } from './month';

const texts = ({ amounts, advance }: ReturnType<typeof allocateProportional>) => ({
  amounts: amounts.map(moneyText),
  advance: moneyText(advance),
});

describe('a payment in proportion', () => {
  it('of the third manual falls on its services to the kopek, the largest fractions first', () => {
    const balances = ['-409.43', '735.51', '314.63', '375.68', '1119.65', '590.75', '1092.53', '144.19'];
    expect(texts(allocateProportional(money('4117.35'), balances.map(money)))).toEqual({
      amounts: ['0.00', '692.52', '296.24', '353.72', '1054.21', '556.22', '1028.68', '135.76'],
      advance: '0.00',
    });
  });

  it('that is more than is owed leaves an advance', () =>
    expect(texts(allocateProportional(money('100.01'), [money('60'), money('-5'), money('40')]))).toEqual({
      amounts: ['60.00', '0.00', '40.00'],
      advance: '0.01',
    }));

  it('below zero is a refund and refused, whatever is owed', () =>
    expect(() => allocateProportional(money('-0.01'), [money('10')])).toThrow(
      'A payment below zero is a refund',
    ));
});

describe('a payment to the oldest month first', () => {
  const debts = [
    { month: month('2026-09'), amount: money('200') },
    { month: month('2026-08'), amount: money('300') },
    { month: month('2026-10'), amount: money('500') },
    { month: month('2026-08'), amount: money('100') },
  ];

  it('shares the month that it does not cover in proportion', () =>
    expect(texts(allocateOldestFirst(money('100'), debts))).toEqual({
      amounts: ['0.00', '75.00', '0.00', '25.00'],
      advance: '0.00',
    }));

  it('goes on to the next months, and what is left is an advance', () => {
    expect(texts(allocateOldestFirst(money('650'), debts)).amounts).toEqual([
      '200.00',
      '300.00',
      '50.00',
      '100.00',
    ]);
    expect(texts(allocateOldestFirst(money('1100.50'), debts)).advance).toBe('0.50');
  });

  it.each([
    ['2026-09', ['200.00', '37.50', '0.00', '12.50']],
    ['2026-10', ['0.00', '0.00', '250.00', '0.00']],
    ['2026-08', ['0.00', '187.50', '0.00', '62.50']],
    ['2025-01', ['0.00', '187.50', '0.00', '62.50']],
  ])('pays %s before it, where the payer named that', (named, amounts) =>
    expect(texts(allocateOldestFirst(money('250'), debts, month(named))).amounts).toEqual(amounts),
  );

  it('of nothing owed is an advance', () =>
    expect(texts(allocateOldestFirst(money('7'), []))).toEqual({ amounts: [], advance: '7.00' }));
});

it('a payment in order pays each debt whole before the next, and no overpayment', () => {
  const balances = ['100', '-20', '50', '30'].map(money);
  expect(texts(allocateInOrder(money('120'), balances))).toEqual({
    amounts: ['100.00', '0.00', '20.00', '0.00'],
    advance: '0.00',
  });
  expect(texts(allocateInOrder(money('181'), balances))).toEqual({
    amounts: ['100.00', '0.00', '50.00', '30.00'],
    advance: '1.00',
  });
});

describe('a commission', () => {
  it.each([
    ['417.99', '1.2', '10', '10.00'],
    ['5900.08', '0.7', '0', '41.30'],
    ['1000.00', '1.2', '10', '12.00'],
  ])('of %s at %s per cent, at least %s, is %s', (amount, percent, minimum, expected) =>
    expect(moneyText(commission(money(amount), ratio(percent), money(minimum)))).toBe(expected),
  );

  it('without a minimum is only the per cent', () =>
    expect(moneyText(commission(money('0.40'), ratio('1')))).toBe('0.00'));
});
