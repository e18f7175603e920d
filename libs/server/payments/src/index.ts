export { PAYMENT_RECEIVED } from './payment.events';
export { PaymentsApi, PaymentsModule, PaymentsWorker } from './payments.module';
export { Settlement } from './settlement.service';
