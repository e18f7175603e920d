import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountAccess } from '@kvartal/accounts';
import { Portals } from '@kvartal/auth';
import { type Month, firstDay, money, moneyOf, moneyText } from '@kvartal/domain';
import { Clock, Config, NotFound, Refusal, type Resident, row, rows } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { PaymentProvider, ProviderUnavailable } from './providers/provider';
import type { PaymentStarted, StartPaymentInput } from './payments.types';

const LEAST = money('1.00');
const MOST = money('150000.00');
const LIFETIME_S = 1200;
const PATIENCE_MS = 200;
const PATIENCE_TRIES = 40;

interface Order {
  id: string;
  orderNumber: string;
  amount: string;
  redirectUrl: string | null;
  state: string;
  email: string | null;
  forMonth: Month | null;
}
const ORDER = `id, order_number as "orderNumber", amount, redirect_url as "redirectUrl", state, email,
  to_char(for_month, 'YYYY-MM') as "forMonth"`;

interface Payee {
  currency: 'RUB' | 'KZT';
  shortName: string;
  accountNumber: string;
  maxPayment: string | null;
  /** The months that a payment may name; null where the organisation has no books yet. */
  firstMonth: Month | null;
  lastMonth: Month | null;
}

/** Any of the organisation's months may be named: an account that was closed is still charged what is recalculated. */
const PAYEE = `
  select o.currency, o.short_name as "shortName", a.number as "accountNumber", o.settings->'payments'->>'most' as "maxPayment",
    to_char(b.first, 'YYYY-MM') as "firstMonth", to_char(b.last, 'YYYY-MM') as "lastMonth"
  from organization o join account a on a.organization_id = o.id
  cross join (select min(month) as first, max(month) as last from period where organization_id = $1) b
  where o.id = $1 and a.id = $2`;

/** Begins payments: an order is written down here, registered at the provider, and paid on the provider's page. */
@Injectable()
export class PaymentsService {
  private readonly logger = new Logger(PaymentsService.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(AccountAccess) private readonly access: AccountAccess,
    @Inject(PaymentProvider) private readonly provider: PaymentProvider,
    @Inject(Portals) private readonly portals: Portals,
    @Inject(Config) private readonly config: Config,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Registers an order and returns the provider's page. One idempotency key is one order, also when asked twice at the
   * same moment. Refuses AMOUNT_OUT_OF_RANGE (`least`, `most`, `currency`), MONTH_OUT_OF_RANGE (`from`, `to`),
   * IDEMPOTENCY_KEY_REUSED for another amount or month under a known key, PAYMENT_UNAVAILABLE where the provider does not
   * answer. Throws NotFound for an account that is not the viewer's.
   */
  async start(viewer: Resident, input: StartPaymentInput): Promise<PaymentStarted> {
    await this.access.require(viewer, input.organizationId, input.accountId);
    const payee = await this.payee(input);
    const most = payee.maxPayment === null ? MOST : money(payee.maxPayment);
    if (input.amount < LEAST || input.amount > most)
      throw new Refusal('AMOUNT_OUT_OF_RANGE', {
        path: ['amount'],
        params: { least: moneyText(LEAST), most: moneyText(most), currency: payee.currency },
      });
    if (input.forMonth) checkMonth(input.forMonth, payee);
    const created = await this.create(viewer, input, payee);
    return created ? this.register(viewer, created, payee) : this.repeated(input);
  }

  private async payee({ organizationId, accountId }: StartPaymentInput): Promise<Payee> {
    const found = await row<Payee>(this.db, PAYEE, [organizationId, accountId]);
    if (!found) throw new NotFound();
    return found;
  }

  /** The new order, or undefined where this key is known already. */
  private async create(
    viewer: Resident,
    input: StartPaymentInput,
    { currency }: Payee,
  ): Promise<Order | undefined> {
    const now = await this.clock.now();
    return row<Order>(
      this.db,
      `insert into payment (organization_id, account_id, user_id, order_number, provider, amount, currency, state, email,
         idempotency_key, place, expires_at, created_at, for_month)
       select $1, $2, $3, $4, $5, $6, $7, 'CREATED', coalesce($8, (select email from portal_user where id = $3)), $9, 'Личный кабинет',
         $10::timestamptz + interval '${LIFETIME_S} seconds', $10, $11::date
       on conflict on constraint payment_once_per_key do nothing returning ${ORDER}`,
      [
        input.organizationId,
        input.accountId,
        viewer.userId,
        randomBytes(16).toString('hex'),
        this.provider.name,
        input.amount.toString(),
        currency,
        input.email ?? null,
        input.idempotencyKey,
        now,
        input.forMonth ? firstDay(input.forMonth) : null,
      ],
    );
  }

  private async register(viewer: Resident, order: Order, payee: Payee): Promise<PaymentStarted> {
    const portal = await this.portals.get(viewer.portalId);
    try {
      const { providerOrderId, redirectUrl } = await this.provider.register({
        orderNumber: order.orderNumber,
        amount: moneyOf(BigInt(order.amount)),
        currency: payee.currency,
        description: `${payee.shortName}: лицевой счёт ${payee.accountNumber}`,
        returnUrl: `${this.config.publicUrl}/o/${portal?.slug ?? ''}/pay/${order.orderNumber}`,
        callbackUrl: `${this.config.publicUrl}/pay/sberbank/callback`,
        lifetimeSeconds: LIFETIME_S,
      });
      await rows(
        this.db,
        `update payment set provider_order_id = $2, redirect_url = $3, state = case state when 'CREATED' then 'PENDING' else state end
         where order_number = $1`,
        [order.orderNumber, providerOrderId, redirectUrl],
      );
      return { orderNumber: order.orderNumber, redirectUrl };
    } catch (failure) {
      if (!(failure instanceof ProviderUnavailable)) throw failure;
      this.logger.warn(failure);
      await rows(
        this.db,
        `update payment set state = 'FAILED', failure = 'UNAVAILABLE' where order_number = $1 and state = 'CREATED'`,
        [order.orderNumber],
      );
      throw new Refusal('PAYMENT_UNAVAILABLE');
    }
  }

  /** The same key again: the first call's answer, waited for where it is still on its way to the provider. */
  private async repeated(input: StartPaymentInput): Promise<PaymentStarted> {
    for (let tries = 0; tries < PATIENCE_TRIES; tries += 1) {
      const known = await this.known(input);
      const isOtherMail = typeof input.email === 'string' && input.email !== known.email;
      const isOtherMonth = known.forMonth !== (input.forMonth ?? null);
      if (known.amount !== input.amount.toString() || isOtherMail || isOtherMonth)
        throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['idempotencyKey'] });
      if (known.redirectUrl) return { orderNumber: known.orderNumber, redirectUrl: known.redirectUrl };
      if (known.state !== 'CREATED') break;
      await pause(PATIENCE_MS);
    }
    throw new Refusal('PAYMENT_UNAVAILABLE');
  }

  private async known({ organizationId, accountId, idempotencyKey }: StartPaymentInput): Promise<Order> {
    const found = await row<Order>(
      this.db,
      `select ${ORDER} from payment where organization_id = $1 and account_id = $2 and idempotency_key = $3`,
      [organizationId, accountId, idempotencyKey],
    );
    if (!found) throw new NotFound();
    return found;
  }
}

function checkMonth(named: Month, { firstMonth: from, lastMonth: to }: Payee): void {
  if (from !== null && to !== null && from <= named && named <= to) return;
  const params = from !== null && to !== null ? { params: { from, to } } : {};
  throw new Refusal('MONTH_OUT_OF_RANGE', { path: ['forMonth'], ...params });
}
