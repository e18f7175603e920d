import type { Early, Place } from '@kvartal/api-client/early';
import { HomeDocument, MyAccountsDocument, StartDocument } from '../generated/graphql';
import { keptAccount } from './accounts/kept-account';

/** Whether the page at this address asks no more than `askEarly` does: the home page, or the way to it. */
export const asksAllOf = (path: string, { base }: Place): boolean => [base, `${base}home`].includes(path);

/** What every page of a person asks, each as soon as it can be asked: who, which accounts, the summary of the chosen one. */
export async function askEarly(early: Early, { slug }: Place): Promise<void> {
  const viewer = (await early.ask(StartDocument, {}))?.viewer;
  if (!viewer?.signedIn) return;
  const kept = keptAccount(slug, viewer.login);
  if (kept) void early.ask(HomeDocument, kept);
  const [account] = (await early.ask(MyAccountsDocument, {}))?.me.accounts ?? [];
  if (!kept && account)
    await early.ask(HomeDocument, { organizationId: account.organizationId, accountId: account.id });
}
