import type { Arguments } from '../arguments';
import { connected } from '../connection';
import { dropDatabase, makeDatabase } from '../environment';
import { median, report, rounded } from '../figures';
import { Part } from '../processes';
import { cpuOfServer } from '../processor';
import { peopledTemplate } from '../town/people';
import { type ClosedMeanwhile, whileClosing } from './closing';
import type { LoadPlan, LoadSeen } from './load';
import { proveSubmitted } from './proof';
import { QUERIES, type Query } from './queries';
import { type Scene, type Seen, hashFor, look, told, withScene } from './scene';
import type { ServerPlan } from './server.bare';
import { startApi } from './sign-in';

const BASE = 'bench_api_base';
const RUN = 'bench_api_run';

/** How a side did: what the load saw, and processor time a request of the server and of PostgreSQL together. */
type Side = LoadSeen & { cpuMicros: number; databaseCpuMicros: number };
interface Load {
  concurrency: number;
  seconds: number;
}

/** A hot operation of the cabinet through the whole product, against node:http and pg doing the same SQL. */
export async function benchApi(given: Arguments): Promise<void> {
  const query = queryOf(given.text('query', 'home'));
  const load = { concurrency: given.count('concurrency', 64), seconds: given.count('seconds', 10) };
  const runs = given.count('runs', 3);
  const template = await peopledTemplate(given.count('accounts', 10_000));
  const base = await makeDatabase(BASE, template);
  try {
    await withScene(base, async (scene) => {
      const seen = await inCopy((url) => look(scene, query, url));
      if (given.has('during-closing')) return await besideClosing({ scene, query, load, runs });
      const sides: { ours: Side; bare: Side }[] = [];
      for (let at = 1; at <= runs; at += 1) {
        const bare = await inCopy((url) => bareSide({ scene, query, load, url }, seen));
        const ours = await inCopy((url) => productSide({ scene, query, load, url }));
        console.log(`run ${at}: product ${inShort(ours)}, yardstick ${inShort(bare)}`);
        sides.push({ ours, bare });
      }
      tell({ query, load, seen }, sides);
    });
  } finally {
    await dropDatabase(BASE);
  }
}

function queryOf(text: string): Query {
  const query = QUERIES.find((one) => one === text);
  if (!query) throw new RangeError(`--query takes ${QUERIES.join(' or ')}, not «${text}»`);
  return query;
}

/** The product alone, and while workers close a month over the same database: what is left to residents. */
async function besideClosing({
  runs,
  ...measuring
}: Omit<Measuring, 'url'> & { runs: number }): Promise<void> {
  const sides: { alone: Side; during: Side & ClosedMeanwhile }[] = [];
  for (let at = 1; at <= runs; at += 1) {
    const alone = await inCopy((url) => productSide({ ...measuring, url }));
    const during = await inCopy(async (url) => {
      const { seen, closed } = await whileClosing(url, () => productSide({ ...measuring, url }));
      return { ...seen, ...closed };
    });
    console.log(`run ${at}: alone ${inShort(alone)}, during a closing ${inShort(during)}`);
    sides.push({ alone, during });
  }
  const middle = (of: (pair: (typeof sides)[number]) => number): number => rounded(median(sides.map(of)));
  report(
    'api',
    middle(({ alone, during }) => alone.requestsPerSecond / during.requestsPerSecond),
    runs,
    {
      query: measuring.query,
      duringClosing: true,
      ...measuring.load,
      requestsPerSecond: middle(({ during }) => during.requestsPerSecond),
      aloneRequestsPerSecond: middle(({ alone }) => alone.requestsPerSecond),
      throughputKept: middle(({ alone, during }) => during.requestsPerSecond / alone.requestsPerSecond),
      p99Ms: middle(({ during }) => during.p99Ms),
      aloneP99Ms: middle(({ alone }) => alone.p99Ms),
      accountsClosedPerSecond: middle(({ during }) => during.accountsClosed / during.closingSeconds),
    },
  );
}

