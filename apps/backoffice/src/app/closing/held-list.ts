import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { WholeClosingFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** What is not charged this month, by whose decision and why, and the way back. */
@Component({
  selector: 'kv-held-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet flush', role: 'region', 'aria-labelledby': 'held' },
  template: `<div class="head">
      <h2 id="held">{{ say.text('closing.held') }}</h2>
      <p class="s muted">{{ say.text('closing.heldWhat') }}</p>
    </div>
    <ul>
      @for (one of closing().held.items; track one.id) {
        <li class="held">
          <div>
            <p class="t">{{ one.address }} · {{ whatOf(one) }}</p>
            <p class="xs muted">
              {{
                say.text('closing.heldBy', {
                  by: one.by,
                  at: say.near(one.at, staff.today()),
                  reason: one.reason,
                })
              }}
            </p>
          </div>
          @if (isOpen()) {
            <button
              type="button"
              class="btn sec sm"
              [attr.aria-disabled]="isBusy() ? 'true' : null"
              (click)="back(one.id)"
            >
              {{ say.text('closing.withdraw') }}<span class="vh">: {{ one.address }}, {{ whatOf(one) }}</span>
            </button>
          }
        </li>
      }
    </ul>
    @if (more()) {
      <p class="xs muted more">{{ more() }}</p>
    }`,
})
export class HeldList {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly closing = input.required<WholeClosingFragment>();
  readonly isBusy = input(false);
  readonly withdraw = output<string>();
  protected readonly isOpen = computed(() => this.closing().state !== 'COMMITTED');
  protected readonly more = computed(() => {
    const { total, items } = this.closing().held;
    return total > items.length ? this.say.text('closing.heldMore', { shown: items.length, total }) : '';
  });

  protected whatOf(one: WholeClosingFragment['held']['items'][number]): string {
    if (one.accountId === null) return this.say.text('closing.heldHouse');
    const account = this.say.text('account.number', { number: one.number ?? '' });
    const what = one.service ? `${account}, ${one.service}` : account;
    return one.charged === null ? what : `${what}: ${this.say.money(one.charged, this.staff.currency())}`;
  }

  protected back(decisionId: string): void {
    if (!this.isBusy()) this.withdraw.emit(decisionId);
  }
}
