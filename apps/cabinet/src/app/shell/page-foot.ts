import { Component, computed, inject, signal } from '@angular/core';
import { showPhone } from '@kvartal/words';
import { Accounts } from '../accounts/accounts';
import { Start } from '../start';
import { Say } from '../texts/say';
import { ViewPanel } from './view-panel';

/** The organisation's name and how to reach it, on every page; and how the page looks. */
@Component({
  selector: 'kv-page-foot',
  imports: [ViewPanel],
  template: `<footer>
      @if (organization(); as org) {
        <span>{{ org.name }}</span>
        @if (org.dispatcherPhone) {
          <span>
            {{ say.text('foot.dispatcher') }}
            <a class="nw" [href]="'tel:' + dial(org.dispatcherPhone)">{{ phone(org.dispatcherPhone) }}</a>
          </span>
        }
        <span>{{ org.address }}</span>
        @if (org.email) {
          <a [href]="'mailto:' + org.email">{{ org.email }}</a>
        }
      }
      <button type="button" class="lnk" (click)="viewIsOpen.set(true)">{{ say.text('view.open') }}</button>
      <span class="wide">{{ say.text('foot.responsible') }}</span>
    </footer>
    <kv-view-panel [(open)]="viewIsOpen" />`,
  styleUrl: './page-foot.scss',
})
export class PageFoot {
  private readonly accounts = inject(Accounts);
  private readonly start = inject(Start);
  protected readonly say = inject(Say);
  protected readonly viewIsOpen = signal(false);
  protected readonly organization = computed(
    () => this.accounts.chosen()?.organization ?? this.start.organization(),
  );
  protected readonly phone = showPhone;
  protected readonly dial = (phone: string) => phone.replace(/[^\d+]/g, '');
}
