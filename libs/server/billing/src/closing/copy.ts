import { finished } from 'node:stream/promises';
import type { Tx } from '@kvartal/platform';
import type { PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import { copyFrames, frameEnd, giveBack, rowAt, takeSpare } from './copy.wire';

/** `PGCOPY`, flags and no extension: what a binary COPY begins with. */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER_BYTES = 2;
/** Days from 1970-01-01, where the domain counts from, to 2000-01-01, where PostgreSQL does. */
const EPOCH_DAYS = 10_957;
const HIGH = 2 ** 32;
/** An array begins with its length in bytes, dimensions, flags and type; each dimension says its size and first index. */
const LIST_HEAD_BYTES = 16;
const LIST_DIMENSION_BYTES = 8;
const INT8 = { type: 20, bytes: 12 };
const DATE = { type: 1082, bytes: 8 };

async function clientOf(tx: Tx): Promise<PoolClient> {
  if (!tx.queryRunner) throw new RangeError('COPY needs the connection of a transaction');
  const client: PoolClient = await tx.queryRunner.connect();
  return client;
}

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
  /** The first row shares the header's frame. */
  private isInFrame: boolean;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Buffer,
    private readonly end: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = rowAt(bytes, 0, end);
    this.at = first + HEADER.length;
    this.isInFrame = this.at < frameEnd(bytes, first);
  }

  /** Steps to the next row; false where there is none, and then nothing more can be read. */
  next(): boolean {
    if (!this.isInFrame) this.at = rowAt(this.bytes, this.at, this.end);
    this.isInFrame = false;
    const fields = this.view.getInt16(this.at);
    this.at += 2;
    if (fields === -1) giveBack(this.bytes);
    return fields !== -1;
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
    return this.isNull() ? openEnd : this.int() + EPOCH_DAYS;
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

/** Rows for `COPY … FROM STDIN (FORMAT binary)`, written into one growing buffer. */
export class CopyWriter {
  private bytes = takeSpare();
  private view = new DataView(this.bytes.buffer);
  private at = HEADER.length;

  constructor() {
    HEADER.copy(this.bytes);
  }

  /** Where the next byte goes: what was written since a position is `slice`d for its digest. */
  get position(): number {
    return this.at;
  }

  slice(start: number): Buffer {
    return this.bytes.subarray(start, this.at);
  }

  /** Begins a row of so many fields, at most so many bytes of them. */
  row(fields: number, bytes = 4096): void {
    while (this.at + bytes > this.bytes.length) this.grow();
    this.view.setInt16(this.at, fields);
    this.at += 2;
  }

  big(value: bigint): void {
    this.view.setInt32(this.at, 8);
    this.view.setBigInt64(this.at + 4, value);
    this.at += 12;
  }

  /** A bigint column that is an id. */
  id(number: number): void {
    this.view.setInt32(this.at, 8);
    this.view.setInt32(this.at + 4, Math.floor(number / HIGH));
    this.view.setUint32(this.at + 8, number % HIGH);
    this.at += 12;
  }

  idOrNull(number: number | null): void {
    if (number !== null) return this.id(number);
    this.view.setInt32(this.at, -1);
    this.at += 4;
  }

  /** A smallint column. */
  small(value: number): void {
    this.view.setInt32(this.at, 2);
    this.view.setInt16(this.at + 4, value);
    this.at += 6;
  }

  /** A text column of Latin letters, such as a code. */
  code(value: string): void {
    this.view.setInt32(this.at, value.length);
    this.at += 4;
    for (let place = 0; place < value.length; place += 1)
      this.bytes[this.at + place] = value.charCodeAt(place);
    this.at += value.length;
  }

  /** A date column, from days since 1970-01-01. */
  day(value: number): void {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value - EPOCH_DAYS);
    this.at += 8;
  }

  /** A bigint[] column. */
  bigs(values: readonly bigint[]): void {
    this.list(values.length, INT8);
    for (const value of values) this.big(value);
  }

  /** A date[] column, from days since 1970-01-01. */
  days(values: readonly number[]): void {
    this.list(values.length, DATE);
    for (const value of values) this.day(value);
  }

  private list(length: number, of: { type: number; bytes: number }): void {
    const isEmpty = length === 0;
    const head = isEmpty
      ? [LIST_HEAD_BYTES - 4, 0, 0, of.type]
      : [LIST_HEAD_BYTES - 4 + LIST_DIMENSION_BYTES + length * of.bytes, 1, 0, of.type, length, 1];
    for (const number of head) {
      this.view.setInt32(this.at, number);
      this.at += 4;
    }
  }

  finished(): Buffer {
    if (this.at + TRAILER_BYTES > this.bytes.length) this.grow();
    this.view.setInt16(this.at, -1);
    this.at += TRAILER_BYTES;
    return this.bytes.subarray(0, this.at);
  }

  /** Gives the rows up: nothing can be written or read any more. */
  release(): void {
    giveBack(this.bytes);
  }

  private grow(): void {
    const larger = Buffer.allocUnsafeSlow(this.bytes.length * 2);
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** Loads rows by COPY in this transaction and gives them up; `target` is a table with its columns in the order of the fields. */
export async function copyIn(tx: Tx, target: string, rows: CopyWriter): Promise<void> {
  const stream = (await clientOf(tx)).query(from(`copy ${target} from stdin (format binary)`));
  stream.end(rows.finished());
  await finished(stream);
  rows.release();
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
