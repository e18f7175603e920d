import { civilDate } from '@kvartal/domain';
import { parseRegistry } from './registry';

const known = new Set(['551412']);
const line = (operation: string, changes: { date?: string; account?: string; sums?: string } = {}) =>
  `${changes.date ?? '03-11-2026'};10-15-22;8610;T;${operation};${changes.account ?? '551412'};ИВАНОВ;КАЗАНЬ;1026;${changes.sums ?? '100,00;99,00;1,00'}`;
const parse = (content: string) =>
  parseRegistry({
    format: 'SB',
    content,
    knownAccounts: known,
    importedOperations: new Set(['OLD']),
    asOf: civilDate('2026-11-21'),
  });

describe('a bank registry', () => {
  it('refuses each bad line with its code, and takes the others', () => {
    const content = [
      line('1'),
      'a;b',
      line('2', { date: '31-11-2026' }),
      line('3', { date: '22-11-2026' }),
      line('4', { sums: '0,00;0,00;0,00' }),
      line('5', { sums: '100,00;98,00;1,00' }),
      line('1'),
      line('OLD'),
      line('6', { account: '1' }),
      '=8;700,00;690,00;7,00;1;05-11-2026',
      line('7'),
    ].join('\r\n');
    expect(parse(`\uFEFF${content}`)).toMatchObject({
      accepted: [{ line: 1, operationId: '1', account: '551412', date: '2026-11-03', amount: '100.00' }],
      rejected: [
        { line: 2, code: 'FIELD_COUNT' },
        { line: 3, code: 'BAD_DATE' },
        { line: 4, code: 'FUTURE_DATE' },
        { line: 5, code: 'BAD_AMOUNT' },
        { line: 6, code: 'AMOUNT_MISMATCH' },
        { line: 7, code: 'DUPLICATE' },
        { line: 8, code: 'DUPLICATE' },
        { line: 9, code: 'ACCOUNT_NOT_FOUND' },
        { line: 11, code: 'AFTER_TRAILER' },
      ],
      fileErrors: [],
      count: 8,
      sum: '700.00',
      fee: '7.00',
      acceptedSum: '100.00',
    });
  });

  it('knows a day by the layout of its own line, and no hour that a clock has not', () => {
    const sb = [line('1', { date: '2026-11-03' }), line('2', { date: '3-11-2026' })].join('\n');
    expect(parse(sb)).toMatchObject({ rejected: [{ code: 'BAD_DATE' }, { code: 'BAD_DATE' }] });
    const at = (time: string) => `D|1|${time}|2026-11-04T${time}|551412|1.00|0.00||`;
    const days = ['24:30:00+05:00', '09:61:00+05:00', '09:12:44+25:00', '09:12:44', '09:12:44.120+05:00'];
    const hdt = parseRegistry({
      format: 'HDT',
      content: days.map(at).join('\n'),
      knownAccounts: known,
      importedOperations: new Set(),
      asOf: civilDate('2026-11-21'),
    });
    expect(hdt).toMatchObject({
      accepted: [{ line: 5, date: '2026-11-04' }],
      rejected: [1, 2, 3, 4].map((at) => ({ line: at, code: 'BAD_DATE' })),
    });
  });

  it('is not whole without its control line', () =>
    expect(parse(line('1'))).toMatchObject({ fileErrors: ['NO_TRAILER'], acceptedSum: '100.00' }));
});
