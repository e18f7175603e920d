/** Fact: money came and moved the balance. Payload: `organizationId`, `paymentId`. */
export const PAYMENT_RECEIVED = 'PaymentReceived';
