import { Module } from '@nestjs/common';
import { AuthModule } from '@kvartal/auth';
import { BillingModule } from '@kvartal/billing';
import { AccountLetters } from './account.letters';
import { EntryLetters } from './entry.letters';
import { Mailer } from './mailer';
import { NotificationsQueries } from './notifications.queries';
import { PostOffice } from './post-office';
import { RequestLetters } from './request.letters';
import { SmsGateway } from './sms/sms-gateway';

/** Which fact becomes which message. Listens to all modules, is called by none; runs in the worker only. */
@Module({
  imports: [AuthModule, BillingModule],
  providers: [
    Mailer,
    PostOffice,
    NotificationsQueries,
    EntryLetters,
    AccountLetters,
    RequestLetters,
    SmsGateway,
  ],
})
export class NotificationsWorker {}
