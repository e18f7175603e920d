import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Config } from '@kvartal/platform';
import pg from 'pg';

/** So many statements are kept prepared on a connection; a plan of the first page takes half a megabyte. */
const MOST_PREPARED = 32;

/**
 * Connections for statements that are planned once and run often. They name their closings in the text, so that a kept
 * plan opens those partitions and no other. Elsewhere statements have no name and are planned each time.
 */
@Injectable()
export class PreparedReads implements OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly prepared = new Set<string>();

  constructor(@Inject(Config) config: Config) {
    this.pool = new pg.Pool({
      connectionString: config.databaseUrl,
      max: config.databasePool,
      options: `-c plan_cache_mode=force_generic_plan${config.databaseIsOwner ? ' -c role=kvartal_runtime' : ''}`,
      application_name: 'kvartal-reads',
    });
    // an idle connection that breaks is replaced by the next one asked for
    this.pool.on('error', () => undefined);
  }

  /** The rows of a statement. A name stands for one text for ever. */
  async rows<T extends pg.QueryResultRow>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<T[]> {
    if (this.prepared.size < MOST_PREPARED) this.prepared.add(name);
    const query = this.prepared.has(name) ? { name, text } : { text };
    return (await this.pool.query<T>({ ...query, values: [...values] })).rows;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
