/** Fact: money came and moved the balance. Payload: `organizationId`, `paymentId`. */
export const PAYMENT_RECEIVED = 'PaymentReceived';
/** Fact: staff took a payment off the balance. Payload: `organizationId`, `paymentId`. */
export const PAYMENT_REVERSED = 'PaymentReversed';
