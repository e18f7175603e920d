import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { WorkerHealth, endWhereUncaught } from '@kvartal/platform';
import { WorkerModule } from './worker.module';

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
