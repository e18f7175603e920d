import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { daysBetween, civilDate } from '@kvartal/domain';
import { Lamp, Money } from '@kvartal/ui';
import { showAmount, showMoney } from '@kvartal/words';
import { absolute, heldBack, isNegative, isZero, leftOf, termsOf } from '../sums/sums';
import { Session } from '@kvartal/api-client';
import { Say } from '../texts/say';
import type { Home } from './home-summary';

/** The one sum of the page, its deadline, and how it adds up. */
@Component({
  selector: 'kv-bill-sheet',
  imports: [RouterLink, Lamp, Money],
  templateUrl: './bill-sheet.html',
  styleUrl: './bill-sheet.scss',
})
export class BillSheet {
  private readonly session = inject(Session);
  protected readonly say = inject(Say);
  readonly home = input.required<Home>();

  protected readonly amount = showAmount;
  protected readonly isZero = isZero;
  protected readonly currency = computed(() => this.home().account.currency);
  protected readonly left = computed(() => leftOf(this.home().total, this.home().paidSince));
  protected readonly isPaid = computed(() => isZero(this.left()));
  protected readonly billUrl = computed(() => {
    const { billId, account } = this.home();
    return billId && `/files/bills/${account.organizationId}/${billId}.pdf`;
  });
  protected readonly sum = computed(() => showMoney(this.left(), this.currency()));
  protected readonly terms = computed(() => termsOf(this.home().equation));
  protected readonly kept = computed(() => heldBack(this.home().total, this.home().equation.closing));
  protected readonly overpaid = computed(() => {
    const { overpayment } = this.home();
    return isZero(overpayment) ? undefined : showMoney(absolute(overpayment), this.currency());
  });
  /** Days left to pay; negative when it is late. */
  private readonly daysLeft = computed(() => {
    const [today, payBy] = [this.session.today(), this.home().payBy];
    return today && payBy ? daysBetween(civilDate(today), civilDate(payBy)) : undefined;
  });
  protected readonly isLate = computed(() => (this.daysLeft() ?? 0) < 0);
  protected readonly deadline = computed(() => {
    const [left, payBy] = [this.daysLeft(), this.home().payBy];
    if (left === undefined || !payBy) return '';
    const day = this.say.day(payBy);
    if (left < 0) return this.say.text('home.late', { day });
    return left === 0
      ? this.say.text('home.dueToday', { day })
      : this.say.text('home.due', { day, count: left });
  });
  protected readonly today = computed(() => {
    const { balanceToday, currentMonth } = this.home();
    const key = isZero(balanceToday)
      ? 'home.todayEven'
      : isNegative(balanceToday)
        ? 'home.todayOver'
        : 'home.today';
    const sum = showMoney(absolute(balanceToday), this.currency());
    return this.say.text(key, { sum, month: this.say.monthName(currentMonth) });
  });

  protected name(key: ReturnType<typeof termsOf>[number]['name']): string {
    const { month } = this.home();
    return this.say.text(key, {
      day: month ? this.say.day(`${month}-01`) : '',
      month: month ? this.say.monthName(month) : '',
    });
  }
}
