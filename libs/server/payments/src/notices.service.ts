import { Inject, Injectable } from '@nestjs/common';
import { row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type PaymentState, mayStillSucceed } from './payment.states';
import { PaymentProvider } from './providers/provider';
import { Settlement } from './settlement.service';

type Verdict = 'ACCEPTED' | 'REPEATED' | 'FORGED' | 'UNKNOWN_ORDER' | 'IGNORED';
/** What may be kept of a notice: names and numbers of the order, no card, no payer. */
const KEPT = ['mdOrder', 'orderNumber', 'operation', 'status', 'amount'];

/** Takes what the provider tells us: every notice is written down, an authentic one makes us ask the provider itself. */
@Injectable()
export class Notices {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(Settlement) private readonly settlement: Settlement,
  ) {}

  /** Throws ProviderUnavailable where the provider cannot be asked back: it will tell us again. */
  async take(notice: Readonly<Record<string, string>>): Promise<Verdict> {
    const verdict = this.provider.isAuthentic(notice) ? await this.follow(notice) : 'FORGED';
    const kept = Object.fromEntries(Object.entries(notice).filter(([name]) => KEPT.includes(name)));
    await rows(
      this.db,
      'insert into payment_notice (provider, order_number, operation, verdict, fields) values ($1, $2, $3, $4, $5)',
      [this.provider.name, notice['orderNumber'] ?? null, notice['operation'] ?? '', verdict, kept],
    );
    return verdict;
  }

  private async follow(notice: Readonly<Record<string, string>>): Promise<Verdict> {
    const orderNumber = notice['orderNumber'] ?? '';
    const before = await row<{ state: PaymentState }>(
      this.db,
      'select state from payment where order_number = $1',
      [orderNumber],
    );
    if (!before) return 'UNKNOWN_ORDER';
    if (!mayStillSucceed(before.state)) return 'REPEATED';
    const after = await this.settlement.check(orderNumber);
    return after === before.state ? 'IGNORED' : 'ACCEPTED';
  }
}
