import { computed, inject, linkedSignal, Service } from '@angular/core';
import { Api, isRefused, loaded, PLACE, Session } from '@kvartal/api-client';
import {
  type AccountCardFragment,
  LinkAccountDocument,
  type LinkAccountInput,
  MyAccountsDocument,
  UnlinkAccountDocument,
} from '../../generated/graphql';
import type { Outcome } from '../forms/sending';
import { type AccountKey, keepAccount, keptAccount } from './kept-account';

const same = (one: AccountKey | undefined, other: AccountKey | undefined) =>
  one?.organizationId === other?.organizationId && one?.accountId === other?.accountId;

const keyOf = ({ organizationId, id }: AccountCardFragment): AccountKey => ({
  organizationId,
  accountId: id,
});

/** The accounts linked to this person, and the one that the pages show. The choice is kept in the browser. */
@Service()
export class Accounts {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly place = inject(PLACE);
  private readonly login = computed(() => this.session.viewer()?.login);
  private readonly picked = linkedSignal(() => keptAccount(this.place.slug, this.login()));

  private readonly me = loaded(
    () => (this.session.signedIn() ? true : undefined),
    (_, signal) => this.api.query(MyAccountsDocument, {}, signal),
  );

  readonly failure = this.me.failure;
  readonly person = computed(() => this.me.data()?.me);
  readonly all = computed(() => this.person()?.accounts ?? []);
  readonly isEmpty = computed(() => this.person() !== undefined && this.all().length === 0);
  readonly chosen = computed(
    () => this.all().find((account) => same(keyOf(account), this.picked())) ?? this.all()[0],
  );

  /**
   * Known at once from the last visit, while the list is still on its way; corrected when the list says otherwise.
   */
  readonly key = computed(
    () => {
      if (!this.session.signedIn()) return undefined;
      const account = this.chosen();
      return account ? keyOf(account) : this.person() ? undefined : this.picked();
    },
    { equal: same },
  );

  reload(): void {
    this.me.reload();
  }

  choose(key: AccountKey): void {
    this.picked.set(key);
    keepAccount(this.place.slug, this.login(), key);
  }

  isChosen(account: AccountCardFragment): boolean {
    return same(keyOf(account), this.key());
  }

  /** Links an account by what stands on its bill, and shows it from now on. */
  async link(input: LinkAccountInput): Promise<Outcome> {
    const { linkAccount: result } = await this.api.mutate(LinkAccountDocument, { input });
    if (isRefused(result)) return result.refusals;
    this.choose(keyOf(result.account));
    this.me.reload();
    return undefined;
  }

  async unlink(account: AccountCardFragment): Promise<void> {
    await this.api.mutate(UnlinkAccountDocument, keyOf(account));
    this.me.reload();
  }

  pick(account: AccountCardFragment): void {
    this.choose(keyOf(account));
  }
}
