import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal';
import { RedisClient } from './redis';

export interface Limit {
  /** What is limited: `sign-in-address`. */
  name: string;
  points: number;
  seconds: number;
}

/** Attempts counted in Redis, by whatever key the caller names: an address, a login, a user. */
@Injectable()
export class RateLimits {
  private readonly limiters = new Map<string, RateLimiterRedis>();

  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {
    // the first limiter teaches the connection its script: taught later, the pipeline begun in that moment would not know it
    this.limiterOf({ name: 'none', points: 1, seconds: 1 });
  }

  /** Counts one attempt; beyond the limit refuses with TOO_MANY_ATTEMPTS and the seconds to wait. */
  async spend(limit: Limit, key: string): Promise<void> {
    try {
      await this.limiterOf(limit).consume(key);
    } catch (spent) {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      throw new Refusal('TOO_MANY_ATTEMPTS', { params: { seconds: Math.ceil(spent.msBeforeNext / 1000) } });
    }
  }

  /** How many attempts have been counted so far. */
  async spent(limit: Limit, key: string): Promise<number> {
    return (await this.limiterOf(limit).get(key))?.consumedPoints ?? 0;
  }

  /** Forgets the attempts, after a success. */
  async forgive(limit: Limit, key: string): Promise<void> {
    await this.limiterOf(limit).delete(key);
  }

  /** Gives one counted attempt back: it turned out to be a rightful one. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.limiterOf(limit).reward(key);
  }

  private limiterOf({ name, points, seconds }: Limit): RateLimiterRedis {
    const known = this.limiters.get(name);
    if (known) return known;
    const made = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: `limit:${name}`,
      points,
      duration: seconds,
    });
    this.limiters.set(name, made);
    return made;
  }
}
