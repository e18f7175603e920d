import { Module } from '@nestjs/common';
import { AuthWorker } from '@kvartal/auth';
import { BillingWorker } from '@kvartal/billing';
import { NotificationsWorker } from '@kvartal/notifications';
import { PaymentsWorker } from '@kvartal/payments';
import {
  DatabaseModule,
  LoggingModule,
  OutboxModule,
  OutboxWorker,
  PlatformModule,
  QueuesModule,
  WorkerHealthModule,
} from '@kvartal/platform';
import { RequestsWorker } from '@kvartal/requests';

/** Bull processors and schedules: the other halves of the same modules. */
@Module({
  imports: [
    LoggingModule,
    PlatformModule,
    DatabaseModule.forRoot(),
    QueuesModule,
    OutboxModule,
    OutboxWorker,
    WorkerHealthModule,
    AuthWorker,
    BillingWorker,
    PaymentsWorker,
    RequestsWorker,
    NotificationsWorker,
  ],
})
export class WorkerModule {}
