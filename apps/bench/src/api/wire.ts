/** A statement as it went to PostgreSQL: its name where it was prepared, its text, its parameters as text. */
export interface Statement {
  name: string;
  text: string;
  values: (string | null)[];
  /** The settings that its connection was opened with: `-c name=value …`. */
  options: string;
}

const HEADER = 5;

/**
 * Reads what a client says to PostgreSQL (protocol 3) and tells of each statement that it has run: a simple query, or the
 * execution of a bound one. Whoever counts statements by it counts `begin` and `commit` too.
 */
export class Wire {
  private rest: Buffer = Buffer.alloc(0);
  private hasStarted = false;
  private options = '';
  private readonly prepared = new Map<string, string>();
  private readonly portals = new Map<string, Statement>();

  constructor(private readonly ran: (statement: Statement) => void) {}

  feed(chunk: Buffer): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    for (;;) {
      const start = this.hasStarted ? 1 : 0; // the first message has no type
      if (this.rest.length < start + 4) return;
      const length = start + this.rest.readInt32BE(start);
      if (this.rest.length < length) return;
      const message = this.rest.subarray(0, length);
      this.rest = this.rest.subarray(length);
      if (this.hasStarted) this.read(String.fromCharCode(message[0] ?? 0), message);
      else this.options = /\0options\0([^\0]*)\0/.exec(message.toString('utf8'))?.[1] ?? '';
      this.hasStarted = true;
    }
  }

  private read(type: string, message: Buffer): void {
    const [first, afterFirst] = textAt(message, HEADER);
    if (type === 'Q') this.ran({ name: '', text: first, values: [], options: this.options });
    else if (type === 'P') this.prepared.set(first, textAt(message, afterFirst)[0]);
    else if (type === 'B') {
      const [name, at] = textAt(message, afterFirst);
      const text = this.prepared.get(name) ?? '';
      this.portals.set(first, { name, text, values: parametersAt(message, at), options: this.options });
    } else if (type === 'E') {
      const statement = this.portals.get(first);
      if (statement) this.ran(statement);
    }
  }
}

function textAt(message: Buffer, start: number): [text: string, next: number] {
  const end = message.indexOf(0, start);
  return end < 0 ? ['', message.length] : [message.toString('utf8', start, end), end + 1];
}

function parametersAt(message: Buffer, start: number): (string | null)[] {
  let at = start + 2 + 2 * message.readInt16BE(start); // past the formats: pg sends text
  const count = message.readInt16BE(at);
  at += 2;
  return Array.from({ length: count }, () => {
    const length = message.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : message.toString('utf8', at - length, at);
  });
}
