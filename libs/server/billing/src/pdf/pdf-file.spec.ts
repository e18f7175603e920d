import { inflateSync } from 'node:zlib';
import { Page, styleOf } from './page';
import { PdfFile } from './pdf-file';
import { REGULAR } from './typeface';

const INFO = { title: 'Квитанция 1', author: 'ЖСК «Заря»', createdOn: '2026-11-01' };

function aPage(text: string): Page {
  const page = new Page();
  page.text(text, styleOf(10), 40, 60);
  page.bitmap({ side: 8, bits: new Uint8Array(8).fill(0b10101010) }, 100, 100, 80);
  return page;
}

function aFile(...texts: string[]): Buffer {
  const file = new PdfFile(INFO);
  for (const text of texts) file.add(aPage(text));
  return file.end();
}

/** The objects that the table of a file points to, as text. */
function objectsOf(file: Buffer): Map<number, string> {
  const text = file.toString('latin1');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const lines = text.slice(table).split('\n');
  expect(lines[0]).toBe('xref');
  const count = Number(lines[1]?.split(' ')[1]);
  return new Map(
    Array.from({ length: count - 1 }, (_, at) => {
      const offset = Number(lines[at + 3]?.slice(0, 10));
      return [at + 1, text.slice(offset, text.indexOf('endobj', offset))];
    }),
  );
}

it('points from its table to every object, whatever was written between', () => {
  const objects = objectsOf(aFile('Один', 'Два', 'Три'));
  for (const [number, content] of objects) expect(content.startsWith(`${number} 0 obj\n`)).toBe(true);
  expect(objects.get(2)).toContain('/Count 3');
});

it('says what each page draws', () => {
  const text = aFile('Дом').toString('latin1');
  const pages = text.split('/Filter/FlateDecode/Length ').slice(1);
  const content = pages.at(-1) ?? '';
  const start = content.indexOf('stream\n') + 'stream\n'.length;
  const drawn = inflateSync(Buffer.from(content.slice(start, content.indexOf('\nendstream')), 'latin1'));
  expect(drawn.toString('latin1')).toBe(
    `BT/R 10 Tf 40 781.9 Td<${REGULAR.encode('Дом')}>Tj ET\nq 80 0 0 80 100 661.9 cm/C1 Do Q\n`,
  );
});

it('is the same bytes for the same pages, whole or a piece at a time', () => {
  const whole = aFile('Один', 'Два');
  expect(aFile('Один', 'Два').equals(whole)).toBe(true);
  const file = new PdfFile(INFO);
  const pieces = ['Один', 'Два'].map((text) => {
    file.add(aPage(text));
    return file.take();
  });
  expect(Buffer.concat([...pieces, file.end()]).equals(whole)).toBe(true);
});

it('holds its fonts once, however many pages there are', () => {
  const one = aFile('Дом').length;
  const many = aFile(...Array.from({ length: 51 }, () => 'Дом')).length;
  expect((many - one) / 50).toBeLessThan(1000);
});
