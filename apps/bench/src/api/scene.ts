import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connected } from '../connection';
import type { Product } from '../processes';
import { PEOPLE, loaded } from '../town/people';
import { operationHashes } from './operations';
import { Proxy } from './proxy';
import { type HomeAnswer, proveHome, signOf } from './proof';
import { OPERATIONS, type Query, bodyOf } from './queries';
import { type Headers, signIn, startApi } from './sign-in';
import { type Target, readTargets } from './town';
import type { Statement } from './wire';

/** Everything that the runs have in common. */
export interface Scene {
  folder: string;
  hashes: ReadonlyMap<string, string>;
  targets: readonly Target[];
  /** What a browser of each person sends. */
  headers: readonly Headers[];
}

export function hashFor({ hashes }: Scene, query: Query): string {
  const hash = hashes.get(OPERATIONS[query]);
  if (hash === undefined) throw new Error(`The cabinet has no operation ${OPERATIONS[query]}`);
  return hash;
}

/** Signs everybody in, through the product; `work` has the scene, which leaves nothing behind. */
export async function withScene<T>(url: string, work: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'kvartal-bench-'));
  try {
    const headers = await signIn(
      url,
      Array.from({ length: PEOPLE }, (_, person) => loaded(person)),
    );
    return await work({
      folder,
      hashes: operationHashes('cabinet'),
      headers,
      targets: await connected(url, readTargets),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
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

/**
 * Counts the statements of requests for different accounts, with a proxy between the api and PostgreSQL, and compares what the
 * first page says with the books.
 */
export async function look(scene: Scene, query: Query, url: string): Promise<Seen> {
  const proxy = await Proxy.before(url);
  const api = await startApi({ DATABASE_URL: proxy.url });
  try {
    const targets = scene.targets.slice(-REQUESTS_LOOKED_AT);
    await connected(url, async (client) => {
      for (const target of targets) {
        const text = await ask({ api, scene, query, target, attempt: 0 });
        const answer: HomeAnswer = JSON.parse(text);
        if (query === 'home') await proveHome(client, target, answer);
      }
    });
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

async function ask({ api, scene, query, target, attempt }: Question): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${api.port}/graphql`, {
    method: 'POST',
    headers: { ...scene.headers[target.person] },
    body: bodyOf(query, hashFor(scene, query), target, attempt),
  });
  const text = await answer.text();
  if (!text.includes(signOf(query, target)))
    throw new Error(`A wrong answer, ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}

/** Writes down what a part of the benchmark is told. */
export function told({ folder }: Scene, name: string, plan: object): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(plan));
  return file;
}
