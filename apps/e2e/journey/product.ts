import { readFileSync } from 'node:fs';

/** A way into the demo town, as the launcher tells it. */
interface SignIn {
  role: string;
  portal: string;
  login: string;
  password: string;
  account?: string;
}

/** Where the running product is: the launcher's up.json. */
interface Product {
  cabinet: string;
  api: string;
  graphql: string;
  mail: { http: string };
  bank: { http: string };
  signIns: readonly SignIn[];
}

export const HOME_PORTAL = 'prirechensk';
export const KAZAKH_PORTAL = 'tasbulak';

/** What the launcher wrote; the folder it stands in holds what belongs to the run. */
export const launcherFile = process.env['E2E_UP'] ?? process.env['KVARTAL_UP'] ?? '.data/up.json';
export const product: Product = JSON.parse(readFileSync(launcherFile, 'utf8'));

/** A page of the cabinet: `cabinet('readings')`. */
export const cabinet = (page = '', portal = HOME_PORTAL): string => `${product.cabinet}o/${portal}/${page}`;

/** A page of the back-office: `backoffice('accounts')`. */
export const backoffice = (page = '', portal = HOME_PORTAL): string =>
  `${product.cabinet}o/${portal}/s/${page}`;

/** Somebody of the demo town by login. @throws Error where the launcher names nobody so */
export function demo(login: string, portal = HOME_PORTAL): SignIn {
  const found = product.signIns.find((one) => one.portal === portal && one.login === login);
  if (!found) throw new Error(`The demo town has no ${login} in ${portal}`);
  return found;
}
