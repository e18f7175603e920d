import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connected } from '../environment';
import { Product } from '../processes';
import { knownOperations, operationBody } from './operations';
import { Proxy } from './proxy';
import { OPERATIONS, type Query, bodyOf } from './queries';
import { PEOPLE, PORTAL, type Target, readTargets, signInOf } from './town';
import type { Statement } from './wire';

/** Everything that the runs have in common. */
export interface Scene {
  folder: string;
  hashes: ReadonlyMap<string, string>;
  targets: readonly Target[];
  /** What a browser of each person sends. */
  headers: readonly Readonly<Record<string, string>>[];
}

const hashOf = ({ hashes }: Pick<Scene, 'hashes'>, name: string): string => {
  const hash = hashes.get(name);
  if (hash === undefined) throw new Error(`The cabinet has no operation ${name}`);
  return hash;
};
export const hashFor = (scene: Scene, query: Query): string => hashOf(scene, OPERATIONS[query].name);

/** Signs everybody in, through the product; `work` has the scene, which leaves nothing behind. */
export async function withScene<T>(url: string, work: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kvartal-bench-'));
  try {
    const hashes = knownOperations(join(folder, 'operations'));
    const headers = await signIn(url, { folder, hash: hashOf({ hashes }, 'SignIn') });
    return await work({ folder, hashes, headers, targets: await connected(url, readTargets) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The api in production over a database; every start has a Redis of its own by its prefix. */
export const startApi = (
  { folder }: Pick<Scene, 'folder'>,
  env: Readonly<Record<string, string>>,
): Promise<Product> =>
  Product.start('api', {
    OPERATIONS_DIR: join(folder, 'operations'),
    REDIS_PREFIX: `bench_api:${process.pid}:${Math.round(performance.now())}`,
    ...env,
  });

const BROWSER = {
  'content-type': 'application/json',
  'x-kvartal-app': 'cabinet',
  'x-kvartal-portal': PORTAL,
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) bench',
};

/** Limits of sign-in are lifted by a key that exists while this takes; in production there is no such key. */
async function signIn(
  url: string,
  { folder, hash }: { folder: string; hash: string },
): Promise<Scene['headers']> {
  const key = randomBytes(16).toString('hex');
  const api = await startApi({ folder }, { DATABASE_URL: url, NODE_ENV: 'development', BENCH_KEY: key });
  const headers: Record<string, string>[] = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
      method: 'POST',
      headers: { ...BROWSER, 'x-kvartal-bench': key },
      body: operationBody(hash, { input: { ...signInOf(person), remember: false } }),
    });
    const [cookie] = answer.headers.getSetCookie();
    if (!cookie) throw new Error(`Nobody was signed in: ${await answer.text()}`);
    headers.push({ ...BROWSER, cookie: cookie.split(';')[0] ?? '' });
  }
  await api.stop();
  return headers;
}

/** What the product sends to PostgreSQL for requests one after another. */
export interface Seen {
  /** The statements of one request, and for which target. */
  statements: readonly Statement[];
  target: Target;
  /** The least and the most statements that a request took. */
  least: number;
  most: number;
}

const REQUESTS_LOOKED_AT = 100;

/** Counts the statements of requests for different accounts, with a proxy between the api and PostgreSQL. */
export async function look(scene: Scene, query: Query, url: string): Promise<Seen> {
  const proxy = await Proxy.before(url);
  const api = await startApi(scene, { DATABASE_URL: proxy.url });
  try {
    const targets = scene.targets.slice(-REQUESTS_LOOKED_AT);
    for (const target of targets) await ask({ api, scene, query, target, attempt: 0 });
    const counts: number[] = [];
    let last: Statement[] = [];
    proxy.taken();
    for (const target of targets) {
      await ask({ api, scene, query, target, attempt: 1 });
      last = proxy.taken();
      counts.push(last.length);
    }
    const target = targets.at(-1);
    if (!target) throw new Error('There are no accounts');
    return { statements: last, target, least: Math.min(...counts), most: Math.max(...counts) };
  } finally {
    await api.stop();
    proxy.close();
  }
}

interface Question {
  api: Product;
  scene: Scene;
  query: Query;
  target: Target;
  attempt: number;
}

async function ask({ api, scene, query, target, attempt }: Question): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
    method: 'POST',
    headers: { ...scene.headers[target.person] },
    body: bodyOf(query, hashFor(scene, query), target, attempt),
  });
  const text = await answer.text();
  if (!text.includes(OPERATIONS[query].right))
    throw new Error(`A wrong answer, ${answer.status}: ${text.slice(0, 500)}`);
}

/** Writes down what a part of the benchmark is told. */
export function told({ folder }: Scene, name: string, plan: object): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(plan));
  return file;
}
