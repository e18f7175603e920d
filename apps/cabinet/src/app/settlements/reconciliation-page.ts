import { Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api, loaded, Session } from '@kvartal/api-client';
import { Icon, Money, Skeleton } from '@kvartal/ui';
import { ReconciliationDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { isNegative } from '../sums/sums';
import { Say } from '../texts/say';

const isDate = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);

/** Settlements over any days: what was owed, charged, paid and is owed, and the statement as a file. The days live in the address. */
@Component({
  selector: 'kv-reconciliation-page',
  imports: [RouterLink, Icon, Money, Skeleton, FailureView],
  templateUrl: './reconciliation-page.html',
  styles: `
    .days {
      display: flex;
      flex-wrap: wrap;
      gap: var(--kv-3) var(--kv-4);
      align-items: end;
    }
    .sums {
      margin-top: var(--kv-4);
    }
    .note {
      margin-top: var(--kv-4);
    }
  `,
})
export class ReconciliationPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly accounts = inject(Accounts);
  private readonly session = inject(Session);
  protected readonly say = inject(Say);

  /** `?from=2026-01-01&to=2026-10-31`: since the year began, where the address does not say. */
  readonly from = input<string>();
  readonly to = input<string>();

  protected readonly today = computed(() => this.session.today() ?? '');
  protected readonly days = computed(() => {
    const [from, to, today] = [this.from(), this.to(), this.today()];
    return { from: isDate(from) ? from : `${today.slice(0, 4)}-01-01`, to: isDate(to) ? to : today };
  });
  protected readonly read = loaded(
    () => {
      const key = this.accounts.key();
      return key && this.today() ? { ...key, ...this.days() } : undefined;
    },
    async (variables, signal) =>
      (await this.api.query(ReconciliationDocument, variables, signal)).me.account.reconciliation,
  );
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly isNegative = isNegative;

  protected show(event: Event, from: string, to: string): void {
    event.preventDefault();
    void this.router.navigate([], { queryParams: { from: from || null, to: to || null } });
  }
}
