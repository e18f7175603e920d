import { pureRules } from './pure-rules';
import { runVector, vectorsOf } from './run-vectors';

const run = (rule: string, inputs: unknown, expected: unknown) =>
  runVector({ id: 'X', rule, inputs, expected }, pureRules());

describe('running a vector', () => {
  it('compares decimals by value and texts of digits as they stand', () => {
    expect(
      run('charge.area', { area: '54.3', tariff: 10 }, { quantity: 54.3, amount: '543.0' }).mismatches,
    ).toEqual([]);
    const barcode = { payeeCode: '1', account: '1', mmyy: '1026', sum: '0.01' };
    const [digits] = run('barcode.build', barcode, { digits: '1000000000011026000000001' }).mismatches;
    expect(digits).toMatchObject({ path: 'digits', expected: '1000000000011026000000001' });
  });

  it('names each value that differs', () =>
    expect(
      run(
        'charge.blocks',
        {
          quantity: '4',
          blocks: [
            { upTo: '3', tariff: '1' },
            { upTo: null, tariff: '2' },
          ],
        },
        {
          lines: [{ amount: '3.00' }, { amount: '2.01' }],
          amount: '5.00',
          other: null,
        },
      ).mismatches,
    ).toEqual([
      { path: 'lines[1].amount', expected: '2.01', got: '2.00' },
      { path: 'other', expected: null, got: undefined },
    ]));

  it('finds a balance too many', () =>
    expect(
      run(
        'ledger.journal',
        { entries: [{ id: 1, type: 'CHARGE', service: 'W', amount: '1' }] },
        { balances: {} },
      ).mismatches,
    ).toEqual([{ path: 'balances.W', expected: undefined, got: '1.00' }]));

  it.each([
    ['an unknown rule', { id: 1, rule: 'toString', inputs: {}, expected: {} }, 'unknown rule "toString"'],
    ['no vector at all', null, 'unknown rule "?"'],
    ['no inputs', { rule: 'charge.area', expected: {} }, 'inputs: not an object'],
    ['no expectation', { rule: 'charge.area', inputs: {} }, 'nothing is expected'],
    ['an input that is missing', { rule: 'charge.area', inputs: {}, expected: {} }, 'area: no text'],
    [
      'an input that is no number',
      { rule: 'charge.area', inputs: { area: 'x', tariff: '1' }, expected: {} },
      'area: Not a decimal number: "x"',
    ],
    [
      'a list that is none',
      { rule: 'charge.zones', inputs: { zones: 5 }, expected: {} },
      'zones: not a list',
    ],
  ])('fails with the reason on %s', (_what, vector, failure) =>
    expect(runVector(vector, pureRules())).toMatchObject({ failure, mismatches: [] }),
  );

  it('takes a list of vectors, plain or named', () => {
    expect(vectorsOf([1])).toEqual([1]);
    expect(vectorsOf({ vectors: [2] })).toEqual([2]);
    expect(() => vectorsOf({})).toThrow(RangeError);
    expect(() => vectorsOf(null)).toThrow(RangeError);
  });
});
