import { type Socket, connect } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** One answer: the status line's code and the body. */
export interface Answer {
  status: number;
  body: Buffer;
}

/** An HTTP/1.1 connection that is kept and used by one request after another, with no more work than that takes. */
export class Exchange {
  private rest: Buffer = Buffer.alloc(0);
  private waiting: { resolve(answer: Answer): void; reject(failure: Error): void } | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (failure) => this.fail(failure));
    socket.on('close', () => this.fail(new Error('The server has closed the connection')));
  }

  static open(port: number): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Exchange(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends a whole request and waits for the whole answer, which has to name its length. */
  send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error('The server has closed the connection'));
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.rest = this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk;
    const head = this.rest.indexOf(END_OF_HEAD);
    if (head < 0) return;
    const text = this.rest.toString('latin1', 0, head);
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    if (length === undefined) return this.fail(new Error(`An answer of no length: ${text}`));
    const end = head + END_OF_HEAD.length + Number(length);
    if (this.rest.length < end) return;
    const answer = {
      status: Number(text.slice(9, 12)),
      body: this.rest.subarray(head + END_OF_HEAD.length, end),
    };
    this.rest = this.rest.subarray(end);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }

  private fail(failure: Error): void {
    this.waiting?.reject(failure);
    this.waiting = undefined;
  }
}

/** A POST of JSON as bytes on the wire. */
export function postOf(path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({
    host: '127.0.0.1',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}
