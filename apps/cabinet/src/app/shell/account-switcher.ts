import { Component, computed, ElementRef, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon, Money, Plate } from '@kvartal/ui';
import type { AccountCardFragment } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { plateText } from '../accounts/plate-text';
import { Say } from '../texts/say';

/** Whose account the pages show, and the way to another one: the page stays the same section. */
@Component({
  selector: 'kv-account-switcher',
  imports: [RouterLink, Icon, Money, Plate],
  templateUrl: './account-switcher.html',
  styleUrl: './account-switcher.scss',
  host: { '(keydown.escape)': 'close()', '(focusout)': 'leave($event)' },
})
export class AccountSwitcher {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);
  protected readonly isOpen = signal(false);
  protected readonly plate = plateText;
  protected readonly others = computed(() => this.accounts.all().length - 1);

  protected flat({ address }: AccountCardFragment): string {
    return address.flat ? `, ${this.say.text('account.flat', { flat: address.flat })}` : '';
  }

  protected balance({ balance }: AccountCardFragment): string {
    const key = balance.startsWith('-')
      ? 'account.overpaid'
      : /[1-9]/.test(balance)
        ? 'account.debt'
        : 'account.settled';
    return this.say.text(key);
  }

  protected pick(account: AccountCardFragment): void {
    this.accounts.pick(account);
    this.close();
  }

  protected close(): void {
    if (!this.isOpen()) return;
    this.isOpen.set(false);
    this.host.nativeElement.querySelector('button')?.focus();
  }

  protected leave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.host.nativeElement.contains(relatedTarget))
      this.isOpen.set(false);
  }
}
