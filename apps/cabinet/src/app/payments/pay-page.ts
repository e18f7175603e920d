import { Component, computed, inject, linkedSignal } from '@angular/core';
import { form, FormField, validate } from '@angular/forms/signals';
import { loaded } from '@kvartal/api-client';
import { ErrorSummary, Field, FieldInput, Icon, Skeleton } from '@kvartal/ui';
import { showMoney } from '@kvartal/words';
import { Accounts } from '../accounts/accounts';
import { looksLikeEmail } from '../entry/entry-rules';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { absolute, isNegative, isZero } from '../sums/sums';
import { Say } from '../texts/say';
import { readAmount } from './amount';
import { Payments } from './payments';

/** Paying what is due, or another sum: the bank's page takes the card. */
@Component({
  selector: 'kv-pay-page',
  imports: [FormField, ErrorSummary, Field, FieldInput, Icon, Skeleton, FailureView],
  templateUrl: './pay-page.html',
  styleUrl: './pay-page.scss',
})
export class PayPage {
  private readonly payments = inject(Payments);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);

  protected readonly read = loaded(this.accounts.key, (key, signal) => this.payments.toPay(key, signal));
  protected readonly account = this.accounts.chosen;
  protected readonly currency = computed(() => this.account()?.organization.currency ?? 'RUB');
  private readonly model = linkedSignal(() => {
    const { toPay = '0.00', email = '' } = this.read.data() ?? {};
    return { amount: isZero(toPay) ? '' : toPay.replace('.', ','), forMonth: '', email };
  });
  protected readonly form = form(this.model, (path) => {
    validate(path.amount, ({ value }) =>
      readAmount(value()) ? undefined : { kind: 'AMOUNT', message: this.say.text('pay.needAmount') },
    );
    validate(path.email, ({ value }) =>
      !value().trim() || looksLikeEmail(value())
        ? undefined
        : { kind: 'EMAIL_FORM', message: this.say.refusal('EMAIL_FORM', []) },
    );
  });
  /** What a payment may be for, where there is a choice. */
  protected readonly months = computed(() => {
    const owed = this.read.data()?.owedMonths ?? [];
    if (owed.length < 2) return [];
    return owed.flatMap(({ month, amount }) =>
      month ? { month, text: `${this.say.month(month)} — ${showMoney(amount, this.currency())}` } : [],
    );
  });
  protected readonly sending = new Sending(this.form, () => this.ask());
  protected readonly sum = computed(() => {
    const amount = readAmount(this.form.amount().value());
    return amount && showMoney(amount, this.currency());
  });
  protected readonly due = computed(() => {
    const { toPay = '0.00', balance = '0.00' } = this.read.data() ?? {};
    if (!isZero(toPay)) return this.say.text('pay.due', { sum: showMoney(toPay, this.currency()) });
    if (!isNegative(balance)) return this.say.text('pay.nothing');
    return this.say.text('pay.over', { sum: showMoney(absolute(balance), this.currency()) });
  });

  private readonly keys = new Map<string, string>();
  private redirect: string | undefined;

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if ((await this.sending.send()) && this.redirect) location.assign(this.redirect);
  }

  private async ask(): Promise<Outcome> {
    const { amount: typed, forMonth, email } = this.form().value();
    const [key, amount] = [this.accounts.key(), readAmount(typed)];
    if (!key || !amount) return undefined;
    const { refusals, redirectUrl } = await this.payments.start({
      ...key,
      amount,
      email: email.trim() || null,
      forMonth: forMonth || null,
      idempotencyKey: this.keyOf(`${key.accountId} ${amount} ${forMonth}`),
    });
    this.redirect = redirectUrl;
    return refusals;
  }

  /** The same sum for the same month asked for again, after a lost answer or a double click, is the same payment. */
  private keyOf(what: string): string {
    const key = this.keys.get(what) ?? crypto.randomUUID();
    this.keys.set(what, key);
    return key;
  }
}
