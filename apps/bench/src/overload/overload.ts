import { connected } from '../connection';
import { dropDatabase, makeDatabase } from '../environment';
import type { Arguments } from '../arguments';
import { report, rounded } from '../figures';
import { Part, type Product } from '../processes';
import type { LoadPlan, LoadSeen } from '../api/load';
import { type Scene, hashFor, told, withScene } from '../api/scene';
import { startApi } from '../api/sign-in';
import { peopledTemplate } from '../town/people';
import type { FloodPlan, FloodSeen } from './flood';
import { proveFlood } from './proof';

const DATABASE = 'bench_overload';
const CONNECTIONS = 768;
const SECOND = 1000;

/**
 * Many times more requests than the api can answer, for a while: nothing but right answers and 503 may come, what was
 * accepted stands once, what was turned away does not stand at all. The yardstick is the api itself in ordinary load.
 */
export async function benchOverload(given: Arguments): Promise<void> {
  const seconds = given.count('seconds', 60);
  const times = given.count('times', 10);
  const template = await peopledTemplate(given.count('accounts', 2000));
  const url = await makeDatabase(DATABASE, template);
  try {
    await withScene(url, async (scene) => {
      const api = await startApi({ DATABASE_URL: url });
      try {
        const normal = await inOrdinaryLoad(scene, api, url);
        const { seen: flood, memory } = await whileSampled(api, () =>
          inFlood(scene, api, { perSecond: normal.requestsPerSecond * times, seconds }),
        );
        await expectWell(scene, api);
        if (flood.wrong.length > 0)
          throw new Error(`Neither answered nor turned away: ${flood.wrong.join('; ')}`);
        const readings = await connected(url, (client) => proveFlood(client, flood));
        const shedCounted = await shedBy(api);
        if (shedCounted < flood.turnedAway)
          throw new Error(`${flood.turnedAway} were turned away, the api has counted ${shedCounted}`);
        tell({ seconds, times, normal, flood, memory, readings });
      } finally {
        await api.stop();
      }
    });
  } finally {
    await dropDatabase(DATABASE);
  }
}

/** What the api answers with as many askers as it is made for. */
async function inOrdinaryLoad(scene: Scene, { port }: Product, url: string): Promise<LoadSeen> {
  const { headers, targets } = scene;
  const plan: LoadPlan = {
    ...{ port, query: 'home', hash: hashFor(scene, 'home'), headers, targets },
    ...{ concurrency: 64, warmSeconds: 3, seconds: 8 },
  };
  await connected(url, (client) => client.query('checkpoint'));
  return Part.start<LoadSeen>('load', told(scene, 'load', plan)).answer;
}

function inFlood(
  scene: Scene,
  { port }: Product,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<FloodSeen> {
  const { headers, targets } = scene;
  const hashes = { home: hashFor(scene, 'home'), submit: hashFor(scene, 'submit') };
  const plan: FloodPlan = { port, perSecond, seconds, connections: CONNECTIONS, hashes, headers, targets };
  return Part.start<FloodSeen>('flood', told(scene, 'flood', plan)).answer;
}

/** Once the flood is over nobody is turned away any more. */
async function expectWell(scene: Scene, api: Product): Promise<void> {
  const before = await shedBy(api);
  const { answered, offered } = await inFlood(scene, api, { perSecond: 20, seconds: 2 });
  if (answered !== offered || (await shedBy(api)) > before)
    throw new Error('The api turns people away after the flood is over');
}

async function shedBy({ port }: Product): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^kvartal_requests_shed_total (\d+)$/m.exec(text)?.[1] ?? 0);
}

interface Memory {
  before: number;
  most: number;
  after: number;
}

/** The api's memory, looked at each second while something is done. */
async function whileSampled<T>(api: Product, work: () => Promise<T>): Promise<{ seen: T; memory: Memory }> {
  const before = api.memoryMiB();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, api.memoryMiB())), SECOND);
  try {
    const seen = await work();
    return { seen, memory: { before, most, after: api.memoryMiB() } };
  } finally {
    clearInterval(timer);
  }
}

interface Told {
  seconds: number;
  times: number;
  normal: LoadSeen;
  flood: FloodSeen;
  memory: Memory;
  readings: number;
}

function tell({ seconds, times, normal, flood, memory, readings }: Told): void {
  report('overload', flood.accepted.p99Ms / normal.p99Ms, 1, {
    seconds,
    times,
    capacityPerSecond: Math.round(normal.requestsPerSecond),
    offeredPerSecond: Math.round(flood.offered / seconds),
    acceptedPerSecond: Math.round(flood.answered / seconds),
    turnedAwayPerSecond: Math.round(flood.turnedAway / seconds),
    normalP99Ms: rounded(normal.p99Ms),
    acceptedP50Ms: rounded(flood.accepted.p50Ms),
    acceptedP99Ms: rounded(flood.accepted.p99Ms),
    turnedAwayP50Ms: rounded(flood.shed.p50Ms),
    turnedAwayP99Ms: rounded(flood.shed.p99Ms),
    recoveryMs: Math.round(flood.drainMs),
    memoryBeforeMiB: memory.before,
    memoryMostMiB: memory.most,
    memoryAfterMiB: memory.after,
    readingsAcceptedAndStored: readings,
  });
}
