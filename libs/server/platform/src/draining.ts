import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import Bull, { type Queue } from 'bull';

const isQueue = (instance: unknown): instance is Queue => instance instanceof Bull;

/**
 * The first step of a worker's end: it takes no more jobs, and those in hand come to their end before anything that they
 * stand on is taken down.
 */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  constructor(@Inject(DiscoveryService) private readonly discovery: DiscoveryService) {}

  async beforeApplicationShutdown(): Promise<void> {
    const queues = this.discovery
      .getProviders()
      .flatMap(({ instance }) => (isQueue(instance) ? [instance] : []));
    await Promise.all(queues.map((queue) => queue.pause(true)));
  }
}
