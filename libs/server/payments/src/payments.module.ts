import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import { AccountsModule } from '@kvartal/accounts';
import { AuthModule } from '@kvartal/auth';
import { BillingModule } from '@kvartal/billing';
import { Notices } from './notices.service';
import { PaymentsBackofficeResolver } from './payments.backoffice.resolver';
import { AccountPaymentsFields, PaymentsCabinetResolver } from './payments.cabinet.resolver';
import { PAYMENTS_QUEUE, PaymentsJobs, PendingPayments } from './payments.jobs';
import { PaymentsQueries } from './payments.queries';
import { PaymentsService } from './payments.service';
import { PaymentProvider } from './providers/provider';
import { Sberbank } from './providers/sberbank';
import { Refunds } from './refunds.service';
import { Reversals } from './reversals.service';
import { ReturnPage } from './return-page.service';
import { SberbankController } from './sberbank.controller';
import { Settlement } from './settlement.service';
import { Shares } from './shares.service';

/** What payments can do. */
@Module({
  imports: [AuthModule, AccountsModule, BillingModule],
  providers: [
    PaymentsService,
    PaymentsQueries,
    Settlement,
    Shares,
    Refunds,
    Reversals,
    Notices,
    ReturnPage,
    { provide: PaymentProvider, useClass: Sberbank },
  ],
  exports: [PaymentsService, PaymentsQueries, Reversals, Settlement, Notices, ReturnPage],
})
export class PaymentsModule {}

/** How one may ask for it, and where the bank tells us. */
@Module({
  imports: [PaymentsModule],
  providers: [PaymentsCabinetResolver, AccountPaymentsFields, PaymentsBackofficeResolver],
  controllers: [SberbankController],
})
export class PaymentsApi {}

/** When it happens by itself. */
@Module({
  imports: [PaymentsModule, BullModule.registerQueue({ name: PAYMENTS_QUEUE })],
  providers: [PendingPayments, PaymentsJobs],
})
export class PaymentsWorker {}
