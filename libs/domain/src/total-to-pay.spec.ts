import { money, moneyText } from './money';
import { debtAndOverpayment, type PayableLine, totalToPay, type TotalMode } from './total-to-pay';

const line = (
  closing: string,
  group: PayableLine['group'] = 'UTILITY',
  supplierId = 'water',
): PayableLine => ({
  closing: money(closing),
  group,
  supplierId,
  recipientId: 'centre',
});

/** The table of the third manual: capital repair and the penalty net with nothing. */
const TABLE = [
  line('-409.46', 'PENALTY'),
  line('480.57', 'CAPITAL_REPAIR', 'fund'),
  line('87.09'),
  line('103.97'),
  line('-31.05', 'UTILITY', 'heat'),
  line('34.53', 'UTILITY', 'heat'),
  line('569.25', 'UTILITY', 'power'),
  line('261.74', 'UTILITY', 'power'),
];

describe('the total to pay', () => {
  it.each<[TotalMode, string]>([
    ['PER_RECIPIENT', '1506.10'],
    ['NETTED', '1096.64'],
    ['SUM_OF_ROWS', '1537.15'],
    ['NETTED_PER_SUPPLIER', '1506.10'],
  ])('%s of the table is %s', (mode, total) => expect(moneyText(totalToPay(TABLE, mode))).toBe(total));

  it('does not let one supplier pay for another unless they share a recipient', () => {
    const lines = [line('-100', 'UTILITY', 'heat'), line('150', 'UTILITY', 'power')];
    expect(moneyText(totalToPay(lines, 'NETTED_PER_SUPPLIER'))).toBe('150.00');
    expect(moneyText(totalToPay(lines, 'PER_RECIPIENT'))).toBe('50.00');
  });

  it('is nothing where all is overpaid', () => {
    expect(totalToPay([line('-5')], 'NETTED')).toBe(0n);
    expect(totalToPay([], 'PER_RECIPIENT')).toBe(0n);
    expect(debtAndOverpayment(TABLE)).toEqual({ debt: money('1537.15'), overpayment: money('440.51') });
  });
});
