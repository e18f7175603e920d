import { readAmount } from './amount';

describe('readAmount', () => {
  it.each([
    ['1537,15', '1537.15'],
    ['1537.15', '1537.15'],
    ['1 537,15 р', '1537.15'],
    ['1 537,15 ₽', '1537.15'],
    ['500', '500.00'],
    ['0,5', '0.50'],
    ['2000 тг', '2000.00'],
  ])('%s is %s', (typed, amount) => expect(readAmount(typed)).toBe(amount));

  it.each(['', '0', '0,00', '-5', '1,234', '12a', '1.2.3', '9999999999'])('%s is none', (typed) =>
    expect(readAmount(typed)).toBeUndefined(),
  );
});
