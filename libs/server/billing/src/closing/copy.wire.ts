import type { Duplex } from 'node:stream';
import type { Tx } from '@kvartal/platform';
import type { Connection, PoolClient, Submittable } from 'pg';

/** `PGCOPY`, flags and no extension: what a binary COPY begins with. */
export const COPY_HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex');
/** Days from 1970-01-01, where the domain counts from, to 2000-01-01, where PostgreSQL does. */
export const DAYS_TO_2000 = 10_957;
/** An id is two halves of 32 bits, this many of the lower in one of the upper. */
export const HIGH = 2 ** 32;
/** An array begins with its length in bytes, dimensions, flags and type; each dimension says its size and first index. */
export const LIST_HEAD_BYTES = 16;
export const LIST_DIMENSION_BYTES = 8;

/** A frame of the protocol: its letter, then the length of all that follows the letter, itself included. */
const FRAME_HEAD = 5;
const DATA = letter('d');
/** What may stand among the rows and is none: the head of the answer, a notice, a parameter, a notification. */
const PASSING = new Set(['H', 'N', 'S', 'A'].map(letter));
const FIRST_BYTES = 1 << 20;
const MOST_KEPT = 8;

/** The connection of a transaction. */
export async function clientOf(tx: Tx): Promise<PoolClient> {
  if (!tx.queryRunner) throw new RangeError('COPY needs the connection of a transaction');
  const client: PoolClient = await tx.queryRunner.connect();
  return client;
}

function letter(of: string): number {
  return of.charCodeAt(0);
}

/** Buffers whose answers have been read: a closing needs the same few megabytes some hundred times over. */
const spare: Buffer[] = [];

/** Takes back the buffer of an answer that nobody reads any more. */
export function giveBack(bytes: Buffer): void {
  if (spare.length < MOST_KEPT) spare.push(bytes);
}

/** An empty buffer of a megabyte or more. */
export function takeSpare(): Buffer {
  return spare.pop() ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
}

/** Where the row begins that follows the frame at `at`; -1 behind the last one. */
export function rowAt(bytes: Buffer, at: number, end: number): number {
  let place = at;
  while (place < end && bytes[place] !== DATA) place += 1 + bytes.readInt32BE(place + 1);
  return place < end ? place + FRAME_HEAD : -1;
}

/** Where the frame ends whose contents begin at `at`. */
export function frameEnd(bytes: Buffer, at: number): number {
  const length = FRAME_HEAD - 1;
  return at - length + bytes.readInt32BE(at - length);
}

/** An answer as it came: frames up to `end`. */
export interface Frames {
  bytes: Buffer;
  end: number;
}

/** Runs a `COPY … TO STDOUT` on a connection that is free. */
export const copyFrames = (client: PoolClient, statement: string): Promise<Frames> =>
  new Promise((done, failed) => client.query(new CopyAnswer(statement, done, failed)));

type Listener = (chunk: Buffer) => void;
const isListener = (one: unknown): one is Listener => typeof one === 'function';

/**
 * A `COPY … TO STDOUT` under way. Its answer is kept as it comes over the wire, a frame a row, in one buffer: to hand
 * out each row as an object of its own costs more than to read what stands in it. So this listens to the connection
 * in the driver's place, up to the end of the rows.
 */
class CopyAnswer implements Submittable {
  private bytes = takeSpare();
  private end = 0;
  /** Where the first frame begins that has not come whole. */
  private open = 0;
  private stream: Duplex | undefined;
  private listeners: Listener[] = [];

  constructor(
    private readonly statement: string,
    private readonly done: (frames: Frames) => void,
    private readonly failed: (failure: Error) => void,
  ) {}

  submit(connection: Connection): void {
    this.stream = connection.stream;
    this.listeners = this.stream.listeners('data').filter(isListener);
    for (const one of this.listeners) this.stream.off('data', one);
    this.stream.on('data', this.take);
    connection.query(this.statement);
  }

  handleCommandComplete(): void {
    // what is done is said by handleReadyForQuery
  }

  handleReadyForQuery(): void {
    this.done({ bytes: this.bytes, end: this.open });
  }

  handleError(failure: Error): void {
    this.leave();
    this.failed(failure);
  }

  private readonly take = (chunk: Buffer): void => {
    if (this.end + chunk.length > this.bytes.length) this.grow(chunk.length);
    chunk.copy(this.bytes, this.end);
    this.end += chunk.length;
    while (this.end - this.open >= FRAME_HEAD) {
      const kind = this.bytes[this.open] ?? 0;
      if (kind !== DATA && !PASSING.has(kind)) return this.passOn();
      const next = this.open + 1 + this.bytes.readInt32BE(this.open + 1);
      if (next > this.end) return;
      this.open = next;
    }
  };

  /** The rows are over: what follows is the driver's again. */
  private passOn(): void {
    const rest = Buffer.from(this.bytes.subarray(this.open, this.end));
    const listeners = this.listeners;
    this.leave();
    for (const one of listeners) one(rest);
  }

  private leave(): void {
    this.stream?.off('data', this.take);
    for (const one of this.listeners) this.stream?.on('data', one);
    this.listeners = [];
  }

  private grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.end + by));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
