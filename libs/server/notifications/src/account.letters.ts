import { Inject, Injectable } from '@nestjs/common';
import { ACCOUNT_LINKED } from '@kvartal/accounts';
import { BILL_ISSUED, BillingLedger } from '@kvartal/billing';
import { moneyOf, moneyText, sum } from '@kvartal/domain';
import { PAYMENT_RECEIVED, PAYMENT_REVERSED } from '@kvartal/payments';
import { OnFact, type RecordedFact } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { lettersIn } from './letters/letters';
import { type Mailbox, NotificationsQueries } from './notifications.queries';
import { PostOffice } from './post-office';

/** Letters about an account: who sees it, what is to be paid, what was paid. */
@Injectable()
export class AccountLetters {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(NotificationsQueries) private readonly queries: NotificationsQueries,
    @Inject(PostOffice) private readonly post: PostOffice,
    @Inject(BillingLedger) private readonly ledger: BillingLedger,
  ) {}

  /** The person who linked it, and everybody who saw it before: number and surname are a weak proof. */
  @OnFact(ACCOUNT_LINKED)
  async accountLinked(fact: RecordedFact): Promise<void> {
    const { organizationId = '', accountId = '', userId = '' } = fact.payload;
    const account = await this.queries.findAccount(organizationId, accountId);
    if (!account) return;
    for (const person of await this.queries.peopleOf(organizationId, accountId)) {
      const letters = lettersIn(person.locale);
      const told = { ...account, url: this.post.urlFor(person, '/home') };
      await this.post.send(
        fact,
        person,
        person.userId === userId ? letters.accountLinked(told) : letters.accountLinkedByOther(told),
      );
    }
  }

  @OnFact(BILL_ISSUED)
  async billIssued(fact: RecordedFact): Promise<void> {
    const organizationId = fact.organizationId ?? '';
    const bill = await this.queries.findBill(organizationId, fact.payload['billId'] ?? '');
    if (!bill) return;
    const total = moneyText(moneyOf(BigInt(bill.total)));
    for (const person of await this.billReaders(organizationId, bill.accountId))
      await this.post.send(
        fact,
        person,
        lettersIn(person.locale).billIssued({
          ...bill,
          total,
          url: this.post.urlFor(person, `/charges?p=${bill.month}`),
        }),
      );
  }

  @OnFact(PAYMENT_RECEIVED)
  async paymentReceived(fact: RecordedFact): Promise<void> {
    const organizationId = fact.organizationId ?? '';
    const payment = await this.queries.findPayment(organizationId, fact.payload['paymentId'] ?? '');
    const payer = payment?.userId ? await this.queries.findPerson(payment.userId) : undefined;
    if (!payment || !payer) return;
    const lines = await this.ledger.balances(this.db.manager, organizationId, payment.accountId);
    const letter = lettersIn(payer.locale).paymentReceived({
      number: payment.number,
      amount: moneyText(moneyOf(BigInt(payment.amount))),
      currency: payment.currency,
      paidOn: payment.valueDate,
      order: payment.orderNumber,
      balance: moneyText(sum(lines.map(({ balance }) => balance))),
      url: this.post.urlFor(payer, '/payments'),
    });
    await this.post.send(fact, payer, letter, payment.email ?? payer.email);
  }

  /** The payer, and where nobody paid it here, everybody who sees the account. */
  @OnFact(PAYMENT_REVERSED)
  async paymentReversed(fact: RecordedFact): Promise<void> {
    const organizationId = fact.organizationId ?? '';
    const payment = await this.queries.findPayment(organizationId, fact.payload['paymentId'] ?? '');
    if (!payment) return;
    const payer = payment.userId ? await this.queries.findPerson(payment.userId) : undefined;
    const lines = await this.ledger.balances(this.db.manager, organizationId, payment.accountId);
    for (const person of payer ? [payer] : await this.billReaders(organizationId, payment.accountId)) {
      const letter = lettersIn(person.locale).paymentReversed({
        number: payment.number,
        amount: moneyText(moneyOf(BigInt(payment.amount))),
        currency: payment.currency,
        paidOn: payment.valueDate,
        reason: payment.reversalReason ?? '',
        balance: moneyText(sum(lines.map(({ balance }) => balance))),
        url: this.post.urlFor(person, '/payments'),
      });
      await this.post.send(fact, person, letter, (payer && payment.email) ?? person.email);
    }
  }

  /** Everybody who sees the account, and the address in the organisation's own books, each once. */
  private async billReaders(organizationId: string, accountId: string): Promise<Mailbox[]> {
    const people = await this.queries.peopleOf(organizationId, accountId);
    const mailbox = await this.queries.findMailbox(organizationId, accountId);
    const isKnown = people.some(({ email }) => email.toLowerCase() === mailbox?.email.toLowerCase());
    return mailbox && !isKnown ? [...people, mailbox] : people;
  }
}
