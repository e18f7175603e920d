import { finished } from 'node:stream/promises';
import type { Tx } from '@kvartal/platform';
import type { PoolClient } from 'pg';
import { from, to } from 'pg-copy-streams';

/** `PGCOPY`, flags and no extension: what a binary COPY begins with. */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
const TRAILER = Buffer.from('ffff', 'hex');
/** Days from 1970-01-01, where the domain counts from, to 2000-01-01, where PostgreSQL does. */
const EPOCH_DAYS = 10_957;

async function clientOf(tx: Tx): Promise<PoolClient> {
  if (!tx.queryRunner) throw new RangeError('COPY needs the connection of a transaction');
  const client: PoolClient = await tx.queryRunner.connect();
  return client;
}

/**
 * Reads the answer of `COPY … TO STDOUT (FORMAT binary)` field by field, in the order of the select list, without an
 * object a row or a string a cell: a closing reads tens of millions of cells.
 */
export class CopyReader {
  private at = HEADER.length;

  constructor(private readonly bytes: Buffer) {}

  /** Steps to the next row; false where there is none. */
  next(): boolean {
    const fields = this.bytes.readInt16BE(this.at);
    this.at += 2;
    return fields !== -1;
  }

  /** A bigint column. */
  big(): bigint {
    this.at += 12;
    return this.bytes.readBigInt64BE(this.at - 8);
  }

  /** A bigint column that is an id: digits. */
  id(): string {
    this.at += 12;
    const high = this.bytes.readInt32BE(this.at - 8);
    return high === 0
      ? String(this.bytes.readUInt32BE(this.at - 4))
      : String(this.bytes.readBigInt64BE(this.at - 8));
  }

  /** An id that may be null. */
  idOrNull(): string | null {
    return this.isNull() ? null : this.id();
  }

  /** An integer column (int4). */
  int(): number {
    this.at += 8;
    return this.bytes.readInt32BE(this.at - 4);
  }

  /** A date column as days since 1970-01-01; what stands in for an open end where it is null. */
  day(openEnd: number): number {
    return this.isNull() ? openEnd : this.int() + EPOCH_DAYS;
  }

  /** A text column that is never null. */
  text(): string {
    const length = this.bytes.readInt32BE(this.at);
    this.at += 4 + length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }

  private isNull(): boolean {
    if (this.bytes.readInt32BE(this.at) !== -1) return false;
    this.at += 4;
    return true;
  }
}

/** Runs a select as a binary COPY in this transaction. It takes no parameters: only ids and dates that `literal` let through. */
export async function copyOut(tx: Tx, select: string): Promise<CopyReader> {
  const stream = (await clientOf(tx)).query(to(`copy (${select}) to stdout (format binary)`));
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new CopyReader(Buffer.concat(chunks));
}

/** Rows for `COPY … FROM STDIN (FORMAT binary)`, written into one growing buffer. */
export class CopyWriter {
  private bytes: Buffer;
  private at = HEADER.length;

  constructor(size = 1 << 20) {
    this.bytes = Buffer.allocUnsafe(size);
    HEADER.copy(this.bytes);
  }

  /** Where the next byte goes: rows written between two positions are `slice`d for their digest. */
  get position(): number {
    return this.at;
  }

  slice(start: number): Buffer {
    return this.bytes.subarray(start, this.at);
  }

  /** Takes back what was written since a position. */
  rewind(position: number): void {
    this.at = position;
  }

  /** Begins a row of so many fields, at most 4 kB of them. */
  row(fields: number): void {
    if (this.at + 4096 > this.bytes.length) this.grow();
    this.at = this.bytes.writeInt16BE(fields, this.at);
  }

  big(value: bigint): void {
    this.at = this.bytes.writeInt32BE(8, this.at);
    this.at = this.bytes.writeBigInt64BE(value, this.at);
  }

  /** An id, digits: a bigint column. */
  id(value: string): void {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) return this.big(BigInt(value));
    this.at = this.bytes.writeInt32BE(8, this.at);
    this.at = this.bytes.writeInt32BE(Math.floor(number / 2 ** 32), this.at);
    this.at = this.bytes.writeUInt32BE(number % 2 ** 32, this.at);
  }

  idOrNull(value: string | null): void {
    if (value === null) this.at = this.bytes.writeInt32BE(-1, this.at);
    else this.id(value);
  }

  /** A smallint column. */
  small(value: number): void {
    this.at = this.bytes.writeInt32BE(2, this.at);
    this.at = this.bytes.writeInt16BE(value, this.at);
  }

  /** A text column of Latin letters, such as a code. */
  code(value: string): void {
    this.at = this.bytes.writeInt32BE(value.length, this.at);
    this.at += this.bytes.write(value, this.at, 'latin1');
  }

  finished(): Buffer {
    if (this.at + TRAILER.length > this.bytes.length) this.grow();
    this.at += TRAILER.copy(this.bytes, this.at);
    return this.bytes.subarray(0, this.at);
  }

  private grow(): void {
    const larger = Buffer.allocUnsafe(this.bytes.length * 2);
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

/** Loads rows by COPY in this transaction; `target` is a table with its columns in the order of the fields. */
export async function copyIn(tx: Tx, target: string, rows: CopyWriter): Promise<void> {
  const stream = (await clientOf(tx)).query(from(`copy ${target} from stdin (format binary)`));
  stream.end(rows.finished());
  await finished(stream);
}

/** An id or a list of ids for a statement that takes no parameters. Throws RangeError on anything but digits. */
export function literal(ids: string | readonly string[]): string {
  const all = typeof ids === 'string' ? [ids] : ids;
  if (all.length === 0 || all.some((id) => !/^\d{1,18}$/.test(id))) throw new RangeError('Not a list of ids');
  return all.join(', ');
}
