import { inject, Service } from '@angular/core';
import { Api, isRefused, type RefusalData } from '@kvartal/api-client';
import {
  type PaymentFieldsFragment,
  PaymentsDocument,
  type PaymentsQueryVariables,
  PaymentStateDocument,
  StartPaymentDocument,
  type StartPaymentInput,
  ToPayDocument,
} from '../../generated/graphql';
import type { AccountKey } from '../accounts/kept-account';

export type Payment = PaymentFieldsFragment;

/** Paying online, and what was paid. */
@Service()
export class Payments {
  private readonly api = inject(Api);

  async toPay(key: AccountKey, signal: AbortSignal) {
    const { me } = await this.api.query(ToPayDocument, key, signal);
    const { toPay, balance, owedMonths } = me.account;
    return { email: me.email ?? '', toPay, balance, owedMonths };
  }

  async list(variables: PaymentsQueryVariables, signal: AbortSignal) {
    return (await this.api.query(PaymentsDocument, variables, signal)).me.account.payments;
  }

  async one(orderNumber: string, signal: AbortSignal): Promise<Payment> {
    return (await this.api.query(PaymentStateDocument, { orderNumber }, signal)).me.payment;
  }

  /** Where the person pays: the page of the bank. */
  async start(input: StartPaymentInput): Promise<{ refusals: readonly RefusalData[]; redirectUrl?: string }> {
    const { startPayment: result } = await this.api.mutate(StartPaymentDocument, { input });
    return isRefused(result)
      ? { refusals: result.refusals }
      : { refusals: [], redirectUrl: result.redirectUrl };
  }
}
