export { BooksKeeper, type Books, type ClosedMonth } from './books';
export { BillingLedger, type MovementKind, type NewMovement, type Posting, type ServiceBalance } from './ledger';
