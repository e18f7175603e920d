import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { RequestChip } from '../requests/request-chip';
import { Say } from '../texts/say';
import type { Home } from './home-summary';

/** Requests that are not closed yet. */
@Component({
  selector: 'kv-open-requests',
  imports: [RouterLink, RequestChip],
  template: `<section class="sheet" aria-labelledby="requests">
    <div class="sheet-h">
      <h2 id="requests">{{ say.text('nav.requests') }}</h2>
      <a class="s" routerLink="/requests/new">{{ say.text('requests.new') }}</a>
    </div>
    <ul>
      @for (request of requests(); track request.id) {
        <li>
          <span class="grow">
            <a class="mid" [routerLink]="['/requests', request.id]">{{ request.text }}</a>
            <br /><span class="s muted"
              >№ {{ request.number }} · {{ say.enum('RequestCategory', request.category) }}</span
            >
          </span>
          <kv-request-chip [state]="request.state" />
        </li>
      } @empty {
        <li class="muted">{{ say.text('home.noRequests') }}</li>
      }
    </ul>
  </section>`,
  styles: `
    li {
      display: flex;
      gap: 0.75rem;
      padding: 0.75rem 0;
      border-top: 1px solid var(--kv-rule);
      align-items: flex-start;
    }
    li:first-child {
      border-top: 0;
      padding-top: 0;
    }
    li:last-child {
      padding-bottom: 0;
    }
  `,
})
export class OpenRequests {
  protected readonly say = inject(Say);
  readonly requests = input.required<Home['requests']>();
}
