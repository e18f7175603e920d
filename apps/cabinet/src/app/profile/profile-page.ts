import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api, type ApiFailure, failureOf, loaded, Session } from '@kvartal/api-client';
import { Chip, Dialog, Icon, Languages, Plate, Skeleton, Toasts } from '@kvartal/ui';
import { type Locale, showPhone } from '@kvartal/words';
import { type AccountCardFragment, ProfileDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { besidePlate, plateText } from '../accounts/plate-text';
import { FailureView } from '../shell/failure-view';
import { Person } from '../shell/person';
import { Say } from '../texts/say';
import { View } from '../view';
import { deviceText } from './device';

const LANGUAGES: readonly { locale: Locale; name: string }[] = [
  { locale: 'ru', name: 'Русский' },
  { locale: 'kk', name: 'Қазақша' },
  { locale: 'en', name: 'English' },
];

/** The person: data, linked accounts, where they are signed in, how the pages look. */
@Component({
  selector: 'kv-profile-page',
  imports: [RouterLink, Chip, Dialog, Icon, Plate, Skeleton, FailureView],
  templateUrl: './profile-page.html',
  styleUrl: './profile-page.scss',
})
export class ProfilePage {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly toasts = inject(Toasts);
  protected readonly accounts = inject(Accounts);
  protected readonly languages = inject(Languages);
  protected readonly person = inject(Person);
  protected readonly view = inject(View);
  protected readonly say = inject(Say);

  protected readonly spoken = LANGUAGES;
  protected readonly themeNames = { auto: 'view.auto', light: 'view.light', dark: 'view.dark' } as const;
  protected readonly plate = plateText;
  protected readonly beside = besidePlate;
  protected readonly read = loaded(
    () => (this.session.signedIn() ? true : undefined),
    async (_, signal) => (await this.api.query(ProfileDocument, {}, signal)).me,
  );
  protected readonly data = computed(() => {
    const me = this.read.data();
    const none = this.say.text('facts.none');
    if (!me) return [];
    return [
      { name: 'profile.name', value: me.name || none },
      { name: 'entry.login', value: me.login },
      { name: 'entry.email', value: me.email ?? none },
      { name: 'facts.phone', value: me.phone ? showPhone(me.phone) : none },
      { name: 'profile.kind', value: this.say.enum('PersonKind', me.kind) },
    ] as const;
  });
  protected readonly sessions = computed(() =>
    this.read.data()?.sessions.map((one) => ({
      ...one,
      device: deviceText(one.userAgent ?? '') ?? this.say.text('profile.device'),
      seen: this.say.near(one.seenAt, this.session.today() ?? ''),
      since: this.say.dateTime(one.createdAt),
    })),
  );

  protected readonly unlinking = signal<AccountCardFragment | undefined>(undefined);
  protected readonly leaving = signal(false);
  protected readonly failure = signal<ApiFailure | undefined>(undefined);

  protected async unlink(): Promise<void> {
    const account = this.unlinking();
    this.unlinking.set(undefined);
    if (!account) return;
    await this.trying(() => this.accounts.unlink(account));
    if (!this.failure()) this.toasts.show(this.say.text('profile.unlinked', { number: account.number }));
  }

  protected signOutEverywhere(): Promise<void> {
    this.leaving.set(false);
    return this.trying(() => this.person.signOutEverywhere());
  }

  private async trying(what: () => Promise<void>): Promise<void> {
    this.failure.set(undefined);
    try {
      await what();
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    }
  }
}
