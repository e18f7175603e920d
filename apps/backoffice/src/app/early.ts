import { apolloFile, type Early } from '@kvartal/api-client/early';
import { StartDocument } from '../generated/graphql';

/** The code behind the first words of an address: the files that the router would ask for one after another. */
const PAGES: Readonly<Record<string, readonly (() => Promise<unknown>)[]>> = {
  '': [() => import('./desk/desk-page')],
  accounts: [() => import('./accounts/accounts.routes'), () => import('./accounts/account-list')],
  houses: [() => import('./houses/house-list')],
  periods: [() => import('./closing/closing.routes'), () => import('./closing/period-list')],
  requests: [() => import('./requests/requests.routes'), () => import('./requests/request-list')],
  payments: [() => import('./payments/payment-list')],
};

/** Who works here; whoever does, needs Apollo for the page's own questions. */
export async function askEarly(early: Early): Promise<void> {
  const start = await early.ask(StartDocument, {});
  if (start?.viewer.signedIn) void apolloFile().catch(() => undefined); // whoever asks will say why not
}

/** Fetches the code of the page at `path`, below the app's own address, so that the router finds it there. */
export function fetchPage(path: string): void {
  for (const file of PAGES[path] ?? []) void file().catch(() => undefined); // the router will ask again, and say why not
}
