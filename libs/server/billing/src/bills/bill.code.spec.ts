import jsqr from 'jsqr';
import { month, money } from '@kvartal/domain';
import type { Bitmap } from '../pdf';
import { barcodeBars, barcodeModules, qrBitmap } from './bill.code';
import { codesOf, joinCodes, payeeDigits, paymentCode } from './bill.qr';

const RECIPIENT = {
  id: '1',
  name: 'МУП «Расчётный центр Приреченска»',
  taxId: '7707083893',
  requisites: {
    name: 'АО «Приречный банк»',
    bic: '044525225',
    account: '40702810138250123017',
    correspondent: '30101810400000000225',
    kpp: '773601001',
  },
};
const PAYER = {
  number: '0401287047',
  surname: 'Иванов',
  address: 'Приреченск, Садовая ул., 12 к. 1, кв. 47',
};
const DUE = { month: month('2026-10'), amount: money('1838.48') };

const QUIET = 4;
const SCALE = 3;

/** What a camera sees: the drawing's squares as pixels, with the light zone around them. */
function photographed({ side, bits }: Bitmap): { data: Uint8ClampedArray; width: number } {
  const width = (side + 2 * QUIET) * SCALE;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  const stride = Math.ceil(side / 8);
  const isDark = (x: number, y: number): boolean =>
    ((bits[y * stride + (x >> 3)] ?? 0) & (128 >> (x & 7))) !== 0;
  for (let y = 0; y < side * SCALE; y += 1)
    for (let x = 0; x < side * SCALE; x += 1)
      if (isDark(Math.floor(x / SCALE), Math.floor(y / SCALE))) {
        const at = ((y + QUIET * SCALE) * width + x + QUIET * SCALE) * 4;
        data.fill(0, at, at + 3);
      }
  return { data, width };
}

function readBack(text: string): string {
  const { data, width } = photographed(qrBitmap(text));
  return Buffer.from(jsqr(data, width, width)?.binaryData ?? []).toString('utf8');
}

it('draws what a bank reads back, field by field', () => {
  expect(readBack(paymentCode(RECIPIENT, PAYER, DUE) ?? '').split('|')).toEqual([
    'ST00012',
    'Name=МУП «Расчётный центр Приреченска»',
    'PersonalAcc=40702810138250123017',
    'BankName=АО «Приречный банк»',
    'BIC=044525225',
    'CorrespAcc=30101810400000000225',
    'PayeeINN=7707083893',
    'KPP=773601001',
    'PersAcc=0401287047',
    'LastName=Иванов',
    'PayerAddress=Приреченск, Садовая ул., 12 к. 1, кв. 47',
    'PaymPeriod=10.2026',
    'Sum=183848',
    'TechCode=02',
    'Purpose=Оплата ЖКУ за 10.2026, л/с 0401287047',
  ]);
});

it.each([1, 60, 240, 330, 700])('is read back at a length of %i letters', (length) => {
  const text = 'Ұлытау, 12|Сумма=1838;'.repeat(40).slice(0, length);
  expect(readBack(text)).toBe(text);
});

it('has no code where nothing is due, or the bank is not known', () => {
  expect(paymentCode(RECIPIENT, PAYER, { ...DUE, amount: money('0.00') })).toBeNull();
  expect(paymentCode({ ...RECIPIENT, requisites: {} }, PAYER, DUE)).toBeNull();
  for (const wrong of [{ account: '4070281013825012301' }, { bic: '0445252250' }, { kpp: '7736010010' }])
    expect(
      paymentCode({ ...RECIPIENT, requisites: { ...RECIPIENT.requisites, ...wrong } }, PAYER, DUE),
    ).toBeNull();
});

it('keeps several codes apart', () => {
  const codes = ['ST00012|Name=А', 'ST00012|Name=Б'];
  expect(codesOf(joinCodes(codes))).toEqual(codes);
  expect(codesOf(joinCodes([]))).toEqual([]);
});

describe('the barcode', () => {
  const bill = { hasBarcodes: true, month: month('2026-10'), account: { number: '0401287047' } };

  it('names payee, account, month and sum in thirty digits', () => {
    expect(payeeDigits(RECIPIENT, bill, DUE.amount)).toBe('000100040128704710260001838481');
    const requisites = { ...RECIPIENT.requisites, payeeCode: '42' };
    expect(payeeDigits({ ...RECIPIENT, requisites }, bill, DUE.amount).slice(0, 4)).toBe('0042');
  });

  it.each([
    ['the organisation prints none', RECIPIENT, { ...bill, hasBarcodes: false }, DUE.amount],
    ['the account has letters', RECIPIENT, { ...bill, account: { number: '12-А' } }, DUE.amount],
    ['the payee has too long a code', { ...RECIPIENT, id: '12345' }, bill, DUE.amount],
    ['the sum has ten digits', RECIPIENT, bill, money('10000000.00')],
  ])('is not there where %s', (_, recipient, of, amount) => {
    expect(payeeDigits(recipient, of, amount)).toBe('');
  });

  it('is Code 128 in pairs of digits: start, 12, 34, the check sum 82, stop', () => {
    const modules = [211232, 112232, 131123, 121241, 2331112].join('');
    const bars = barcodeBars('1234');
    let end = 0;
    const widths = bars.flatMap(([offset, width]) => {
      const light = offset - end;
      end = offset + width;
      return light === 0 ? [width] : [light, width];
    });
    expect(widths.join('')).toBe(modules);
    expect(end).toBe(barcodeModules('1234'));
  });

  it('draws each pair of digits as eleven modules of its own', () => {
    const pairs = Array.from({ length: 100 }, (_, pair) => String(pair).padStart(2, '0'));
    const drawn = pairs.map((pair) => barcodeBars(pair).slice(3, 6).join(' '));
    expect(new Set(drawn).size).toBe(100);
    for (const pair of pairs) expect(barcodeBars(pair)[6]?.[0]).toBe(22);
  });
});
