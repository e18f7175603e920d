import { InjectQueue, Process, Processor } from '@nestjs/bull';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Job, Queue } from 'bull';
import { DataSource } from 'typeorm';
import { ON_FACT, OUTBOX_QUEUE, Outbox, type OutboxJob, type RecordedFact } from './outbox';
import { perform } from './jobs';
import { row, rows } from './transaction';

type Listener = (fact: RecordedFact) => Promise<void>;
const SWEEP_MS = 15_000;

/** The worker's half of the outbox: hands each recorded fact to its listeners, then marks it sent. */
@Injectable()
@Processor(OUTBOX_QUEUE)
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Map<string, Listener[]>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
    @InjectQueue(OUTBOX_QUEUE) private readonly queue: Queue<OutboxJob>,
  ) {}

  onApplicationBootstrap(): void {
    const scanner = new MetadataScanner();
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      for (const name of scanner.getAllMethodNames(Object.getPrototypeOf(instance)))
        this.listen(instance, name);
    }
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    void this.sweep();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.queue.close();
  }

  @Process({ concurrency: 8 })
  async deliver(job: Job<OutboxJob>): Promise<void> {
    const recorded = await row<RecordedFact & { sentAt: Date | null }>(
      this.db,
      `select id as "outboxId", fact, organization_id as "organizationId", payload, request_id as "requestId", sent_at as "sentAt"
       from outbox where id = $1`,
      [job.data.outboxId],
    );
    if (!recorded || recorded.sentAt) return;
    await perform(job, recorded.requestId ?? undefined, async () => {
      for (const listener of this.listeners.get(recorded.fact) ?? []) await listener(recorded);
      await rows(this.db, 'update outbox set sent_at = now() where id = $1 and sent_at is null', [
        recorded.outboxId,
      ]);
    });
  }

  private listen(instance: object, name: string): void {
    const method: unknown = Reflect.get(instance, name);
    if (typeof method !== 'function') return;
    for (const fact of this.reflector.get<string[] | undefined>(ON_FACT, method) ?? []) {
      const listener: Listener = (recorded) => Reflect.apply(method, instance, [recorded]);
      this.listeners.set(fact, [...(this.listeners.get(fact) ?? []), listener]);
    }
  }

  private async sweep(): Promise<void> {
    await this.outbox.sweep().catch((failure: Error) => Logger.warn(failure, 'OutboxRelay'));
  }
}
