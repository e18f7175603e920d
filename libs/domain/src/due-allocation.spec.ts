import { type AgedLine, allocateByAge, allocateByDue, dueByMonth } from './due-allocation';
import { money, moneyText } from './money';
import { month } from './month';
import { type PayableLine, type TotalMode } from './total-to-pay';

const line = (
  recipientId: string,
  closing: string,
  group: PayableLine['group'] = 'UTILITY',
): PayableLine => ({ supplierId: recipientId, recipientId, group, closing: money(closing) });

function paid(payment: string, lines: PayableLine[], inOrder = false, mode: TotalMode = 'PER_RECIPIENT') {
  const { amounts, advance } = allocateByDue(money(payment), lines, { mode, inOrder });
  return [...amounts, advance].map(moneyText).join(' ');
}

describe('a payment by what is due of each recipient', () => {
  const lines = [
    line('one', '100.00'),
    line('one', '50.00'),
    line('one', '-60.00'),
    line('two', '30.00'),
    line('three', '-20.00'),
  ];

  it('below the total falls on lines by their part of what is due', () =>
    // 60 and 30 are due of the first two, 30 of the fourth: half of each
    expect(paid('60.00', lines)).toBe('30.00 15.00 0.00 15.00 0.00 0.00'));

  it('of the total closes what is due of each recipient, and more closes the lines themselves', () => {
    expect(paid('120.00', lines)).toBe('60.00 30.00 0.00 30.00 0.00 0.00');
    expect(paid('130.00', lines)).toBe('66.67 33.33 0.00 30.00 0.00 0.00');
    expect(paid('181.00', lines)).toBe('100.00 50.00 0.00 30.00 0.00 1.00');
  });

  it('of the total stays within each recipient to the kopek', () =>
    expect(
      paid('0.04', [line('one', '0.02'), line('one', '0.02'), line('one', '-0.01'), line('two', '0.01')]),
    ).toBe('0.02 0.01 0.00 0.01 0.00'));

  it('line by line takes what is due, then what the lines still owe', () => {
    const ordered = [line('one', '50.00'), line('one', '-30.00'), line('one', '40.00'), line('two', '10.00')];
    expect(paid('55.00', ordered, true)).toBe('50.00 0.00 5.00 0.00 0.00');
    expect(paid('65.00', ordered, true)).toBe('50.00 0.00 10.00 5.00 0.00');
    expect(paid('90.00', ordered, true)).toBe('50.00 0.00 30.00 10.00 0.00');
    expect(paid('101.00', ordered, true)).toBe('50.00 0.00 40.00 10.00 1.00');
  });

  it('lets neither capital repair nor a penalty net with anything', () => {
    const alone = [
      line('one', '100.00'),
      line('one', '10.00', 'PENALTY'),
      line('one', '-25.00', 'CAPITAL_REPAIR'),
    ];
    expect(paid('55.00', alone)).toBe('50.00 5.00 0.00 0.00');
    expect(paid('105.00', alone, true)).toBe('100.00 5.00 0.00 0.00');
    expect(paid('120.00', alone)).toBe('100.00 10.00 0.00 10.00');
  });

  it('nets all lines, or none, where the organisation does', () => {
    const both = [line('one', '100.00'), line('two', '-30.00'), line('two', '50.00')];
    expect(paid('60.00', both, false, 'NETTED')).toBe('40.00 0.00 20.00 0.00');
    expect(paid('75.00', both, false, 'SUM_OF_ROWS')).toBe('50.00 0.00 25.00 0.00');
  });

  it('of nobody’s debt is an advance', () => {
    expect(paid('5.00', [])).toBe('5.00');
    expect(paid('5.00', [line('one', '-3.00')])).toBe('0.00 5.00');
  });
});

