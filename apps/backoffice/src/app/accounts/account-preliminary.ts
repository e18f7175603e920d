import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { isRefused } from '@kvartal/api-client';
import { Money, Skeleton } from '@kvartal/ui';
import { ExplainedLines } from '@kvartal/ui/explaining';
import { AccountPreliminaryDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** What the open month would charge the account if it were closed now; asked for when somebody wants to know. */
@Component({
  selector: 'kv-account-preliminary',
  imports: [ExplainedLines, Failure, Money, Refused, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<section class="sheet flush" aria-labelledby="preliminary">
    <div class="row between wrap head">
      <div>
        <h2 id="preliminary">{{ say.text('soon.title') }}</h2>
        <p class="s muted">{{ what() }}</p>
      </div>
      @if (!isWanted()) {
        <button class="btn sec sm" type="button" (click)="wanted.set(accountId())">
          {{ say.text('soon.count') }}
        </button>
      } @else if (told(); as told) {
        <p class="figure"><kv-money [value]="told.total" [currency]="staff.currency()" /></p>
      }
    </div>
    @if (isWanted()) {
      <div aria-live="polite">
        @if (told(); as told) {
          @if (told.unpriced.length) {
            <p class="head">{{ say.text('soon.unpriced', { services: told.unpriced.join(', ') }) }}</p>
          }
          @if (told.held.length) {
            <p class="head">{{ say.text('soon.held', { services: told.held.join(', ') }) }}</p>
          }
          @for (late of told.late; track $index) {
            <p class="head">
              {{ say.text('soon.late', { month: say.month(late.month), service: late.service }) }}
              <kv-money [value]="late.amount" [currency]="staff.currency()" />
            </p>
          }
          <kv-explained-lines [lines]="told.lines" [currency]="staff.currency()" />
        } @else if (refusals().length) {
          <div class="head"><kv-refused [refusals]="refusals()" /></div>
        } @else if (read.failure(); as failure) {
          <kv-failure class="head" [failure]="failure" (retry)="read.reload()" />
        } @else {
          <div class="head"><kv-skeleton [lines]="4" /></div>
        }
      </div>
    }
  </section>`,
})
export class AccountPreliminary {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly accountId = input.required<string>();

  protected readonly wanted = signal('');
  protected readonly isWanted = computed(() => this.wanted() === this.accountId());
  protected readonly read = asked(
    AccountPreliminaryDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId && this.isWanted() ? { organizationId, id: this.accountId() } : undefined;
    },
    () => this.accountId(),
  );
  private readonly answer = computed(() => this.read.value()?.account.account.preliminary);
  protected readonly told = computed(() => {
    const answer = this.answer();
    return answer && !isRefused(answer) ? answer : undefined;
  });
  protected readonly refusals = computed(() => {
    const answer = this.answer();
    return answer && isRefused(answer) ? answer.refusals : [];
  });
  protected readonly what = computed(() => {
    const told = this.told();
    if (!told) return this.say.text('soon.what');
    return this.say.text('soon.noBill', {
      month: this.say.month(told.month),
      at: this.say.dateTime(told.asOf),
    });
  });
}
