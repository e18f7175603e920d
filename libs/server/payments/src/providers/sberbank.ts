import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { moneyOf } from '@kvartal/domain';
import { Config } from '@kvartal/platform';
import {
  type NewOrder,
  type OrderStatus,
  PaymentProvider,
  ProviderUnavailable,
  type RegisteredOrder,
} from './provider';
import { sberbankChecksum } from './sberbank.sign';

const TIMEOUT_MS = 10_000;
/** ISO 4217 numbers. */
const CURRENCY_NUMBERS = { RUB: '643', KZT: '398' } as const;
const NO_SUCH_ORDER = '6';
/** orderStatus of getOrderStatusExtended.do (specification L.4). */
const OUTCOMES: Readonly<Record<number, OrderStatus['outcome']>> = {
  0: 'WAITING',
  1: 'WAITING',
  2: 'PAID',
  3: 'CANCELED',
  4: 'REFUNDED',
  5: 'WAITING',
  6: 'DECLINED',
};

interface Reply {
  errorCode?: string | number;
  errorMessage?: string;
  orderId?: string;
  formUrl?: string;
  orderNumber?: string;
  orderStatus?: number;
  amount?: number;
  currency?: string;
  authDateTime?: number;
  date?: number;
  attributes?: { name: string; value: string }[];
  actionCodeDescription?: string;
  paymentAmountInfo?: { depositedAmount?: number; refundedAmount?: number };
}

/** Sberbank's acquiring (RBS): form-encoded requests, JSON answers, signed callbacks. */
@Injectable()
export class Sberbank extends PaymentProvider {
  readonly name = 'SBERBANK';

  constructor(@Inject(Config) private readonly config: Config) {
    super();
  }

  async register(order: NewOrder): Promise<RegisteredOrder> {
    const reply = await this.ask('register.do', {
      orderNumber: order.orderNumber,
      amount: order.amount.toString(),
      currency: CURRENCY_NUMBERS[order.currency],
      description: order.description,
      language: 'ru',
      returnUrl: order.returnUrl,
      failUrl: order.returnUrl,
      dynamicCallbackUrl: order.callbackUrl,
      sessionTimeoutSecs: String(order.lifetimeSeconds),
    });
    if (!reply.orderId || !reply.formUrl) throw new ProviderUnavailable(`register.do: ${said(reply)}`);
    return { providerOrderId: reply.orderId, redirectUrl: reply.formUrl };
  }

  async status(orderNumber: string): Promise<OrderStatus> {
    const reply = await this.ask('getOrderStatusExtended.do', { orderNumber });
    const isUnknown = String(reply.errorCode) === NO_SUCH_ORDER;
    if (!isUnknown && (reply.orderStatus === undefined || !reply.orderNumber))
      throw new ProviderUnavailable(`getOrderStatusExtended.do: ${said(reply)}`);
    const paidAt = reply.authDateTime ?? reply.date;
    return {
      orderNumber: reply.orderNumber ?? orderNumber,
      outcome: isUnknown ? 'UNKNOWN' : (OUTCOMES[reply.orderStatus ?? 0] ?? 'WAITING'),
      amount: moneyOf(BigInt(reply.paymentAmountInfo?.depositedAmount ?? reply.amount ?? 0)),
      refunded: moneyOf(BigInt(reply.paymentAmountInfo?.refundedAmount ?? 0)),
      currency: currencyOf(reply.currency),
      operationId: reply.attributes?.find(({ name }) => name === 'mdOrder')?.value ?? orderNumber,
      paidAt: paidAt === undefined ? null : new Date(paidAt),
      reason: reply.actionCodeDescription ?? '',
    };
  }

  isAuthentic(notice: Readonly<Record<string, string>>): boolean {
    const given = Buffer.from(notice['checksum'] ?? '');
    const right = Buffer.from(sberbankChecksum(notice, this.config.bank.callbackKey));
    return given.length === right.length && timingSafeEqual(given, right);
  }

  private async ask(command: string, form: Readonly<Record<string, string>>): Promise<Reply> {
    const { url, user, password } = this.config.bank;
    try {
      const response = await fetch(`${url}/payment/rest/${command}`, {
        method: 'POST',
        body: new URLSearchParams({ userName: user, password, ...form }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new ProviderUnavailable(`${command}: HTTP ${response.status}`);
      const reply: Reply = JSON.parse(await response.text());
      return reply;
    } catch (failure) {
      if (failure instanceof ProviderUnavailable) throw failure;
      throw new ProviderUnavailable(
        `${command}: ${failure instanceof Error ? failure.message : String(failure)}`,
      );
    }
  }
}

const currencyOf = (number: string | undefined): OrderStatus['currency'] =>
  number === CURRENCY_NUMBERS.RUB ? 'RUB' : number === CURRENCY_NUMBERS.KZT ? 'KZT' : 'OTHER';

const said = ({ errorCode, errorMessage }: Reply): string => `${errorCode ?? '?'} ${errorMessage ?? ''}`;
