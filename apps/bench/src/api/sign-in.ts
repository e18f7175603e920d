import { randomBytes } from 'node:crypto';
import { Product } from '../processes';
import { PORTAL, type Person } from '../town/people';
import { operationBody, operationHashes } from './operations';

/** The api in production over a database; every start has a Redis of its own by its prefix. */
export const startApi = (env: Readonly<Record<string, string>>): Promise<Product> =>
  Product.start('api', {
    REDIS_PREFIX: `bench_api:${process.pid}:${Math.round(performance.now())}`,
    ...env,
  });

/** What a browser of ours sends along. */
export type Headers = Readonly<Record<string, string>>;

const headersOf = (app: Person['app']): Headers => ({
  'content-type': 'application/json',
  'x-kvartal-app': app,
  'x-kvartal-portal': PORTAL,
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) bench',
});

/**
 * Signs everybody in through the product over this database and returns what their browsers send from then on. Limits of
 * sign-in are lifted by a key that exists while this takes; in production there is no such key.
 */
export async function signIn(url: string, people: readonly Person[]): Promise<Headers[]> {
  const key = randomBytes(16).toString('hex');
  const api = await startApi({ DATABASE_URL: url, NODE_ENV: 'development', BENCH_KEY: key });
  try {
    const signedIn: Headers[] = [];
    for (const { app, ...person } of people) {
      const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
        method: 'POST',
        headers: { ...headersOf(app), 'x-kvartal-bench': key },
        body: operationBody(operationHashes(app).get('SignIn') ?? '', {
          input: { ...person, remember: false },
        }),
      });
      const [cookie] = answer.headers.getSetCookie();
      if (!cookie) throw new Error(`${person.login} was not let in: ${await answer.text()}`);
      signedIn.push({ ...headersOf(app), cookie: cookie.split(';')[0] ?? '' });
    }
    return signedIn;
  } finally {
    await api.stop();
  }
}
