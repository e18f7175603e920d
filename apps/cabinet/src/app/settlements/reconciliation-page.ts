import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api, loaded, Session } from '@kvartal/api-client';
import { type CivilDate, isCivilDate } from '@kvartal/domain';
import { DateBox, Field, Icon, Money, Skeleton } from '@kvartal/ui';
import { ReconciliationDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { isNegative } from '../sums/sums';
import { Say } from '../texts/say';

const isDate = (text: string | undefined): text is CivilDate => text !== undefined && isCivilDate(text);

/** Settlements over any days: what was owed, charged, paid and is owed, and the statement as a file. The days live in the address. */
@Component({
  selector: 'kv-reconciliation-page',
  imports: [RouterLink, DateBox, Field, Icon, Money, Skeleton, FailureView],
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
  protected readonly typedFrom = linkedSignal<string>(() => this.days().from);
  protected readonly typedTo = linkedSignal<string>(() => this.days().to);
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

  /** What is no day stays where it was typed, with a word of what is wrong. */
  protected show(event: Event): void {
    event.preventDefault();
    const [from, to] = [this.typedFrom(), this.typedTo()];
    const isRight = [from, to].every((day) => !day || (isDate(day) && day <= this.today()));
    if (isRight) void this.router.navigate([], { queryParams: { from: from || null, to: to || null } });
  }
}
