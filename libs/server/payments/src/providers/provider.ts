import type { Money } from '@kvartal/domain';

export interface NewOrder {
  /** Ours, unique for ever: 32 hexadecimal digits. */
  orderNumber: string;
  amount: Money;
  currency: 'RUB' | 'KZT';
  description: string;
  /** Where the person comes back to, whatever happened. */
  returnUrl: string;
  /** Where the provider tells us about the order. */
  callbackUrl: string;
  lifetimeSeconds: number;
}

export interface RegisteredOrder {
  providerOrderId: string;
  /** The provider's page where the person pays. */
  redirectUrl: string;
}

/** What the provider says of an order now. */
export interface OrderStatus {
  orderNumber: string;
  /** UNKNOWN: the provider has no such order. */
  outcome: 'UNKNOWN' | 'WAITING' | 'PAID' | 'DECLINED' | 'CANCELED' | 'REFUNDED';
  /** What was really taken, minor units. */
  amount: Money;
  /** What of it was given back, minor units. */
  refunded: Money;
  currency: 'RUB' | 'KZT' | 'OTHER';
  /** The provider's id of the money: the same for every notice about it. */
  operationId: string;
  /** When the payer's bank allowed it; null where it has not. */
  paidAt: Date | null;
  /** The provider's own words for a refusal. */
  reason: string;
}

/** The provider did not answer, or not as its protocol says: nothing is known of the outcome. */
export class ProviderUnavailable extends Error {}

/** A bank or payment service behind which cards and 3-D Secure stand; card data never reach us. */
export abstract class PaymentProvider {
  abstract readonly name: 'SBERBANK';
  /** Throws ProviderUnavailable. */
  abstract register(order: NewOrder): Promise<RegisteredOrder>;
  /** Throws ProviderUnavailable. */
  abstract status(orderNumber: string): Promise<OrderStatus>;
  /** Whether the provider itself signed this notice. */
  abstract isAuthentic(notice: Readonly<Record<string, string>>): boolean;
}
