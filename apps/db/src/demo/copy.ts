import { once } from 'node:events';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

export type Cell = string | number | bigint | null;

const escaped = (cell: Cell): string =>
  cell === null
    ? '\\N'
    : typeof cell === 'string'
      ? cell.replace(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found)
      : String(cell);
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const FLUSH_AT = 1 << 21;

/** Rows for one table, sent by COPY. Ids are ours: `nextId`, and the sequence is moved on at the end. */
export class TableWriter {
  private text = '';
  private id = 0;

  constructor(
    private readonly client: pg.Client,
    readonly table: string,
    private readonly columns: readonly string[],
  ) {}

  /** How much waits to be sent, in characters. */
  get size(): number {
    return this.text.length;
  }

  /** Where this table's ids go on from: `lane`, or the last one that is there. */
  async begin(lane?: number): Promise<void> {
    if (!this.columns.includes('id')) return;
    if (lane !== undefined) {
      this.id = Math.max(this.id, lane);
      return;
    }
    const { rows } = await this.client.query<{ last: string }>(
      `select coalesce(max(id), 0) as last from ${this.table}`,
    );
    this.id = Number(rows[0]?.last ?? 0);
  }

  nextId(): number {
    this.id += 1;
    return this.id;
  }

  add(...cells: Cell[]): void {
    this.text += `${cells.map(escaped).join('\t')}\n`;
  }

  async flush(): Promise<void> {
    if (!this.text) return;
    const stream = this.client.query(from(`copy ${this.table} (${this.columns.join(', ')}) from stdin`));
    stream.end(this.text);
    this.text = '';
    await once(stream, 'finish');
  }

  async end(): Promise<void> {
    await this.flush();
    if (this.id > 0)
      await this.client.query(
        `select setval(s, greatest($2, coalesce(pg_sequence_last_value(s::regclass), 1)))
         from pg_get_serial_sequence($1, 'id') s`,
        [this.table, this.id],
      );
  }
}

/** Tables in the order of their references: sent together, because each COPY is a statement that checks them. */
export class TableWriters {
  constructor(private readonly tables: readonly TableWriter[]) {}

  async begin(lane?: number): Promise<void> {
    for (const table of this.tables) await table.begin(lane);
  }

  /** Sends what waits once there is much of it, so that a town of any size never stands in memory. */
  async flushLarge(): Promise<void> {
    if (this.tables.reduce((sum, { size }) => sum + size, 0) < FLUSH_AT) return;
    for (const table of this.tables) await table.flush();
  }

  async end(): Promise<void> {
    for (const table of this.tables) await table.end();
  }
}
