import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pg from 'pg';
import { BillIssuing, BillingModule, ClosingComputing, Closings } from '@kvartal/billing';
import { civilDate } from '@kvartal/domain';
import { Clock, DatabaseModule, OutboxModule, PlatformModule, QueuesModule } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { MonthCloser } from './close-month';
import { Demo, type DemoOptions } from './demo';

@Module({ imports: [PlatformModule, DatabaseModule.forRoot(), QueuesModule, OutboxModule, BillingModule] })
class DemoModule {}

export type DemoRun = Omit<DemoOptions, 'today'>;

/** Builds the demo town where the database is empty; otherwise says so and leaves it alone. */
export async function runDemo(run: DemoRun): Promise<number> {
  const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from portal limit 1');
    if (rowCount) {
      console.log('There is a town in this database already');
      return 0;
    }
    return await build(client, run);
  } finally {
    await client.end();
  }
}

async function build(client: pg.Client, run: DemoRun): Promise<number> {
  const others: pg.Client[] = [];
  const connect = async () => {
    const other = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    others.push(other);
    await other.connect();
    return other;
  };
  const context = await NestFactory.createApplicationContext(DemoModule, { logger: ['error', 'warn'] });
  try {
    const clock = context.get(Clock);
    const today = civilDate(`${(await clock.now()).toISOString().slice(0, 7)}-20`);
    const closer = new MonthCloser(context.get(DataSource), clock, {
      closings: context.get(Closings),
      computing: context.get(ClosingComputing),
      issuing: context.get(BillIssuing),
    });
    await new Demo(connect, client, closer, { ...run, today }).build();
    await clock.moveTo(new Date(`${today}T12:00:00+03:00`));
    return 0;
  } finally {
    for (const other of others) await other.end();
    await context.close();
  }
}
