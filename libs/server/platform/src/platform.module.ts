import { BullModule } from '@nestjs/bull';
import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Clock } from './clock';
import { Config } from './config';
import { Draining } from './draining';
import { FileStore } from './files';
import { OUTBOX_QUEUE, Outbox } from './outbox';
import { OutboxRelay } from './outbox.relay';
import { RateLimits } from './rate-limit';
import { RedisClient } from './redis';

/** Configuration, clock, Redis, limits, files: needs nothing but the environment. */
@Global()
@Module({
  providers: [Config, Clock, RedisClient, RateLimits, FileStore],
  exports: [Config, Clock, RedisClient, RateLimits, FileStore],
})
export class PlatformModule {}

/** Queues over Redis. A module registers its own queue by `BullModule.registerQueue`. */
export const QueuesModule = BullModule.forRootAsync({
  imports: [PlatformModule],
  inject: [Config],
  useFactory: (config: Config) => ({ url: config.redisUrl, prefix: `${config.redisPrefix}:bull` }),
});

/** Writing to the outbox; needs the database and the queues. */
@Global()
@Module({
  imports: [BullModule.registerQueue({ name: OUTBOX_QUEUE })],
  providers: [Outbox],
  exports: [Outbox],
})
export class OutboxModule {}

/** Handing the outbox on, and jobs brought to their end: in the worker only. */
@Module({
  imports: [DiscoveryModule, OutboxModule, BullModule.registerQueue({ name: OUTBOX_QUEUE })],
  providers: [OutboxRelay, Draining],
})
export class OutboxWorker {}
