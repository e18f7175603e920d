import { type BillContent, billContent } from './bill.content';
import { billPdf, billsPdf } from './bill.drawing';
import { aBill } from './bill.testing';

const INFO = { title: 'Квитанции за октябрь 2026', author: 'ЖСК «Заря»', createdOn: '2026-11-01' };
const pagesOf = (pdf: Buffer): number => Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
const fontFiles = (pdf: Buffer): number => pdf.toString('latin1').split('/Length1 ').length - 1;
const short = (): BillContent => {
  const { lines } = aBill();
  return billContent(aBill({ lines: lines.slice(0, 3), shares: [], houseReadings: [], norms: [] }));
};

async function* batches(count: number, taken: (batch: number) => void): AsyncGenerator<BillContent[]> {
  for (let batch = 1; batch <= count; batch += 1) {
    taken(batch);
    yield [short(), short()];
  }
}

it('draws a short bill on one page, a long one on as many as it takes', () => {
  const { lines } = aBill();
  expect(pagesOf(billPdf(short()))).toBe(1);
  const long = aBill({ lines: Array.from({ length: 6 }, () => lines).flat() });
  expect(pagesOf(billPdf(billContent(long)))).toBeGreaterThan(2);
});

it('draws the same bytes for the same bill', () => {
  expect(billPdf(billContent(aBill())).equals(billPdf(billContent(aBill())))).toBe(true);
});

it('puts many bills into one file with one set of fonts', async () => {
  const pieces: Buffer[] = [];
  for await (const piece of billsPdf(
    INFO,
    batches(3, () => undefined),
  ))
    pieces.push(piece);
  const file = Buffer.concat(pieces);
  expect(pagesOf(file)).toBe(6);
  expect(fontFiles(file)).toBe(fontFiles(billPdf(short())));
});

it('reads no batch before the one before it was taken away', async () => {
  let read = 0;
  const file = billsPdf(
    INFO,
    batches(3, (batch) => (read = batch)),
  );
  for (const batch of [1, 2, 3]) {
    await file.next();
    expect(read).toBe(batch);
  }
});
