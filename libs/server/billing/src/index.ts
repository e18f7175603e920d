export { BooksKeeper, type Books, type ClosedMonth } from './books';
export { BillingLedger, type MovementKind, type NewMovement, type Posting, type ServiceBalance } from './ledger';
export { BILL_ISSUED, PERIOD_CLOSED } from './billing.events';
export { BillingModule, BillingWorker } from './billing.module';
export { BillIssuing } from './bills/bills.issuing';
export { ClosingComputing } from './closing/closing.computing';
export { Closings } from './closing/closings.service';
