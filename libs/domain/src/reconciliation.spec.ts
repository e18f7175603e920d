import { civilDate } from './civil-date';
import { money, moneyText } from './money';
import { type LedgerEntry, reconcile } from './reconciliation';

const entry = (on: string, side: LedgerEntry['side'], amount: string): LedgerEntry => ({
  on: civilDate(on),
  side,
  amount: money(amount),
});
const LEDGER = [
  entry('2026-09-30', 'DEBIT', '1000.00'),
  entry('2026-10-12', 'CREDIT', '700.00'),
  entry('2026-10-31', 'DEBIT', '1200.50'),
  entry('2026-10-20', 'DEBIT', '-50.00'),
  entry('2026-11-02', 'CREDIT', '-700.00'),
];
const act = (from: string, to: string) => {
  const { opening, entries, debit, credit, closing } = reconcile(LEDGER, {
    from: civilDate(from),
    to: civilDate(to),
  });
  return {
    days: entries.map(({ on }) => on),
    sums: [opening, debit, credit, closing].map(moneyText),
  };
};

it('puts entries of the range between the balances before and after, in the order of days', () => {
  expect(act('2026-10-01', '2026-10-31')).toEqual({
    days: ['2026-10-12', '2026-10-20', '2026-10-31'],
    sums: ['1000.00', '1150.50', '700.00', '1450.50'],
  });
});

it('takes both ends of the range', () => {
  expect(act('2026-09-30', '2026-10-12').sums).toEqual(['0.00', '1000.00', '700.00', '300.00']);
});

it('shows a payment that was taken back as a negative credit', () => {
  expect(act('2026-11-01', '2026-11-30').sums).toEqual(['1450.50', '0.00', '-700.00', '2150.50']);
});

it('opens where the range before it closed, wherever the cut lies', () => {
  for (const cut of ['2026-10-11', '2026-10-12', '2026-10-20', '2026-10-31']) {
    const before = act('2026-01-01', cut);
    const after = act(
      `${cut.slice(0, 8)}${String(Number(cut.slice(8)) + 1).padStart(2, '0')}`.replace('10-32', '11-01'),
      '2026-12-31',
    );
    expect(after.sums[0]).toBe(before.sums[3]);
    expect(after.sums[3]).toBe('2150.50');
  }
});

it('of a range without entries only tells the balance', () => {
  expect(act('2026-12-01', '2026-12-31')).toEqual({
    days: [],
    sums: ['2150.50', '0.00', '0.00', '2150.50'],
  });
});
