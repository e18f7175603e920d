import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Api, loaded } from '@kvartal/api-client';
import { Empty, Icon, Money, PeriodPicker, Skeleton } from '@kvartal/ui';
import { showPercent, showQuantity } from '@kvartal/words';
import { BreakdownDocument, type WholeBreakdownFragment } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { isPriced } from '../charges/lines';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';

type Row = WholeBreakdownFragment['rows'][number];

/** What a legal entity was charged in a month, account by account, with tax. The month lives in the address. */
@Component({
  selector: 'kv-breakdown-page',
  imports: [Empty, Icon, Money, PeriodPicker, Skeleton, FailureView],
  templateUrl: './breakdown-page.html',
  styles: `
    .who {
      margin-bottom: var(--kv-4);
    }
  `,
})
export class BreakdownPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);

  /** `?p=2026-10` */
  readonly p = input<string>();

  /** The newest closed month where the address names none. */
  protected readonly asked = computed(() => {
    const month = this.p();
    return month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined;
  });
  protected readonly read = loaded(
    () => {
      const key = this.accounts.key();
      return key && { ...key, month: this.asked() };
    },
    async (variables, signal) => (await this.api.query(BreakdownDocument, variables, signal)).me.account,
  );
  protected readonly breakdown = computed(() => this.read.data()?.breakdown);
  protected readonly months = computed(() => [
    ...new Set([...(this.read.data()?.months ?? []), ...(this.asked() ? [this.asked() ?? ''] : [])]),
  ]);
  protected readonly month = computed(() => this.asked() ?? this.breakdown()?.month);
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly isPriced = isPriced;

  protected choose(month: string): void {
    void this.router.navigate([], { queryParams: { p: month } });
  }

  protected volume({ quantity, unit }: Row): string {
    return showQuantity(quantity, this.say.unit(unit));
  }

  protected percent({ vatPercent }: Row): string {
    return vatPercent === null ? this.say.text('settlements.noVat') : showPercent(vatPercent);
  }
}
