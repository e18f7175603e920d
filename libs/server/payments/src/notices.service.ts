import { Inject, Injectable } from '@nestjs/common';
import { Clock, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type PaymentState, mayStillSucceed } from './payment.states';
import { PaymentProvider } from './providers/provider';
import { Refunds } from './refunds.service';
import { Settlement } from './settlement.service';

/** ACCEPTED: this notice, of all that told the same, has moved the payment. IGNORED: the provider does not confirm it. */
type Verdict = 'ACCEPTED' | 'REPEATED' | 'FORGED' | 'UNKNOWN_ORDER' | 'IGNORED';
type Notice = Readonly<Record<string, string>>;

/** What may be kept of a notice: names and numbers of the order, no card, no payer. */
const KEPT = ['mdOrder', 'orderNumber', 'operation', 'status', 'amount'];
/** Nothing of ours is longer; a forged notice may be anything. */
const LONGEST = 100;
const GIVEN_BACK = ['refunded', 'reversed'];

/** Takes what the provider tells us: every notice is written down, an authentic one makes us ask the provider itself. */
@Injectable()
export class Notices {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(Settlement) private readonly settlement: Settlement,
    @Inject(Refunds) private readonly refunds: Refunds,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Throws ProviderUnavailable where the provider cannot be asked back: it will tell us again. */
  async take(notice: Notice): Promise<Verdict> {
    if (!this.provider.isAuthentic(notice)) return this.keep(notice, 'FORGED');
    try {
      return await this.keep(notice, await this.follow(notice));
    } catch (failure) {
      await this.keep(notice, 'IGNORED');
      throw failure;
    }
  }

  private async follow(notice: Notice): Promise<Verdict> {
    const orderNumber = notice['orderNumber'] ?? '';
    const payment = await row<{ state: PaymentState }>(
      this.db,
      'select state from payment where order_number = $1',
      [orderNumber],
    );
    if (!payment) return 'UNKNOWN_ORDER';
    if (payment.state === 'SUCCEEDED' && GIVEN_BACK.includes(notice['operation'] ?? ''))
      return (await this.refunds.check(orderNumber)) ? 'ACCEPTED' : 'IGNORED';
    const settled = await this.settlement.check(orderNumber);
    if (settled?.isNew) return 'ACCEPTED';
    return settled && mayStillSucceed(settled.state) ? 'IGNORED' : 'REPEATED';
  }

  private async keep(notice: Notice, verdict: Verdict): Promise<Verdict> {
    const cut = (name: string) => (notice[name] ?? '').slice(0, LONGEST);
    const kept = Object.fromEntries(KEPT.filter((name) => name in notice).map((name) => [name, cut(name)]));
    await rows(
      this.db,
      `insert into payment_notice (provider, order_number, operation, verdict, fields, created_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        this.provider.name,
        cut('orderNumber') || null,
        cut('operation'),
        verdict,
        kept,
        await this.clock.now(),
      ],
    );
    return verdict;
  }
}
