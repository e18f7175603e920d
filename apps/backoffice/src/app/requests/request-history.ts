import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { WholeRequestFragment } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** Everything that happened to the request, the newest first: when, who, what. */
@Component({
  selector: 'kv-request-history',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet', style: 'display: block' },
  template: `<h2>{{ say.text('request.history') }}</h2>
    <ol class="story">
      @for (event of newest(); track event.id) {
        <li>
          <p class="s">
            <b class="mid">{{ event.actor }}</b>&ngsp;
            @if (!event.byStaff) {
              <span class="muted">({{ say.text('request.fromResident') }})</span>
            }
            <span class="muted"> · {{ say.near(event.at, staff.today()) }} · {{ what(event) }}</span>
          </p>
          @if (event.text) {
            <p class="pre measure">{{ event.text }}</p>
          }
        </li>
      }
    </ol>`,
})
export class RequestHistory {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly events = input.required<WholeRequestFragment['request']['events']>();
  protected readonly newest = computed(() => [...this.events()].reverse());

  protected what({ kind, toState }: WholeRequestFragment['request']['events'][number]): string {
    return kind === 'STATE' && toState
      ? this.say.enum('RequestState', toState)
      : this.say.enum('RequestEventKind', kind);
  }
}
