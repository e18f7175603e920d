import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Api, loaded } from '@kvartal/api-client';
import {
  type Money as Amount,
  civilDate,
  addDays,
  isCivilDate,
  money,
  moneyOf,
  moneyText,
  readDecimal,
} from '@kvartal/domain';
import { DateBox, Field, FieldInput, Icon, Money } from '@kvartal/ui';
import { expressionText } from '@kvartal/ui/explaining';
import { showDate, showMoney } from '@kvartal/words';
import { PayLaterDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';

const A_MONTH = 30;
const A_YEAR = 366;

/** What the penalty will be if debts are paid on another day, whole or a part of them. Nothing is stored or paid. */
@Component({
  selector: 'kv-pay-later',
  imports: [DateBox, FailureView, Field, FieldInput, Icon, Money],
  templateUrl: './pay-later.html',
  styleUrl: './pay-later.scss',
})
export class PayLater {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly today = computed(() => this.accounts.chosen()?.organization.today ?? '');
  protected readonly last = computed(() => later(this.today(), A_YEAR));
  protected readonly day = linkedSignal(() => later(this.today(), A_MONTH));
  protected readonly amount = signal('');
  protected readonly wrong = signal({ day: '', amount: '' });
  private readonly asked = signal<{ on: string; amount: string | null } | undefined>(undefined);
  protected readonly read = loaded(
    () => {
      const [key, asked, today] = [this.accounts.key(), this.asked(), this.today()];
      return key && asked ? { ...key, ...asked, today } : undefined;
    },
    async (variables, signal) => {
      const { me } = await this.api.query(PayLaterDocument, variables, signal);
      return me.account;
    },
  );
  protected readonly told = computed(() => {
    const { today, then } = this.read.data() ?? {};
    return today && then ? { today, then } : undefined;
  });
  protected readonly answer = computed(() => {
    const told = this.told();
    if (!told) return '';
    const more = money(told.then.total) - money(told.today.total);
    if (more <= 0n) return this.say.text('later.same');
    return this.say.text('later.more', { sum: this.sum(moneyText(moneyOf(more))) });
  });
  protected readonly rest = computed(() => {
    const told = this.told();
    if (!told || money(told.then.left) === 0n) return '';
    return this.say.text('later.rest', { left: this.sum(told.then.left), later: this.sum(told.then.later) });
  });
  protected readonly debts = computed(() =>
    (this.told()?.then.debts ?? []).map(({ service, lots }) => ({
      service,
      lots: lots.map(({ due, principal, amount, parts }) => ({
        label: this.say.text('later.debt', { sum: this.sum(principal), day: showDate(due) }),
        amount,
        parts: parts.map(
          ({ from, to, expression }) => `${showDate(from)} – ${showDate(to)}: ${expressionText(expression)}`,
        ),
      })),
    })),
  );

  protected sum(value: string): string {
    return showMoney(value, this.currency());
  }

  protected ask(event: Event): void {
    event.preventDefault();
    const [on, typed] = [this.day(), this.amount().trim()];
    const amount = amountIn(typed);
    this.wrong.set({
      day: !isCivilDate(on) || on < this.today() || on > this.last() ? this.say.text('later.wrongDay') : '',
      amount: typed !== '' && amount === undefined ? this.say.text('pay.needAmount') : '',
    });
    const wrong = Object.entries(this.wrong()).find(([, text]) => text !== '');
    if (wrong) document.getElementById(`field-pay-${wrong[0]}`)?.focus();
    else this.asked.set({ on, amount: amount === undefined ? null : moneyText(amount) });
  }
}

const later = (day: string, days: number): string => (day ? addDays(civilDate(day), days) : '');

/** A sum above zero with at most two decimals; undefined where it is something else. */
function amountIn(typed: string): Amount | undefined {
  const decimal = readDecimal(typed);
  if (decimal === undefined || !/^\d{1,9}(\.\d{1,2})?$/.test(decimal)) return undefined;
  const amount = money(decimal);
  return amount > 0n ? amount : undefined;
}