describe('a payment by age', () => {
  const [AUGUST, SEPTEMBER] = [month('2026-08'), month('2026-09')];
  const aged = (given: PayableLine, ...debts: [typeof AUGUST, string][]): AgedLine => ({
    ...given,
    debts: debts.map(([of, amount]) => ({ month: of, amount: money(amount) })),
  });
  const byAge = (payment: string, lines: AgedLine[], named?: typeof AUGUST) => {
    const { amounts, advance } = allocateByAge(money(payment), lines, 'PER_RECIPIENT', named);
    return [...amounts, advance].map(moneyText).join(' ');
  };

  it('does not take one recipient’s overpayment for another’s debt', () => {
    const lines = [aged(line('one', '50.00'), [AUGUST, '50.00']), aged(line('two', '-60.00'))];
    expect(byAge('30.00', lines)).toBe('30.00 0.00 0.00');
    expect(byAge('60.00', lines)).toBe('50.00 0.00 10.00');
  });

  it('takes the overpaid line for the oldest month of the recipient, in whichever line that is', () => {
    const lines = [
      aged(line('one', '40.00'), [SEPTEMBER, '40.00']),
      aged(line('one', '30.00'), [AUGUST, '30.00']),
      aged(line('one', '-50.00')),
    ];
    // the 50 have paid August and 20 of September
    expect(byAge('15.00', lines)).toBe('15.00 0.00 0.00 0.00');
    expect(byAge('70.00', lines)).toBe('40.00 30.00 0.00 0.00');
    expect(byAge('30.00', lines)).toBe('20.00 10.00 0.00 0.00');
  });

  it('serves the month that the payer named, then the oldest, each in proportion, and penalties last', () => {
    const lines = [
      aged(line('one', '10.00', 'PENALTY')),
      aged(line('one', '100.00'), [AUGUST, '60.00'], [SEPTEMBER, '40.00']),
      aged(line('two', '50.00'), [AUGUST, '30.00'], [SEPTEMBER, '20.00']),
    ];
    expect(byAge('50.00', lines)).toBe('0.00 33.33 16.67 0.00');
    // all of September before any of August
    expect(byAge('60.00', lines, SEPTEMBER)).toBe('0.00 40.00 20.00 0.00');
    // 40 and 20 of September, then 10 of August by 60 : 30
    expect(byAge('70.00', lines, SEPTEMBER)).toBe('0.00 46.67 23.33 0.00');
    expect(byAge('155.00', lines, SEPTEMBER)).toBe('5.00 100.00 50.00 0.00');
    const apart = [
      aged(line('one', '40.00'), [SEPTEMBER, '40.00']),
      aged(line('two', '30.00'), [AUGUST, '30.00']),
    ];
    expect(byAge('35.00', apart)).toBe('5.00 30.00 0.00');
    expect(byAge('35.00', apart, SEPTEMBER)).toBe('35.00 0.00 0.00');
    expect(byAge('45.00', apart, SEPTEMBER)).toBe('40.00 5.00 0.00');
    expect(byAge('35.00', apart, month('2026-10'))).toBe('5.00 30.00 0.00');
  });

  it('takes what is overpaid for the oldest month all the same, and what comes beyond for the month named', () => {
    const lines = [
      aged(line('one', '40.00'), [SEPTEMBER, '40.00']),
      aged(line('one', '30.00'), [AUGUST, '30.00']),
      aged(line('one', '-50.00')),
    ];
    // August is paid, and 20 of September
    expect(byAge('15.00', lines, AUGUST)).toBe('15.00 0.00 0.00 0.00');
    expect(byAge('40.00', lines)).toBe('20.00 20.00 0.00 0.00');
    expect(byAge('40.00', lines, SEPTEMBER)).toBe('40.00 0.00 0.00 0.00');
  });

  it('says what is due of each month: the overpaid line has paid the oldest, a penalty is of none', () => {
    const lines = [
      aged(line('one', '40.00'), [SEPTEMBER, '40.00']),
      aged(line('one', '30.00'), [AUGUST, '30.00']),
      aged(line('one', '-35.00')),
      aged(line('two', '12.00'), [SEPTEMBER, '7.00'], [AUGUST, '5.00']),
      aged(line('two', '9.00', 'PENALTY')),
    ];
    const due = (mode: TotalMode) =>
      dueByMonth(lines, mode).map((one) => `${one.month} ${moneyText(one.amount)}`);
    expect(due('PER_RECIPIENT')).toEqual(['2026-08 5.00', '2026-09 42.00']);
    expect(due('SUM_OF_ROWS')).toEqual(['2026-08 35.00', '2026-09 47.00']);
  });

  it('leaves an overpaid penalty as it is', () =>
    expect(byAge('5.00', [aged(line('one', '-4.00', 'PENALTY'))])).toBe('0.00 5.00'));
});

it.each([[[]], [[line('one', '10.00')]]])('a payment below zero is a refund and refused (%#)', (lines) => {
  const aged = lines.map((one) => ({ ...one, debts: [] }));
  const refusal = 'A payment below zero is a refund';
  expect(() => allocateByDue(money('-1'), lines, { mode: 'PER_RECIPIENT' })).toThrow(refusal);
  expect(() => allocateByAge(money('-1'), aged, 'PER_RECIPIENT')).toThrow(refusal);
});
