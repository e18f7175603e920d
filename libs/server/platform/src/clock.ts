import { Inject, Injectable } from '@nestjs/common';
import { type CivilDate, todayIn } from '@kvartal/domain';
import { Config } from './config';
import { RedisClient } from './redis';

const OFFSET_KEY = 'clock-offset-ms';
const REFRESH_MS = 200;

/**
 * The only source of time. Outside production an offset kept in Redis moves it for api, worker and emulators alike,
 * so that windows, deadlines and links that expire can be tested.
 */
@Injectable()
export class Clock {
  private offset = 0;
  private readAt = -REFRESH_MS;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(RedisClient) private readonly redis: RedisClient,
  ) {}

  /** The present instant. */
  async now(): Promise<Date> {
    if (this.config.movableClock && performance.now() - this.readAt > REFRESH_MS) {
      this.offset = Number((await this.redis.get(OFFSET_KEY)) ?? 0);
      this.readAt = performance.now();
    }
    return new Date(Date.now() + this.offset);
  }

  /** The civil date at this moment in a time zone such as `Europe/Moscow`. */
  async today(timeZone: string): Promise<CivilDate> {
    return todayIn(await this.now(), timeZone);
  }

  /** Moves the clock so that `instant` is now; null sets it right. Refused where the clock is fixed. */
  async moveTo(instant: Date | null): Promise<void> {
    if (!this.config.movableClock) throw new Error('The clock of this installation cannot be moved');
    this.offset = instant ? instant.getTime() - Date.now() : 0;
    this.readAt = performance.now();
    await this.redis.set(OFFSET_KEY, String(this.offset));
  }
}
