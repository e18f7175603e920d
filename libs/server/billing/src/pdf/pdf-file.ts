import { deflateSync } from 'node:zlib';
import { type Bitmap, PAGE_HEIGHT, PAGE_WIDTH, type Page } from './page';
import { BOLD, REGULAR, type Typeface } from './typeface';

/** What a reader shows of a file besides its pages. */
export interface FileInfo {
  title: string;
  author: string;
  /** `2026-11-01`; never the moment of drawing: the same document is the same bytes. */
  createdOn: string;
}

const CATALOG = 1;
const PAGES = 2;
const INFO = 3;
const OBJECTS_A_FONT = 5;
const FIRST_FONT = 4;
const FIRST_FREE = FIRST_FONT + 2 * OBJECTS_A_FONT;

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

const object = (number: number, content: string): Buffer => latin(`${number} 0 obj\n${content}\nendobj\n`);

function stream(number: number, entries: string, content: Uint8Array): Buffer {
  return Buffer.concat([
    latin(`${number} 0 obj\n<<${entries}/Length ${content.length}>>stream\n`),
    content,
    latin('\nendstream\nendobj\n'),
  ]);
}

/** Text outside of pages: UTF-16 with its mark, in hexadecimal. */
const textString = (text: string): string => `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;

/** How each glyph is read back as text, a hundred of them in a block, as the format asks. */
function toUnicode(face: Typeface): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const pairs = face.characters().map(([glyph, code]) => `<${hex(glyph)}><${hex(code)}>`);
  const blocks: string[] = [];
  for (let from = 0; from < pairs.length; from += 100) {
    const block = pairs.slice(from, from + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar\n`);
  }
  return `/CIDInit/ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def/CMapType 2 def
1 begincodespacerange<0000><ffff>endcodespacerange
${blocks.join('')}endcmap CMapName currentdict/CMap defineresource pop end end`;
}

/** A weight of the font as the five objects that a document describes it by. */
function fontObjects(face: Typeface, tag: string, first: number): Buffer[] {
  const name = `${tag}+${face.name}`;
  const file = deflateSync(face.file, { level: 9 });
  return [
    object(
      first,
      `<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H/DescendantFonts[${first + 1} 0 R]/ToUnicode ${first + 4} 0 R>>`,
    ),
    object(
      first + 1,
      `<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor ${first + 2} 0 R/CIDToGIDMap/Identity/W[0[${face.widths.join(' ')}]]>>`,
    ),
    object(
      first + 2,
      `<</Type/FontDescriptor/FontName/${name}/Flags 4/FontBBox[${face.box.join(' ')}]/ItalicAngle 0/Ascent ${face.ascent}/Descent ${face.descent}/CapHeight ${face.capHeight}/StemV ${face === BOLD ? 120 : 80}/FontFile2 ${first + 3} 0 R>>`,
    ),
    stream(first + 3, `/Filter/FlateDecode/Length1 ${face.file.length}`, file),
    stream(first + 4, '/Filter/FlateDecode', deflateSync(latin(toUnicode(face)), { level: 9 })),
  ];
}

interface Beginning {
  bytes: Buffer;
  offsets: readonly number[];
}

/** What every document begins with, whatever it says: the header and the fonts. Made once. */
function makeBeginning(): Beginning {
  const parts = [latin('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')];
  const offsets: number[] = [];
  let at = parts[0]?.length ?? 0;
  const fonts = [
    ...fontObjects(REGULAR, 'KVRTLA', FIRST_FONT),
    ...fontObjects(BOLD, 'KVRTLB', FIRST_FONT + OBJECTS_A_FONT),
  ];
  for (const [place, part] of fonts.entries()) {
    offsets[FIRST_FONT + place] = at;
    at += part.length;
    parts.push(part);
  }
  return { bytes: Buffer.concat(parts), offsets };
}

let beginning: Beginning | undefined;

const RESOURCES = `/Font<</R ${FIRST_FONT} 0 R/B ${FIRST_FONT + OBJECTS_A_FONT} 0 R>>`;

/**
 * A PDF that is written as it grows: pages come one after another, `take` gives what there is of it so far, `end` the
 * rest. Fonts stand in it once, however many pages there are.
 */
export class PdfFile {
  private parts: Buffer[];
  private length: number;
  private readonly offsets: number[];
  private readonly pages: number[] = [];
  private next = FIRST_FREE;

  constructor(private readonly info: FileInfo) {
    beginning ??= makeBeginning();
    this.parts = [beginning.bytes];
    this.length = beginning.bytes.length;
    this.offsets = [...beginning.offsets];
  }

  add(page: Page): void {
    const images = page.images.map((image) => this.addImage(image));
    const content = this.next++;
    this.put(content, stream(content, '/Filter/FlateDecode', deflateSync(latin(page.stream), { level: 1 })));
    const number = this.next++;
    const named = images.map((image, at) => `/C${at + 1} ${image} 0 R`).join('');
    const drawings = named && `/XObject<<${named}>>`;
    this.put(
      number,
      object(
        number,
        `<</Type/Page/Parent ${PAGES} 0 R/MediaBox[0 0 ${PAGE_WIDTH} ${PAGE_HEIGHT}]/Resources<<${RESOURCES}${drawings}>>/Contents ${content} 0 R>>`,
      ),
    );
    this.pages.push(number);
  }

  /** The bytes since the last time. */
  take(): Buffer {
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    return bytes;
  }

  /** Writes what closes the file, and gives the bytes since the last time. */
  end(): Buffer {
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ');
    this.put(PAGES, object(PAGES, `<</Type/Pages/Count ${this.pages.length}/Kids[${kids}]>>`));
    this.put(
      CATALOG,
      object(
        CATALOG,
        `<</Type/Catalog/Pages ${PAGES} 0 R/Lang(ru)/ViewerPreferences<</DisplayDocTitle true>>>>`,
      ),
    );
    this.put(INFO, object(INFO, this.infoEntries()));
    const start = this.length;
    const count = this.next;
    let table = `xref\n0 ${count}\n0000000000 65535 f \n`;
    for (let at = 1; at < count; at += 1)
      table += `${String(this.offsets[at] ?? 0).padStart(10, '0')} 00000 n \n`;
    this.parts.push(
      latin(
        `${table}trailer\n<</Size ${count}/Root ${CATALOG} 0 R/Info ${INFO} 0 R>>\nstartxref\n${start}\n%%EOF\n`,
      ),
    );
    return this.take();
  }

  private infoEntries(): string {
    const { title, author, createdOn } = this.info;
    return `<</Title${textString(title)}/Author${textString(author)}/CreationDate(D:${createdOn.replaceAll('-', '')}000000Z)>>`;
  }

  private addImage({ side, bits }: Bitmap): number {
    const number = this.next++;
    this.put(
      number,
      stream(
        number,
        `/Type/XObject/Subtype/Image/Width ${side}/Height ${side}/ImageMask true/BitsPerComponent 1/Decode[1 0]`,
        bits,
      ),
    );
    return number;
  }

  private put(number: number, bytes: Buffer): void {
    this.offsets[number] = this.length;
    this.parts.push(bytes);
    this.length += bytes.length;
  }
}
