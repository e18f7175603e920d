import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { BillIssuing } from './bills/bills.issuing';
import { BillsQueries } from './bills/bills.queries';
import { BooksKeeper } from './books';
import { ClosingAnomalies } from './closing/closing.anomalies';
import { ClosingChecklists } from './closing/closing.checklist';
import { ClosingComputing } from './closing/closing.computing';
import { ClosingJobs } from './closing/closing.jobs';
import { ClosingQueries } from './closing/closing.queries';
import { BILLING_QUEUE, BillingQueue } from './closing/closing.queue';
import { Closings } from './closing/closings.service';
import { BillingLedger } from './ledger';
import { StatementsQueries } from './statements/statements.queries';

const queue = BullModule.registerQueue({ name: BILLING_QUEUE });

const services = [
  BooksKeeper,
  BillingLedger,
  BillingQueue,
  Closings,
  ClosingAnomalies,
  ClosingChecklists,
  ClosingComputing,
  ClosingQueries,
  BillIssuing,
  BillsQueries,
  StatementsQueries,
];

/** What billing can do. */
@Module({ imports: [queue], providers: services, exports: services })
export class BillingModule {}

/** When it happens by itself. */
@Module({ imports: [BillingModule, queue], providers: [ClosingJobs] })
export class BillingWorker {}
