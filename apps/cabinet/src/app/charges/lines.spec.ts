import { isProduct, isQuiet, rareColumns } from './lines';

const zero = {
  opening: '0.00',
  charged: '0.00',
  recalculated: '0.00',
  underdelivered: '0.00',
  benefit: '0.00',
  adjusted: '0.00',
  paid: '0.00',
  closing: '0.00',
};

describe('lines of a statement', () => {
  it('a line without any movement is quiet', () => {
    expect(isQuiet(zero)).toBe(true);
    expect(isQuiet({ ...zero, paid: '1.00', opening: '1.00' })).toBe(false);
  });

  it('shows a product only where it comes out to the kopek', () => {
    expect(isProduct({ quantity: '10.4183', price: '15.78', charged: '164.40' })).toBe(true);
    expect(isProduct({ quantity: '10.42', price: '15.78', charged: '164.40' })).toBe(false);
    expect(isProduct({ quantity: '74.8', price: '0', charged: '34.53' })).toBe(false);
  });

  it('keeps the table to its eleven columns unless there is something to show', () => {
    expect(rareColumns([zero])).toEqual([]);
    expect(rareColumns([zero, { ...zero, benefit: '-5.00' }])).toEqual(['benefit']);
  });
});
