import { barcodeDigits } from './barcode';
import { billQrText } from './bill-qr';
import { civilDate } from './civil-date';
import { dueDates, nextWorkday } from './due-date';
import { money } from './money';
import { month } from './month';
import { addMinutes } from './sla';

const required = {
  BIC: '044525225',
  Name: 'ООО «Три кита»',
  PersonalAcc: '40702810138250123017',
  BankName: 'ОАО "БАНК"',
};

describe('the payment code of a bill', () => {
  it('puts the mandatory keys first, in their order, and 0 for no correspondent account', () =>
    expect(billQrText({ Sum: '109664', ...required, Purpose: '' }, 'utf-8')).toBe(
      'ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017|BankName=ОАО "БАНК"|BIC=044525225|CorrespAcc=0|Sum=109664',
    ));

  it('takes another separator for the whole where a value contains the first', () => {
    expect(billQrText({ ...required, Purpose: 'a|b~c' }, 'koi8-r')).toMatch(
      /^ST00013\^Name=.*\^Purpose=a\|b~c$/,
    );
    expect(() => billQrText({ ...required, Purpose: '|~^#;*' }, 'utf-8')).toThrow(RangeError);
  });

  it('trims, keeps to one line and to the limits', () => {
    const text = billQrText({ ...required, Name: ` ${'я'.repeat(200)} `, Purpose: 'a\r\nb ' }, 'utf-8');
    expect(text).toContain(`|Purpose=a b`);
    expect(text.split('|')[1]).toBe(`Name=${'я'.repeat(160)}`);
  });

  it('is not made without what every payment needs', () =>
    expect(() => billQrText({ ...required, BIC: ' ' }, 'utf-8')).toThrow('BIC'));

  it('writes keys as the standard spells them, in whatever case they come', () => {
    const shouted = Object.fromEntries(
      Object.entries(required).map(([key, value]) => [key.toUpperCase(), value]),
    );
    expect(billQrText({ ...shouted, persacc: '551412', TaxPayKind: '0', Own: 'x' }, 'utf-8')).toMatch(
      /^ST00012\|Name=.*\|PersAcc=551412\|TaxPaytKind=0\|Own=x$/,
    );
  });

  it.each([
    ['an account of 19 signs', { PersonalAcc: '4070281013825012301' }],
    ['a bank’s number that would be cut', { BIC: '0445252250' }],
    ['a taxpayer’s number that would be cut', { PayeeINN: '7707083893000' }],
    ['a sum in roubles', { Sum: '1096.64' }],
    ['a penalty in roubles', { AddAmount: '3,17' }],
    ['a sum below zero', { Sum: '-1' }],
  ])('is refused for %s', (_what, changes) =>
    expect(() => billQrText({ ...required, ...changes }, 'utf-8')).toThrow(Object.keys(changes)[0]),
  );
});

describe('the barcode of a bill', () => {
  const content = { payeeCode: '0042', account: '551412', mmyy: '0817', sum: money('1096.64') };

  it('is thirty digits, the last checking the others', () =>
    expect(barcodeDigits(content)).toBe('004200000055141208170001096640'));

  it.each([
    ['a letter', { account: '551412А' }],
    ['no account', { account: '' }],
    ['a number too long', { payeeCode: '12345' }],
    ['a sum too large', { sum: money('10000000') }],
    ['a sum below zero', { sum: money('-1') }],
  ])('is refused for %s', (_what, changes) =>
    expect(() => barcodeDigits({ ...content, ...changes })).toThrow(RangeError),
  );
});

describe('the due date', () => {
  const rules = [
    { from: month('2020-01'), day: 10 },
    { from: month('2026-03'), day: 15 },
  ];

  it('follows the rule of the charged month', () => {
    expect(dueDates(month('2026-02'), rules).dueDate).toBe('2026-03-10');
    expect(dueDates(month('2026-03'), rules).dueDate).toBe('2026-04-15');
    expect(() => dueDates(month('2019-12'), rules)).toThrow(RangeError);
    expect(dueDates(month('2026-01'), [{ from: month('2020-01'), day: 31 }]).dueDate).toBe('2026-02-28');
  });

  it('moves off days that are off, with all that follows from it', () => {
    const daysOff = new Set([civilDate('2026-08-17')]);
    expect(dueDates(month('2026-07'), rules, daysOff)).toEqual({
      nominalDueDate: '2026-08-15',
      dueDate: '2026-08-18',
      firstOverdueDay: '2026-08-19',
      firstPenaltyDay: '2026-09-18',
      firstDay130: '2026-11-17',
    });
    expect(nextWorkday(civilDate('2026-08-18'), daysOff)).toBe('2026-08-18');
  });
});

describe('a deadline in minutes', () => {
  it.each([
    ['2026-11-21T23:50:00', 30, '2026-11-22T00:20:00'],
    ['2026-12-31T23:59:30', 1, '2027-01-01T00:00:30'],
    ['2026-03-01T00:10:00+03:00', -20, '2026-02-28T23:50:00+03:00'],
    ['2026-11-21T08:00', 2880, '2026-11-23T08:00'],
  ])('%s plus %i is %s', (from, minutes, to) => expect(addMinutes(from, minutes)).toBe(to));

  it.each(['2026-11-21', '2026-11-21T24:00:00', '2026-02-30T10:00:00'])('needs a time: %s', (text) =>
    expect(() => addMinutes(text, 1)).toThrow(RangeError),
  );
});
