export { PAYMENT_RECEIVED, PAYMENT_REVERSED } from './payment.events';
export { PaymentsApi, PaymentsModule, PaymentsWorker } from './payments.module';
export { Settlement } from './settlement.service';
