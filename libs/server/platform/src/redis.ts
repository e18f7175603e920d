import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Config } from './config';

/** The process's one connection for plain commands; Bull keeps its own. */
@Injectable()
export class RedisClient extends Redis implements OnApplicationShutdown {
  constructor(@Inject(Config) config: Config) {
    super(config.redisUrl, {
      keyPrefix: `${config.redisPrefix}:`,
      maxRetriesPerRequest: 2,
      enableAutoPipelining: true,
    });
    this.on('error', () => undefined); // a lost connection is retried; /health/ready says so meanwhile
  }

  async onApplicationShutdown(): Promise<void> {
    await this.quit().catch(() => this.disconnect());
  }
}
