import { type DatedValue, inForce, newestOf, nextAfter, shownLegal, typedValue } from './dated';

const row = (id: string, from: string | null, to: string | null): DatedValue => ({
  id,
  from,
  to,
  value: '1',
  document: 'Приказ',
  knownSince: '2026-01-01T00:00:00Z',
  knownUntil: null,
});
const ROWS = [
  row('12', '2027-07-01', null),
  row('9', '2027-01-01', '2027-06-30'),
  row('3', null, '2026-12-31'),
];

describe('dated values', () => {
  it('hold on their days, the last one included', () => {
    expect(['2026-12-31', '2027-01-01', '2028-01-01'].map((day) => inForce(ROWS, day)?.id)).toEqual([
      '3',
      '9',
      '12',
    ]);
    expect(inForce([row('1', '2027-01-01', null)], '2026-12-31')).toBeUndefined();
  });

  it('are followed by the nearest', () => {
    expect(['2026-11-20', '2027-01-01', '2027-07-01'].map((day) => nextAfter(ROWS, day)?.id)).toEqual([
      '9',
      '12',
      undefined,
    ]);
  });

  it('have a newest row, by its number and not by its text', () => {
    expect(newestOf(ROWS)).toBe('12');
    expect(newestOf([])).toBeNull();
  });
});

describe('what is typed', () => {
  it.each([
    ['45,27', '45.27'],
    ['1 234,5', '1234.5'],
    ['-1', '-1'],
    ['45,2700001', undefined],
    ['сорок', undefined],
    ['', undefined],
  ])('as a value: %j', (text, value) => expect(typedValue(text)).toBe(value));

  it('as a per cent is a share, and is shown as it was typed', () => {
    expect(typedValue('9,5', 'SHARE')).toBe('0.095');
    expect(shownLegal('0.095', 'SHARE')).toBe('9.5');
    expect(shownLegal('0.22', 'SHARE')).toBe('22');
    expect(shownLegal('10', 'WHOLE')).toBe('10');
  });
});
