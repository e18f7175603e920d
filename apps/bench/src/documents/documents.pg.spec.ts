import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BillContent, billContent, billPdf } from '@kvartal/billing';
import { aBill } from '@kvartal/billing/testing';
import { drawByPdfmake } from './yardstick';

/** Poppler's programs: in the folder that POPPLER names, or on the path. */
const poppler = (name: string): string =>
  process.env['POPPLER'] ? join(process.env['POPPLER'], name) : name;
const folder = mkdtempSync(join(tmpdir(), 'kvartal-documents-'));

/** What a file says in the order in which it was written; where lines and pages end is each drawing's own. */
function textOf(pdf: Buffer): string {
  const path = join(folder, 'bill.pdf');
  writeFileSync(path, pdf);
  return execFileSync(poppler('pdftotext'), ['-raw', path, '-'], { encoding: 'utf8' })
    .replace(/Счёт № \S+, лист \d из \d/g, '')
    .replace(/\s+/g, ' ');
}

async function expectTheSameText(content: BillContent): Promise<void> {
  const text = textOf(billPdf(content));
  expect(text).toBe(textOf(await drawByPdfmake(content)));
  expect(text).toContain(content.title);
}

/** What fits one page of either drawing: each breaks pages, and repeats the heads of tables, at places of its own. */
const NO_HOUSE = { houseReadings: [], shares: [], norms: [] };

it('says what pdfmake’s drawing of the same bill says, word for word', async () => {
  const { lines } = aBill();
  await expectTheSameText(billContent(aBill({ ...NO_HOUSE, lines: lines.slice(0, 5) })));
  await expectTheSameText(billContent(aBill({ codes: [], lines: lines.slice(5) })));
});

it('says it in Kazakh letters and in tenge too', async () => {
  const { account, lines } = aBill();
  const holder = 'Әбдірәсілқызы Гүлсім Ұғқңһөйұлы';
  const content = billContent(
    aBill({ currency: 'KZT', codes: [], lines: lines.slice(5), account: { ...account, holder } }),
  );
  await expectTheSameText(content);
  expect(textOf(billPdf(content))).toContain(holder);
  expect(textOf(billPdf(content))).toContain('3 718,31 ₸');
});

it('says it of a bill without meters, codes and corrections', async () => {
  await expectTheSameText(
    billContent(aBill({ ...NO_HOUSE, readings: [], corrections: [], codes: [], hasBarcodes: false })),
  );
});

it('goes on to further pages with the head of the table on each, and loses no row', async () => {
  const { lines } = aBill();
  const content = billContent(aBill({ lines: Array.from({ length: 8 }, () => lines).flat() }));
  const path = join(folder, 'long.pdf');
  writeFileSync(path, billPdf(content));
  const text = execFileSync(poppler('pdftotext'), ['-raw', path, '-'], { encoding: 'utf8' });
  const pages = text.split('\f').slice(0, -1);
  expect(pages.length).toBeGreaterThan(2);
  for (const [at, page] of pages.entries()) expect(page).toContain(`лист ${at + 1} из ${pages.length}`);
  const numbers = content.groups.flatMap(({ rows }) => rows.map(({ number }) => number));
  for (const number of numbers) expect(text).toMatch(new RegExp(`^${number} [А-Я]`, 'm'));
  for (const page of pages.filter((one) => /^\d+ [А-Я]/m.test(one))) expect(page).toContain('Недопоставка');
});
