import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from './config';

const RETRY_MS = 100;

/** The process's one connection for plain commands; Bull keeps its own. */
@Injectable()
export class RedisClient extends Redis implements OnApplicationShutdown {
  constructor(@Inject(Config) config: Config) {
    super(config.redisUrl, {
      keyPrefix: `${config.redisPrefix}:`,
      // while it is away a command waits no longer than this, however long that lasts: most can do without
      maxRetriesPerRequest: 1,
      retryStrategy: () => RETRY_MS,
      enableAutoPipelining: true,
    });
    this.on('error', () => undefined); // a lost connection is retried; /health/ready says so meanwhile
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quit().catch(() => this.disconnect());
  }
}
