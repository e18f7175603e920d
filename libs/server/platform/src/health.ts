import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { Config } from './config';
import { For } from './graphql/audience';
import { Metrics } from './metrics';
import { RedisClient } from './redis';
import { rows } from './transaction';

const PATIENCE_MS = 2000;

/** Whether the process lives, and whether what it stands on answers. */
@Injectable()
export class Health implements OnModuleDestroy {
  private ending = false;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(RedisClient) private readonly redis: RedisClient,
  ) {}

  /** The first word of a shutdown: a balancer sends nothing more, while what is in hand is brought to its end. */
  onModuleDestroy(): void {
    this.ending = true;
  }

  /** What does not answer, by name; empty when all is well. */
  async ailing(): Promise<string[]> {
    if (this.ending) return ['shutting down'];
    const checks = { postgres: rows(this.db, 'select 1'), redis: this.redis.ping() };
    const results = await Promise.allSettled(Object.values(checks).map(inTime));
    return Object.keys(checks).filter((_, i) => results[i]?.status === 'rejected');
  }
}

/** Rejects where there is no answer in two seconds: a server that hangs is as little there as one that is away. */
async function inTime(answer: Promise<unknown>): Promise<unknown> {
  const late = new AbortController();
  const none = pause(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error('no answer');
  });
  return Promise.race([answer, none]).finally(() => late.abort());
}

@For('anyone')
@Controller()
export class HealthController {
  constructor(
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get('health/live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  @Get('health/ready')
  async ready(): Promise<{ status: string }> {
    const ailing = await this.health.ailing();
    if (ailing.length) throw new ServiceUnavailableException({ status: 'unavailable', ailing });
    return { status: 'ok' };
  }

  @Get('metrics')
  async scrape(@Res() response: Response): Promise<void> {
    const { registry } = this.metrics;
    response.type(registry.contentType).send(await registry.metrics());
  }
}

@Module({ providers: [Health, Metrics], controllers: [HealthController], exports: [Health, Metrics] })
export class HealthModule {}

/** The worker has no HTTP of its own: a plain server answers the same three questions. */
@Injectable()
export class WorkerHealth implements OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(Health) private readonly health: Health,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.answer(request.url ?? '').then(([status, type, body]) => {
        response.writeHead(status, { 'content-type': type }).end(body);
      });
    });
    await new Promise<void>((done) => this.server?.listen(this.config.healthPort, this.config.host, done));
  }

  onApplicationShutdown(): void {
    this.server?.close();
  }

  private async answer(url: string): Promise<[number, string, string]> {
    if (url === '/health/live') return [200, 'application/json', '{"status":"ok"}'];
    const { registry } = this.metrics;
    if (url === '/metrics') return [200, registry.contentType, await registry.metrics()];
    if (url !== '/health/ready') return [404, 'text/plain', ''];
    const ailing = await this.health.ailing();
    return [
      ailing.length ? 503 : 200,
      'application/json',
      JSON.stringify(ailing.length ? { status: 'unavailable', ailing } : { status: 'ok' }),
    ];
  }
}

@Module({ imports: [HealthModule], providers: [WorkerHealth] })
export class WorkerHealthModule {}
