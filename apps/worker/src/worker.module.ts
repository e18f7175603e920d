import { Global, Module } from '@nestjs/common';
import { AuthWorker } from '@kvartal/auth';
import { BillingWorker, SECOND_OPINION, type SecondOpinion } from '@kvartal/billing';
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
import { evaluate } from '@kvartal/reference';
import { RequestsWorker } from '@kvartal/requests';

const secondOpinion: SecondOpinion = evaluate;

/** The independent evaluator: only a process may know both it and the engine. */
@Global()
@Module({
  providers: [{ provide: SECOND_OPINION, useValue: secondOpinion }],
  exports: [SECOND_OPINION],
})
class SecondOpinionModule {}

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
    SecondOpinionModule,
    BillingWorker,
    PaymentsWorker,
    RequestsWorker,
    NotificationsWorker,
  ],
})
export class WorkerModule {}
