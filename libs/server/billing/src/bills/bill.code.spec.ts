import jsqr from 'jsqr';
import { month, money } from '@kvartal/domain';
import { codeDrawing } from './bill.code';
import { codesOf, joinCodes, paymentCode } from './bill.qr';

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

/** What a camera sees: the drawing's squares as pixels, eight a module. */
function photographed(svg: string): { data: Uint8ClampedArray; side: number } {
  const scale = 8;
  const side = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, left, top, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let y = Number(top) * scale; y < (Number(top) + 1) * scale; y += 1)
      for (let x = Number(left) * scale; x < (Number(left) + Number(width)) * scale; x += 1)
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  }
  return { data, side };
}

it('draws what a bank reads back, field by field', () => {
  const { data, side } = photographed(codeDrawing(paymentCode(RECIPIENT, PAYER, DUE) ?? ''));
  const read = Buffer.from(jsqr(data, side, side)?.binaryData ?? []).toString('utf8');
  expect(read.split('|')).toEqual([
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

it('has no code where nothing is due, or the bank is not known', () => {
  expect(paymentCode(RECIPIENT, PAYER, { ...DUE, amount: money('0.00') })).toBeNull();
  expect(paymentCode({ ...RECIPIENT, requisites: {} }, PAYER, DUE)).toBeNull();
});

it('keeps several codes apart', () => {
  const codes = ['ST00012|Name=А', 'ST00012|Name=Б'];
  expect(codesOf(joinCodes(codes))).toEqual(codes);
  expect(codesOf(joinCodes([]))).toEqual([]);
});
