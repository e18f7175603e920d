import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AccountsModule } from '@kvartal/accounts';
import { AttachmentsController } from './attachments.controller';
import { Attachments } from './attachments.service';
import { RequestDetails } from './request.details';
import { RequestSteps } from './request.steps';
import { RequestsBackofficeResolver } from './requests.backoffice.resolver';
import { RequestsCabinetResolver } from './requests.cabinet.resolver';
import { RequestFields } from './requests.fields';
import { REQUESTS_QUEUE, RequestsJobs, SilentRequests } from './requests.jobs';
import { RequestsQueries } from './requests.queries';
import { ResidentRequests } from './resident-requests.service';
import { StaffRequests } from './staff-requests.service';

const services = [
  Attachments,
  RequestDetails,
  RequestSteps,
  RequestsQueries,
  ResidentRequests,
  SilentRequests,
  StaffRequests,
];

/** What requests can do. */
@Module({ imports: [AccountsModule], providers: services, exports: services })
export class RequestsModule {}

/** How one may ask for it. */
@Module({
  imports: [RequestsModule],
  providers: [RequestsCabinetResolver, RequestsBackofficeResolver, RequestFields],
  controllers: [AttachmentsController],
})
export class RequestsApi {}

/** When it happens by itself. */
@Module({
  imports: [RequestsModule, BullModule.registerQueue({ name: REQUESTS_QUEUE })],
  providers: [RequestsJobs],
})
export class RequestsWorker {}