const inShort = ({ requestsPerSecond, p99Ms, cpuMicros }: Side): string =>
  `${Math.round(requestsPerSecond)}/s, p99 ${Math.round(p99Ms)} ms, ${Math.round(cpuMicros)} µs of processor time each`;

/** A database of its own for each, so that what one has written does not slow the next. */
async function inCopy<T>(work: (url: string) => Promise<T>): Promise<T> {
  const url = await makeDatabase(RUN, BASE);
  try {
    return await work(url);
  } finally {
    await dropDatabase(RUN);
  }
}

interface Measuring {
  scene: Scene;
  query: Query;
  load: Load;
  url: string;
}

async function productSide(measuring: Measuring): Promise<Side> {
  const api = await startApi({ DATABASE_URL: measuring.url });
  try {
    return await underLoad(measuring, api.port, () => api.cpuSeconds());
  } finally {
    await api.stop();
  }
}

async function bareSide(measuring: Measuring, { statements, target }: Seen): Promise<Side> {
  const { scene, query, url } = measuring;
  const { userId, accountId } = target;
  const plan: ServerPlan = { query, url, statements, userId, accountId };
  const server = Part.start<number>('server', told(scene, 'server', plan));
  try {
    return await underLoad(measuring, await server.answer, () => server.cpuSeconds());
  } finally {
    await server.stop();
  }
}

async function underLoad(
  { scene, query, load, url }: Measuring,
  port: number,
  cpuSeconds: () => number,
): Promise<Side> {
  const { targets, headers } = scene;
  const plan: LoadPlan = {
    port,
    query,
    hash: hashFor(scene, query),
    warmSeconds: 2,
    headers,
    targets,
    ...load,
  };
  return connected(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const database = (): number => cpuOfServer(rows[0]?.pid ?? 0);
    const before = { database: database(), server: cpuSeconds() };
    const seen = await Part.start<LoadSeen>('load', told(scene, 'load', plan)).answer;
    const databaseCpuMicros = ((database() - before.database) / seen.sent) * 1_000_000;
    const serverCpuMicros = ((cpuSeconds() - before.server) / seen.sent) * 1_000_000;
    if (query === 'submit') await proveSubmitted(client, seen.readingsSent);
    return { ...seen, databaseCpuMicros, cpuMicros: databaseCpuMicros + serverCpuMicros };
  });
}

function tell(
  { query, load, seen }: { query: Query; load: Load; seen: Seen },
  sides: readonly { ours: Side; bare: Side }[],
): void {
  const middle = (of: (pair: { ours: Side; bare: Side }) => number): number => rounded(median(sides.map(of)));
  report(
    'api',
    middle(({ ours, bare }) => bare.requestsPerSecond / ours.requestsPerSecond),
    sides.length,
    {
      query,
      ...load,
      requestsPerSecond: middle(({ ours }) => ours.requestsPerSecond),
      yardstickRequestsPerSecond: middle(({ bare }) => bare.requestsPerSecond),
      p99Ms: middle(({ ours }) => ours.p99Ms),
      yardstickP99Ms: middle(({ bare }) => bare.p99Ms),
      statements: seen.most,
      statementsLeast: seen.least,
      p50Ms: middle(({ ours }) => ours.p50Ms),
      yardstickP50Ms: middle(({ bare }) => bare.p50Ms),
      cpuMicros: middle(({ ours }) => ours.cpuMicros),
      yardstickCpuMicros: middle(({ bare }) => bare.cpuMicros),
      databaseCpuMicros: middle(({ ours }) => ours.databaseCpuMicros),
      yardstickDatabaseCpuMicros: middle(({ bare }) => bare.databaseCpuMicros),
      cpuRatio: middle(({ ours, bare }) => ours.cpuMicros / bare.cpuMicros),
    },
  );
}
