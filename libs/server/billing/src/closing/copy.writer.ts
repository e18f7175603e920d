import { finished } from 'node:stream/promises';
import type { Tx } from '@kvartal/platform';
import { from } from 'pg-copy-streams';
import {
  COPY_HEADER,
  DAYS_TO_2000,
  HIGH,
  LIST_DIMENSION_BYTES,
  LIST_HEAD_BYTES,
  clientOf,
  giveBack,
  takeSpare,
} from './copy.wire';

const TRAILER_BYTES = 2;
const INT8 = { type: 20, bytes: 12 };
const INT4 = { type: 23, bytes: 8 };
const DATE = { type: 1082, bytes: 8 };

/** Rows for `COPY … FROM STDIN (FORMAT binary)`, written into one growing buffer. */
export class CopyWriter {
  private bytes = takeSpare();
  private view = new DataView(this.bytes.buffer);
  private at = COPY_HEADER.length;

  constructor() {
    COPY_HEADER.copy(this.bytes);
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

  /** An integer column (int4). */
  int(value: number): void {
    this.view.setInt32(this.at, 4);
    this.view.setInt32(this.at + 4, value);
    this.at += 8;
  }

  /** A date column, from days since 1970-01-01. */
  day(value: number): void {
    this.int(value - DAYS_TO_2000);
  }

  /** A bigint[] column. */
  bigs(values: readonly bigint[]): void {
    this.list(values.length, INT8);
    for (const value of values) this.big(value);
  }

  /** A bigint[] column of ids. */
  ids(numbers: readonly number[]): void {
    this.list(numbers.length, INT8);
    for (const number of numbers) this.id(number);
  }

  /** An integer[] column (int4). */
  ints(values: readonly number[]): void {
    this.list(values.length, INT4);
    for (const value of values) this.int(value);
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
