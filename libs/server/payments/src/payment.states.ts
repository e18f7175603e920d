import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '@kvartal/platform';

export const PAYMENT_STATES = [
  'CREATED',
  'PENDING',
  'SUCCEEDED',
  'FAILED',
  'EXPIRED',
  'CANCELED',
  'REVIEW',
  'REFUNDED',
  'REVERSED',
] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
export const PaymentStateEnum = enumOf(PAYMENT_STATES);
registerEnumType(PaymentStateEnum, {
  name: 'PaymentState',
  description:
    'Where a payment stands. REVIEW: the provider reports something else than what was ordered; staff look at it. REFUNDED: the provider gave the money back. REVERSED: staff took it off the balance.',
});

/** Money that comes late is real: a payment given up as failed or expired may still succeed. */
export const mayStillSucceed = (state: PaymentState): boolean =>
  state === 'CREATED' ||
  state === 'PENDING' ||
  state === 'FAILED' ||
  state === 'EXPIRED' ||
  state === 'CANCELED';

export const isWaiting = (state: PaymentState): boolean => state === 'CREATED' || state === 'PENDING';
