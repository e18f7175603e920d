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
const FLUSH_AT = 1 << 20;

/** Rows for one table, sent by COPY as they come. Ids are ours: `nextId`, and the sequence is moved on at the end. */
export class TableWriter {
  private text = '';
  private id = 0;

  constructor(
    private readonly client: pg.Client,
    readonly table: string,
    private readonly columns: readonly string[],
    /** What its rows refer to: written before it, whenever it is written. */
    private readonly refersTo: readonly TableWriter[] = [],
  ) {}

  /** Where this table's ids go on from. */
  async begin(): Promise<void> {
    if (!this.columns.includes('id')) return;
    const { rows } = await this.client.query<{ last: string }>(
      `select coalesce(max(id), 0) as last from ${this.table}`,
    );
    this.id = Number(rows[0]?.last ?? 0);
  }

  nextId(): number {
    this.id += 1;
    return this.id;
  }

  async add(...cells: Cell[]): Promise<void> {
    this.text += `${cells.map(escaped).join('\t')}\n`;
    if (this.text.length > FLUSH_AT) await this.flush();
  }

  async flush(): Promise<void> {
    for (const table of this.refersTo) await table.flush();
    if (!this.text) return;
    const stream = this.client.query(from(`copy ${this.table} (${this.columns.join(', ')}) from stdin`));
    stream.end(this.text);
    this.text = '';
    await once(stream, 'finish');
  }

  async end(): Promise<void> {
    await this.flush();
    if (this.id > 0)
      await this.client.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [this.table, this.id]);
  }
}
