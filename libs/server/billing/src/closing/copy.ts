import type { Tx } from '@kvartal/platform';
import { NumberedPlaces, SortedRows } from './copy.sorted';
import {
  COPY_HEADER,
  DAYS_TO_2000,
  HIGH,
  LIST_DIMENSION_BYTES,
  LIST_HEAD_BYTES,
  clientOf,
  copyFrames,
  frameEnd,
  giveBack,
  rowAt,
} from './copy.wire';

/** Texts of a column that has few: they are told apart by their length and first letter, without a string a cell. */
export class Codes<T extends string> {
  private readonly byKey = new Map<number, T>();

  constructor(values: readonly T[]) {
    for (const value of values) this.byKey.set(Codes.key(value.length, value.charCodeAt(0)), value);
    if (this.byKey.size !== values.length) throw new RangeError('Two codes look the same');
  }

  static key(length: number, first: number): number {
    return length * 256 + first;
  }

  find(length: number, first: number): T | undefined {
    return this.byKey.get(Codes.key(length, first));
  }
}

/**
 * Reads the answer of `COPY … TO STDOUT (FORMAT binary)` field by field, in the order of the select list, without an
 * object a row or a string a cell: a closing reads tens of millions of cells. Ids come as numbers.
 */
export class CopyReader {
  private at: number;
  /** Where the contents begin of the frame that the row stands in. */
  private frame: number;
  /** The first row shares the header's frame. */
  private isInFrame: boolean;
  private readonly view: DataView;
  /** Rows that were sorted: they are read from the `nth` up to, but without, the `last`. */
  private places: Int32Array | undefined;
  private nth = 0;
  private last = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly end: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.frame = rowAt(bytes, 0, end);
    this.at = this.frame + COPY_HEADER.length;
    this.isInFrame = this.at < frameEnd(bytes, this.frame);
  }

  /** Steps to the next row; false where there is none, and then nothing more can be read. */
  next(): boolean {
    if (this.places) return this.nextOf(this.places);
    const isMore = this.step();
    if (!isMore) giveBack(this.bytes);
    return isMore;
  }

  private step(): boolean {
    if (!this.isInFrame) this.at = this.frame = rowAt(this.bytes, this.at, this.end);
    this.isInFrame = false;
    const fields = this.view.getInt16(this.at);
    this.at += 2;
    return fields !== -1;
  }

  private nextOf(places: Int32Array): boolean {
    if (this.nth >= this.last) return false;
    this.at = places[this.nth] ?? 0;
    this.nth += 1;
    return true;
  }

  /**
   * The rows by a number below `count` that `numberOf` draws from their first fields; those of any other are left out.
   * From here on they are read through the answer.
   */
  sorted(count: number, numberOf: (row: CopyReader) => number): SortedRows {
    const found = new NumberedPlaces();
    while (this.step()) {
      const place = this.at;
      found.add(place, numberOf(this));
      this.at = frameEnd(this.bytes, this.frame);
    }
    const { starts, places } = found.sorted(count);
    this.places = places;
    return new SortedRows(this, starts, () => giveBack(this.bytes));
  }

  /** Goes on with some of the rows that were sorted. */
  among(nth: number, last: number): this {
    this.nth = nth;
    this.last = last;
    return this;
  }

  /** A bigint column. */
  big(): bigint {
    this.at += 12;
    return this.view.getBigInt64(this.at - 8);
  }

  /** A bigint column that is an id. */
  id(): number {
    this.at += 12;
    return this.view.getInt32(this.at - 8) * HIGH + this.view.getUint32(this.at - 4);
  }

  /** An id that may be null. */
  idOrNull(): number | null {
    return this.isNull() ? null : this.id();
  }

  /** An integer column (int4). */
  int(): number {
    this.at += 8;
    return this.view.getInt32(this.at - 4);
  }

  /** A smallint column. */
  small(): number {
    this.at += 6;
    return this.view.getInt16(this.at - 2);
  }

  /** A date column as days since 1970-01-01; what stands in for an open end where it is null. */
  day(openEnd: number): number {
    return this.isNull() ? openEnd : this.int() + DAYS_TO_2000;
  }

  /** A text column whose texts are known. Throws RangeError on one that is not. */
  code<T extends string>(codes: Codes<T>): T {
    const length = this.view.getInt32(this.at);
    const found = codes.find(length, this.bytes[this.at + 4] ?? 0);
    this.at += 4 + length;
    if (!found)
      throw new RangeError(`No such code: ${this.bytes.toString('utf8', this.at - length, this.at)}`);
    return found;
  }

  /** A bigint[] column. */
  bigs(): bigint[] {
    return this.list(() => this.big());
  }

  /** A bigint[] column of ids. */
  ids(): number[] {
    return this.list(() => this.id());
  }

  /** An integer[] column (int4). */
  ints(): number[] {
    return this.list(() => this.int());
  }

  /** A date[] column, days since 1970-01-01. */
  days(): number[] {
    return this.list(() => this.day(0));
  }

  private list<T>(element: () => T): T[] {
    const dimensions = this.view.getInt32(this.at + 4);
    this.at += LIST_HEAD_BYTES;
    if (dimensions === 0) return [];
    const length = this.view.getInt32(this.at);
    this.at += LIST_DIMENSION_BYTES;
    return Array.from({ length }, element);
  }

  private isNull(): boolean {
    if (this.view.getInt32(this.at) !== -1) return false;
    this.at += 4;
    return true;
  }
}

/** Runs a select as a binary COPY in this transaction. It takes no parameters: only ids and dates that `literal` let through. */
export async function copyOut(tx: Tx, select: string): Promise<CopyReader> {
  const client = await clientOf(tx);
  const { bytes, end } = await copyFrames(client, `copy (${select}) to stdout (format binary)`);
  return new CopyReader(bytes, end);
}

/** So many ranges at most; what lies further apart than this is not of one range. */
const MOST_RANGES = 8;
const WIDEST_GAP = 64;

/**
 * A condition that a column holds one of these ids, or, where they lie close together, lies between some of them: a range
 * costs the server half of what a list of thousands costs. So rows of others may come along, as many as asked for at most.
 */
export function near(column: string, ids: Iterable<number>): string {
  const list = [...ids].sort((one, other) => one - other);
  if (list.length === 0) return 'false';
  const ranges = rangesOf(list);
  const within = ranges.reduce((sum, [first, last]) => sum + 1 + last - first, 0);
  if (ranges.length > MOST_RANGES || within > 2 * list.length)
    return `${column} in (${literal(list.map(String))})`;
  const between = ranges.map(
    ([first, last]) => `${column} between ${literal(String(first))} and ${literal(String(last))}`,
  );
  return between.length === 1 ? between.join() : `(${between.join(' or ')})`;
}

/** The ids, ascending, as ranges with gaps between them. */
function rangesOf(ids: readonly number[]): [first: number, last: number][] {
  const ranges: [first: number, last: number][] = [];
  for (const id of ids) {
    const range = ranges.at(-1);
    if (range && id - range[1] <= WIDEST_GAP) range[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

/** An id or a list of ids for a statement that takes no parameters. Throws RangeError on anything but digits. */
export function literal(ids: string | readonly string[]): string {
  const all = typeof ids === 'string' ? [ids] : ids;
  if (all.length === 0 || all.some((id) => !/^\d{1,15}$/.test(id))) throw new RangeError('Not a list of ids');
  return all.join(', ');
}
