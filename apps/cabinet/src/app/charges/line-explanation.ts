import { Component, inject, input } from '@angular/core';
import { Api, isRefused, loaded } from '@kvartal/api-client';
import { Banner, Skeleton } from '@kvartal/ui';
import { Explanation } from '@kvartal/ui/explaining';
import { type CurrencyCode } from '@kvartal/words';
import { ExplainedDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import type { Line } from './charges';

/** «Как посчитано»: asked for when a line is opened, and told only where it comes out to the kopek. */
@Component({
  selector: 'kv-line-explanation',
  imports: [Banner, Explanation, FailureView, Skeleton],
  template: `<h3 class="vh">{{ say.text('charges.how') }}</h3>
    @if (refusals().length) {
      <kv-banner tone="info">
        @for (refusal of refusals(); track $index) {
          <p>{{ say.refusal(refusal.code, refusal.params) }}</p>
        }
      </kv-banner>
    } @else if (told(); as line) {
      <kv-explanation [line]="line" [currency]="currency()" [hidesFormula]="hidesFormula()" />
    } @else if (read.failure(); as failure) {
      <kv-failure [failure]="failure" (again)="read.reload()" />
    } @else {
      <kv-skeleton [lines]="5" />
    }`,
})
export class LineExplanation {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);
  readonly line = input.required<Line>();
  readonly month = input.required<string>();
  readonly currency = input.required<CurrencyCode>();
  readonly hidesFormula = input(false);

  protected readonly read = loaded(
    () => {
      const key = this.accounts.key();
      const { serviceId, supplierId } = this.line();
      return key && { ...key, month: this.month(), serviceId, supplierId };
    },
    async (variables, signal) => {
      const { me } = await this.api.query(ExplainedDocument, variables, signal);
      return me.account.explained;
    },
  );

  protected told() {
    const answer = this.read.data();
    return answer && !isRefused(answer) ? answer.lines[0] : undefined;
  }

  protected refusals() {
    const answer = this.read.data();
    return answer && isRefused(answer) ? answer.refusals : [];
  }
}
