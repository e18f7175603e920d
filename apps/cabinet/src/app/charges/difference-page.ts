import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { money, moneyOf, moneyText } from '@kvartal/domain';
import { Banner, Icon, PeriodPicker, Skeleton } from '@kvartal/ui';
import { showMoney } from '@kvartal/words';
import { DifferenceDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { CauseList } from './cause-list';
import { Charges } from './charges';

/** Why a month costs another sum than an earlier one. Both months live in the address. */
@Component({
  selector: 'kv-difference-page',
  imports: [RouterLink, Banner, CauseList, FailureView, Icon, PeriodPicker, Skeleton],
  templateUrl: './difference-page.html',
  styles: `
    .back a {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      min-height: 1.5rem;
    }
    .answer {
      font-size: var(--kv-t-xl);
      font-weight: 500;
      line-height: 1.4;
      margin-bottom: var(--kv-3);
    }
    .again {
      margin-top: var(--kv-5);
    }
    .order {
      margin-top: var(--kv-4);
    }
  `,
})
export class DifferencePage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly accounts = inject(Accounts);
  private readonly charges = inject(Charges);
  protected readonly say = inject(Say);
  protected readonly currency = this.charges.currency;

  /** `?p=2026-10&with=2026-09` */
  readonly p = input<string>();
  readonly with = input<string>();

  private readonly months = computed(() => [...(this.charges.months() ?? [])].sort());
  protected readonly month = computed(
    () => this.months().find((one) => one === this.p()) ?? this.months().at(-1),
  );
  /** The months that it can be compared with. */
  protected readonly earlier = computed(() => this.months().filter((one) => one < (this.month() ?? '')));
  protected readonly since = computed(
    () => this.earlier().find((one) => one === this.with()) ?? this.earlier().at(-1),
  );
  protected readonly read = loaded(
    () => {
      const [key, month, since] = [this.accounts.key(), this.month(), this.since()];
      return key && month && since ? { ...key, month, since } : undefined;
    },
    async (variables, signal) => {
      const { me } = await this.api.query(DifferenceDocument, variables, signal);
      return me.account.difference;
    },
  );
  /** The month by what is known now against it as it was closed: shown where they differ. */
  private readonly readAgain = loaded(
    () => {
      const [key, month] = [this.accounts.key(), this.month()];
      return key && month ? { ...key, month, since: month } : undefined;
    },
    async (variables, signal) => {
      const { me } = await this.api.query(DifferenceDocument, variables, signal);
      return me.account.difference;
    },
  );
  protected readonly again = computed(() => {
    const answer = this.readAgain.data();
    const isOther = answer && !isRefused(answer) && answer.lines.some(({ causes }) => causes.length > 0);
    return isOther ? answer : undefined;
  });
  protected readonly told = computed(() => {
    const answer = this.read.data();
    return answer && !isRefused(answer) ? answer : undefined;
  });
  protected readonly refusals = computed(() => {
    const answer = this.read.data();
    return answer && isRefused(answer) ? answer.refusals : [];
  });
  protected readonly answer = computed(() => {
    const told = this.told();
    if (!told) return '';
    const by = money(told.after) - money(told.before);
    const sum = showMoney(moneyText(moneyOf(by < 0n ? -by : by)), this.currency());
    return this.say.text(by === 0n ? 'diff.same' : by > 0n ? 'diff.more' : 'diff.less', { sum });
  });

  protected choose(since: string): void {
    void this.router.navigate([], { queryParams: { p: this.month(), with: since }, replaceUrl: true });
  }
}
