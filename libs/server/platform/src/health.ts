import { createServer, type Server } from 'node:http';
import {
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  type OnApplicationShutdown,
  Res,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { Response } from 'express';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { DataSource } from 'typeorm';
import { Config } from './config';
import { For } from './graphql/audience';
import { RedisClient } from './redis';
import { rows } from './transaction';

/** What the process counts about itself, for Prometheus. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}

/** Whether the process lives, and whether what it stands on answers. */
@Injectable()
export class Health {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(RedisClient) private readonly redis: RedisClient,
  ) {}

  /** What does not answer, by name; empty when all is well. */
  async ailing(): Promise<string[]> {
    const checks = { postgres: rows(this.db, 'select 1'), redis: this.redis.ping() };
    const results = await Promise.allSettled(Object.values(checks));
    return Object.keys(checks).filter((_, i) => results[i]?.status === 'rejected');
  }
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
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
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
    if (url === '/metrics')
      return [200, this.metrics.registry.contentType, await this.metrics.registry.metrics()];
    if (url !== '/health/ready') return [404, 'text/plain', ''];
    const ailing = await this.health.ailing();
    return [
      ailing.length ? 503 : 200,
      'application/json',
      JSON.stringify({ status: ailing.length ? 'unavailable' : 'ok', ailing }),
    ];
  }
}

@Module({ imports: [HealthModule], providers: [WorkerHealth] })
export class WorkerHealthModule {}
