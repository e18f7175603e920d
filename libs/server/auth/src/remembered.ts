import { Inject, Injectable } from '@nestjs/common';
import { RedisClient } from '@kvartal/platform';

const SECONDS = 60;
/** Longer than any transaction: while it stands, the database is asked each time. */
const FORGOTTEN_SECONDS = 120;
const FORGOTTEN = '-';

/**
 * What sessions and keys are worth, remembered in Redis for a minute. Whoever ends one says `forget` before the commit:
 * from then on nothing about it is remembered, so that an answer that was read before the commit cannot come back.
 */
@Injectable()
export class Remembered {
  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {}

  /** The remembered value, or what `find` finds. Values travel as JSON. Without Redis it asks each time. */
  async recall<T extends object>(key: string, find: () => Promise<T | undefined>): Promise<T | undefined> {
    const kept = await this.redis.get(key).catch(() => FORGOTTEN);
    if (kept !== null && kept !== FORGOTTEN) return JSON.parse(kept);
    const found = await find();
    if (found && kept === null)
      await this.redis.set(key, JSON.stringify(found), 'EX', SECONDS, 'NX').catch(() => undefined);
    return found;
  }

  async forget(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.redis.set(key, FORGOTTEN, 'EX', FORGOTTEN_SECONDS)));
  }
}
