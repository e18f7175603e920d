export { BILL_ISSUED, PERIOD_CLOSED } from './billing.events';
export { BillingApi, BillingModule, BillingWorker } from './billing.module';
export { barcodeBars, barcodeModules } from './bills/bill.code';
export { type BillContent, billContent } from './bills/bill.content';
export type { BillDocument } from './bills/bill.document';
export { billPdf, billsPdf } from './bills/bill.drawing';
export { readBillDocuments } from './bills/bill.reading';
export { DOCUMENT_FONTS } from './pdf';
export { WORDS as BILL_WORDS } from './bills/bill.words.ru';
export { BillIssuing } from './bills/bills.issuing';
export { BooksKeeper, type Books, type ClosedMonth, totalModeOf } from './books';
export { ClosingComputing } from './closing/closing.computing';
export { type ClosingKey } from './closing/closing.lock';
export { ClosingQueries } from './closing/closing.queries';
export { Closings } from './closing/closings.service';
export { ComputedMonths } from './explaining/computed-months';
export { Explanations } from './explaining/explanations.service';
export { SECOND_OPINION, type SecondOpinion, SecondOpinions } from './closing/second-opinion';
export { PaymentDivision } from './division';
export {
  BillingLedger,
  type MovementKind,
  type NewMovement,
  type Posting,
  type ServiceBalance,
} from './ledger';
