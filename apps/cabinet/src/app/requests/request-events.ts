import { Component, computed, inject, input } from '@angular/core';
import { Session } from '@kvartal/api-client';
import { Icon, type IconName } from '@kvartal/ui';
import type { RequestEventKind } from '../../generated/graphql';
import { Say } from '../texts/say';
import type { Request } from './requests';

const ICONS: Readonly<Record<RequestEventKind, IconName>> = {
  CREATED: 'plus',
  ASSIGNED: 'user',
  STATE: 'refresh-cw',
  MESSAGE: 'message-square',
  ATTACHED: 'paperclip',
  RATED: 'star',
};

/** Everything that happened to a request: who, when, what was said. */
@Component({
  selector: 'kv-request-events',
  imports: [Icon],
  template: `<section class="sheet" aria-labelledby="events">
    <h2 id="events">{{ say.text('requests.history') }}</h2>
    <ol>
      @for (event of shown(); track event.id) {
        <li>
          <kv-icon [name]="event.icon" />
          <div>
            <p class="mid">{{ event.title }}</p>
            @if (event.text) {
              <p class="pre">{{ event.text }}</p>
            }
            <p class="xs muted">{{ event.who }} · {{ event.when }}</p>
          </div>
        </li>
      }
    </ol>
  </section>`,
  styles: `
    ol {
      margin-top: var(--kv-3);
    }
    li {
      display: flex;
      gap: var(--kv-3);
      padding: var(--kv-3) 0;
      border-top: 1px solid var(--kv-rule);
    }
    li:first-child {
      border-top: 0;
      padding-top: 0;
    }
    kv-icon {
      color: var(--kv-ink-3);
      margin-top: 0.125rem;
    }
  `,
})
export class RequestEvents {
  private readonly session = inject(Session);
  protected readonly say = inject(Say);
  readonly events = input.required<Request['events']>();

  protected readonly shown = computed(() =>
    this.events().map((event) => ({
      id: event.id,
      icon: ICONS[event.kind],
      text: event.text,
      title: this.titleOf(event),
      who: event.byStaff ? event.actor : this.say.text('requests.you'),
      when: this.say.near(event.at, this.session.today() ?? ''),
    })),
  );

  private titleOf({ kind, toState, byStaff }: Request['events'][number]): string {
    if (kind === 'STATE' && toState)
      return this.say.text('requests.became', { state: this.say.enum('RequestState', toState) });
    if (kind === 'MESSAGE') return this.say.text(byStaff ? 'requests.theirMessage' : 'requests.yourMessage');
    return this.say.enum('RequestEventKind', kind);
  }
}
