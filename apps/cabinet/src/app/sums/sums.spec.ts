import { heldBack, leftOf, termsOf } from './sums';

const zero = { recalculated: '0.00', underdelivered: '0.00', benefit: '0.00', adjusted: '0.00' };

describe('termsOf', () => {
  it('adds up aloud to the closing balance', () => {
    const month = {
      ...zero,
      opening: '3963.51',
      charged: '2042.84',
      recalculated: '-792.36',
      paid: '4117.35',
      closing: '1096.64',
    };
    expect(termsOf(month)).toEqual([
      { name: 'sum.opening', amount: '3963.51' },
      { name: 'sum.paid', amount: '-4117.35' },
      { name: 'sum.charged', amount: '2042.84' },
      { name: 'sum.recalculated', amount: '-792.36' },
    ]);
    const kopeks = termsOf(month).reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n);
    expect(kopeks).toBe(109664n);
  });

  it('calls an opening credit an overpayment', () => {
    const month = { ...zero, opening: '-10.00', charged: '30.00', paid: '0.00', closing: '20.00' };
    expect(termsOf(month)[0]).toEqual({ name: 'sum.overpaid', amount: '-10.00' });
    expect(termsOf(month)).toHaveLength(3);
  });
});

describe('heldBack', () => {
  it.each([
    ['1506.10', '1096.64', '409.46'],
    ['1096.64', '1096.64', '0.00'],
    ['0.00', '-200.00', '0.00'],
    ['300.00', '-200.00', '300.00'],
  ])('due %s of a balance of %s keeps back %s', (due, closing, kept) =>
    expect(heldBack(due, closing)).toBe(kept),
  );
});

describe('leftOf', () => {
  it('never falls below zero', () => {
    expect(leftOf('1506.10', '500.00')).toBe('1006.10');
    expect(leftOf('1506.10', '2000.00')).toBe('0.00');
  });
});
