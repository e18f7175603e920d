import 'reflect-metadata';
import { getPriority, setPriority } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { WorkerHealth, endWhereUncaught } from '@kvartal/platform';
import { WorkerModule } from './worker.module';

/** Who waits at a screen goes first where they share their cores with a closing: the nicer, the later. */
const NICENESS = 3;
setPriority(Math.max(getPriority(), NICENESS));

const worker = await NestFactory.createApplicationContext(WorkerModule, { bufferLogs: true });
worker.useLogger(worker.get(Logger));
endWhereUncaught(worker.get(Logger));
worker.enableShutdownHooks();

if (process.argv.includes('--check')) {
  await worker.close();
  console.log('worker: composed');
  process.exit(0);
}
await worker.get(WorkerHealth).listen();
