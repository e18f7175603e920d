import golos400 from './fonts/golos-text-400.ttf';
import golos600 from './fonts/golos-text-600.ttf';

/** Codes above this one have no glyph: what the fonts hold ends before it. */
const CODES = 0x2300;
const MISSING = 0;

/**
 * A TrueType font as documents use it: what a text takes in width, and its glyphs as a PDF names them. It is parsed once;
 * nothing of it is laid out again for each document.
 */
export class Typeface {
  /** PostScript name. */
  readonly name: string;
  /** Of each glyph, in thousandths of the size. */
  readonly widths: readonly number[];
  /** In thousandths of the size. */
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly box: readonly number[];
  private readonly glyphs = new Uint16Array(CODES);
  private readonly advances = new Float64Array(CODES);
  private readonly names: readonly string[];

  constructor(readonly file: Uint8Array) {
    const tables = tablesOf(file);
    const scale = 1000 / need(tables, 'head').getUint16(18);
    const thousandths = (units: number): number => Math.round(units * scale);
    const [head, hhea, os2] = [need(tables, 'head'), need(tables, 'hhea'), need(tables, 'OS/2')];
    this.name = nameOf(need(tables, 'name'));
    this.box = [36, 38, 40, 42].map((at) => thousandths(head.getInt16(at)));
    this.ascent = thousandths(hhea.getInt16(4));
    this.descent = thousandths(hhea.getInt16(6));
    this.capHeight = thousandths(os2.getInt16(88));
    const count = need(tables, 'maxp').getUint16(4);
    this.widths = advancesOf(need(tables, 'hmtx'), count, hhea.getUint16(34)).map(thousandths);
    readCharacters(need(tables, 'cmap'), this.glyphs);
    for (let code = 0; code < CODES; code += 1)
      this.advances[code] = this.widths[this.glyphs[code] ?? MISSING] ?? 0;
    this.names = Array.from(this.glyphs, (glyph) => glyph.toString(16).padStart(4, '0'));
  }

  /** Whether every sign of the text can be drawn. */
  holds(text: string): boolean {
    return [...text].every((sign) => (this.glyphs[sign.codePointAt(0) ?? 0] ?? MISSING) !== MISSING);
  }

  /** How wide a text is, at a size of one thousand. */
  widthOf(text: string): number {
    let width = 0;
    for (let at = 0; at < text.length; at += 1)
      width += this.advances[text.charCodeAt(at)] ?? this.widths[MISSING] ?? 0;
    return width;
  }

  /** The text as the hexadecimal names of its glyphs. */
  encode(text: string): string {
    let names = '';
    for (let at = 0; at < text.length; at += 1) names += this.names[text.charCodeAt(at)] ?? '0000';
    return names;
  }

  /** Glyphs with the sign that each stands for, in the order of glyphs. */
  characters(): (readonly [glyph: number, code: number])[] {
    const first = new Map<number, number>();
    for (const [code, glyph] of this.glyphs.entries())
      if (glyph !== MISSING && !first.has(glyph)) first.set(glyph, code);
    return [...first].sort(([a], [b]) => a - b);
  }
}

type Tables = ReadonlyMap<string, DataView>;

function tablesOf(file: Uint8Array): Tables {
  const whole = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const tables = new Map<string, DataView>();
  for (let at = 0; at < whole.getUint16(4); at += 1) {
    const entry = 12 + at * 16;
    const tag = String.fromCharCode(...file.subarray(entry, entry + 4));
    const start = file.byteOffset + whole.getUint32(entry + 8);
    tables.set(tag, new DataView(file.buffer, start, whole.getUint32(entry + 12)));
  }
  return tables;
}

function need(tables: Tables, tag: string): DataView {
  const table = tables.get(tag);
  if (!table) throw new RangeError(`The font has no table ${tag}`);
  return table;
}

const POSTSCRIPT_NAME = 6;

function nameOf(table: DataView): string {
  const strings = table.getUint16(4);
  for (let at = 0; at < table.getUint16(2); at += 1) {
    const entry = 6 + at * 12;
    if (table.getUint16(entry + 6) !== POSTSCRIPT_NAME || table.getUint16(entry) !== 3) continue;
    const start = strings + table.getUint16(entry + 10);
    let name = '';
    for (let sign = 0; sign < table.getUint16(entry + 8); sign += 2)
      name += String.fromCharCode(table.getUint16(start + sign));
    return name;
  }
  throw new RangeError('The font has no name');
}

/** Glyphs after the last that has a width of its own are as wide as that one. */
function advancesOf(table: DataView, count: number, own: number): number[] {
  return Array.from({ length: count }, (_, glyph) => table.getUint16(Math.min(glyph, own - 1) * 4));
}

/** Reads the segments of a character map of format 4 (OpenType specification, `cmap`). */
function readCharacters(table: DataView, glyphs: Uint16Array): void {
  const map = table.getUint32(8);
  if (table.getUint16(map) !== 4) throw new RangeError('The font has no character map of format 4');
  const segments = table.getUint16(map + 6);
  for (let at = 0; at < segments; at += 2) {
    const last = Math.min(table.getUint16(map + 14 + at), CODES - 1);
    const first = table.getUint16(map + 16 + segments + at);
    const delta = table.getUint16(map + 16 + segments * 2 + at);
    const place = map + 16 + segments * 3 + at;
    const offset = table.getUint16(place);
    for (let code = first; code <= last; code += 1) {
      const glyph = offset === 0 ? code : table.getUint16(place + offset + (code - first) * 2);
      glyphs[code] = glyph === MISSING ? MISSING : (glyph + delta) & 0xffff;
    }
  }
}

/** Golos Text, the product's family: the text of documents. */
export const REGULAR = new Typeface(golos400);
/** Its half-bold weight: titles, totals, what must be found at a glance. */
export const BOLD = new Typeface(golos600);

/** The files of both weights, for whoever draws the same by other means. */
export const DOCUMENT_FONTS = { regular: golos400, bold: golos600 } as const;
