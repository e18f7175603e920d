import { computed, inject, Service } from '@angular/core';
import { Api, PLACE, Session } from '@kvartal/api-client';
import { Accounts } from '../accounts/accounts';
import { SignOutDocument, SignOutEverywhereDocument } from '../../generated/graphql';
import { Start } from '../start';

/** Who is here: the name in the head of the page, and the way out. */
@Service()
export class Person {
  private readonly api = inject(Api);
  private readonly place = inject(PLACE);
  private readonly session = inject(Session);
  private readonly accounts = inject(Accounts);
  private readonly start = inject(Start);

  /** «Мария Сергеевна» of «Иванова Мария Сергеевна», else the login. */
  readonly name = computed(() => {
    const { name, login } = this.session.viewer() ?? {};
    const words = name?.trim().split(/\s+/) ?? [];
    return words.length > 2 ? words.slice(1).join(' ') : words.join(' ') || (login ?? '');
  });

  /** Whether a company is signed in. */
  readonly isLegal = computed(() => this.session.viewer()?.kind === 'LEGAL');

  readonly organization = computed(
    () => this.accounts.chosen()?.organization.shortName ?? this.start.portal()?.name ?? '',
  );

  async signOut(): Promise<void> {
    await this.api.mutate(SignOutDocument, {});
    this.leave();
  }

  async signOutEverywhere(): Promise<void> {
    await this.api.mutate(SignOutEverywhereDocument, {});
    this.leave();
  }

  /** A fresh page: nothing of the person is left in memory, whatever was read. */
  private leave(): void {
    location.assign(`${this.place.base}login`);
  }
}
