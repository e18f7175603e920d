import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { Banner, Empty, Icon, Money, Skeleton } from '@kvartal/ui';
import { ExplainedLines } from '@kvartal/ui/explaining';
import { PreliminaryDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';

/** What the open month would charge if it were closed now, line by line: no bill, and it says so. */
@Component({
  selector: 'kv-preliminary-page',
  imports: [RouterLink, Banner, Empty, ExplainedLines, FailureView, Icon, Money, Skeleton],
  templateUrl: './preliminary-page.html',
  styles: `
    .back a {
      display: inline-flex;
      align-items: center;
      gap: 0.25rem;
      min-height: 1.5rem;
    }
    .sheet {
      margin-top: var(--kv-5);
    }
    .total {
      display: flex;
      justify-content: space-between;
      gap: var(--kv-4);
      padding: var(--kv-4);
      font-size: var(--kv-t-l);
      font-weight: 600;
    }
  `,
})
export class PreliminaryPage {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly read = loaded(this.accounts.key, async (key, signal) => {
    const { me } = await this.api.query(PreliminaryDocument, key, signal);
    return me.account.preliminary;
  });
  protected readonly told = computed(() => {
    const answer = this.read.data();
    return answer && !isRefused(answer) ? answer : undefined;
  });
  protected readonly refusals = computed(() => {
    const answer = this.read.data();
    return answer && isRefused(answer) ? answer.refusals : [];
  });
}
