import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@kvartal/ui';
import { Say } from '../texts/say';
import { Person } from './person';

/** The sections that do not fit into the bar of a phone. */
@Component({
  selector: 'kv-more-page',
  imports: [RouterLink, Icon],
  template: `<h1>{{ say.text('nav.more') }}</h1>
    <p class="muted">{{ say.text('shell.greeting', { name: person.name() }) }}</p>
    <ul class="sheet flush list">
      <li>
        <a routerLink="/charges"><kv-icon name="receipt-text" />{{ say.text('nav.charges') }}</a>
      </li>
      <li>
        <a routerLink="/payments"><kv-icon name="wallet" />{{ say.text('nav.payments') }}</a>
      </li>
      @if (person.isLegal()) {
        <li>
          <a routerLink="/breakdown"><kv-icon name="layers" />{{ say.text('nav.breakdown') }}</a>
        </li>
      }
      <li>
        <a routerLink="/reconciliation"><kv-icon name="calculator" />{{ say.text('nav.reconciliation') }}</a>
      </li>
      <li>
        <a routerLink="/readings/history"><kv-icon name="history" />{{ say.text('title.history') }}</a>
      </li>
      <li>
        <a routerLink="/profile"><kv-icon name="user" />{{ say.text('nav.profile') }}</a>
      </li>
      <li>
        <a routerLink="/link"><kv-icon name="plus" />{{ say.text('shell.addAccount') }}</a>
      </li>
      <li>
        <button type="button" (click)="person.signOut()">
          <kv-icon name="log-out" />{{ say.text('shell.signOut') }}
        </button>
      </li>
    </ul>`,
  styles: `
    .list {
      margin-top: var(--kv-5);
    }
    li + li {
      border-top: 1px solid var(--kv-rule);
    }
    a,
    button {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      width: 100%;
      min-height: 3.25rem;
      padding: 0 var(--kv-4);
      border: 0;
      background: none;
      color: var(--kv-ink);
      text-decoration: none;
    }
    kv-icon {
      color: var(--kv-ink-3);
    }
  `,
})
export class MorePage {
  protected readonly say = inject(Say);
  protected readonly person = inject(Person);
}
