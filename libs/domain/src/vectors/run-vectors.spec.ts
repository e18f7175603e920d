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
    ['an input that is missing', { rule: 'charge.area', inputs: {}, expected: {} }, 'area: missing'],
    [
      'an input of another kind',
      { rule: 'charge.area', inputs: { area: { value: 2 }, tariff: '1' }, expected: {} },
      'area: neither text nor a number',
    ],
    [
      'money as a binary fraction',
      { rule: 'vat.extract', inputs: { gross: 0.1 + 0.2, ratePct: '20' }, expected: {} },
      'gross: money stands as text, "164.40", not as the number 0.30000000000000004',
    ],
    [
      'a tenth of a kopek deep in a list',
      {
        rule: 'payment.allocateProportional',
        inputs: { payment: '1.00', rows: [{ service: 'A', balance: '1.005' }] },
        expected: {},
      },
      'rows[0].balance: More than 2 decimals: 1.005',
    ],
    [
      'people that cannot be counted',
      { rule: 'charge.norm', inputs: { norm: '1', persons: '', tariff: '1' }, expected: {} },
      'persons: no whole number: ""',
    ],
    [
      'fewer people than none',
      { rule: 'charge.norm', inputs: { norm: '1', persons: -1, tariff: '1' }, expected: {} },
      'persons: below zero: -1',
    ],
    [
      'a share of nobody',
      {
        rule: 'benefit',
        inputs: { quantity: '1', tariff: '1', pct: '50', byShare: true, beneficiaries: 0, persons: 0 },
        expected: {},
      },
      'persons: must be 1 at least',
    ],
    [
      'a house without an area',
      {
        rule: 'charge.heatingHouseMeter',
        inputs: { houseGcal: '1', area: '1', totalArea: '0', tariff: '1' },
        expected: {},
      },
      'totalArea: must be above zero',
    ],
    [
      'a cap without its norm',
      {
        rule: 'charge.odn',
        inputs: {
          houseMeter: '2',
          sumIndividual: '1',
          capByNorm: true,
          accountArea: '1',
          totalArea: '2',
          tariff: '1',
        },
        expected: {},
      },
      'normPerM2: missing',
    ],
    [
      'a flag that is neither',
      { rule: 'charge.meter', inputs: { prev: '9', curr: '1', tariff: '1', rollover: 'yes' }, expected: {} },
      'rollover: neither true nor false',
    ],
    [
      'a mode that there is not',
      {
        rule: 'recalc.trueUp',
        inputs: { lastActual: '1', curr: '2', periods: [], trueUpMode: 'CURRENT_PERIOD' },
        expected: {},
      },
      'trueUpMode: "CURRENT_PERIOD" is none of REDISTRIBUTE',
    ],
    ['a list that is missing', { rule: 'ledger.table', inputs: {}, expected: {} }, 'rows: missing'],
    [
      'a day that does not exist in a list',
      {
        rule: 'date.due',
        inputs: { country: 'RU', period: '2026-01', shiftToWorkday: true, holidays: ['2026-02-29'] },
        expected: {},
      },
      'holidays[0]: Not a date: "2026-02-29"',
    ],
    [
      'a barcode’s part that does not fit',
      {
        rule: 'barcode.build',
        inputs: { payeeCode: '12345', account: '1', mmyy: '1026', sum: '1' },
        expected: {},
      },
      'payeeCode: not 4 digits at most: "12345"',
    ],
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

  it.each([
    ['EXPIRED', {}, ['VERIFICATION_EXPIRED'], []],
    ['EXPIRED', { acceptReadingsAfterVerification: 'WARN' }, [], ['VERIFICATION_EXPIRED']],
    ['BROKEN', {}, ['METER_REMOVED'], []],
    ['Снят', {}, ['METER_REMOVED'], []],
    ['INSTALLED', {}, [], []],
  ])('reads the state of a meter: %s %j', (status, given, errors, warnings) => {
    const inputs = { prev: '1', curr: '2', intDigits: 5, fracDigits: 3, status, ...given };
    expect(run('reading.validate', inputs, { errors, warnings })).toMatchObject({ mismatches: [] });
  });

  it('takes a list of vectors, plain or named', () => {
    expect(vectorsOf([1])).toEqual([1]);
    expect(vectorsOf({ vectors: [2] })).toEqual([2]);
    expect(() => vectorsOf({})).toThrow(RangeError);
    expect(() => vectorsOf(null)).toThrow(RangeError);
  });
});
