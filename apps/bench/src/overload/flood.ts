import { readFileSync } from 'node:fs';
import { Exchange, postOf } from '../api/exchange';
import { signOf } from '../api/proof';
import { type Query, bodyOf } from '../api/queries';
import type { Target } from '../api/town';
import { percentile } from '../figures';
import { answerParent } from '../processes';

/** What the flood is told. */
export interface FloodPlan {
  port: number;
  /** How many requests are to be sent a second, whatever becomes of them. */
  perSecond: number;
  seconds: number;
  connections: number;
  hashes: Readonly<Record<Query, string>>;
  headers: readonly Readonly<Record<string, string>>[];
  targets: readonly Target[];
}

interface Latencies {
  p50Ms: number;
  p99Ms: number;
}

/** What became of it. */
export interface FloodSeen {
  offered: number;
  answered: number;
  turnedAway: number;
  /** From the last request until all were answered. */
  drainMs: number;
  accepted: Latencies;
  shed: Latencies;
  /** Answers that are neither: a few of them. */
  wrong: string[];
  /** Keys of the readings that were accepted, and of those that were turned away. */
  acceptedKeys: string[];
  shedKeys: string[];
}

const TICK_MS = 4;
/** One request of so many enters readings, the others look at the first page. */
const SUBMITS_EVERY = 4;
const WRONG_TOLD = 5;

/** Sends at a steady rate over as many connections as are free, and writes down every answer. */
export async function runFlood(file: string): Promise<void> {
  const plan: FloodPlan = JSON.parse(readFileSync(file, 'utf8'));
  const flood = new Flood(plan);
  await flood.run();
  await answerParent(flood.seen());
}

class Flood {
  private readonly free: Exchange[] = [];
  private readonly targets: { target: Target; attempt: number }[];
  private readonly accepted: number[] = [];
  private readonly shed: number[] = [];
  private readonly acceptedKeys: string[] = [];
  private readonly shedKeys: string[] = [];
  private readonly wrong: string[] = [];
  private readonly under = new Set<Promise<void>>();
  private offered = 0;
  private drainMs = 0;

  constructor(private readonly plan: FloodPlan) {
    this.targets = plan.targets.map((target) => ({ target, attempt: 0 }));
  }

  async run(): Promise<void> {
    const { port, perSecond, seconds, connections } = this.plan;
    for (let at = 0; at < connections; at += 1) this.free.push(await Exchange.open(port));
    const begin = performance.now();
    let due = 0;
    while (performance.now() - begin < seconds * 1000) {
      due = Math.min(due + connections, ((performance.now() - begin) / 1000) * perSecond);
      while (this.offered < due && this.send());
      await new Promise((done) => setTimeout(done, TICK_MS));
    }
    const ended = performance.now();
    await Promise.all(this.under);
    this.drainMs = performance.now() - ended;
    for (const exchange of this.free) exchange.close();
  }

  seen(): FloodSeen {
    return {
      offered: this.offered,
      answered: this.accepted.length,
      turnedAway: this.shed.length,
      drainMs: this.drainMs,
      accepted: latenciesOf(this.accepted),
      shed: latenciesOf(this.shed),
      wrong: this.wrong,
      acceptedKeys: this.acceptedKeys,
      shedKeys: this.shedKeys,
    };
  }

  /** Sends one where a connection and an account are free; says whether they were. */
  private send(): boolean {
    // the one that has rested longest, so that none rests until the server closes it
    const exchange = this.free.shift();
    if (!exchange) return false;
    const one = this.targets.shift();
    if (!one) {
      this.free.unshift(exchange);
      return false;
    }
    this.offered += 1;
    const query: Query = this.offered % SUBMITS_EVERY === 0 ? 'submit' : 'home';
    const under = this.exchange(exchange, query, one).finally(() => {
      this.under.delete(under);
      this.targets.push(one);
    });
    this.under.add(under);
    return true;
  }

  private async exchange(
    exchange: Exchange,
    query: Query,
    one: { target: Target; attempt: number },
  ): Promise<void> {
    const { hashes, headers } = this.plan;
    const { target, attempt } = one;
    if (query === 'submit') one.attempt += 1;
    const body = bodyOf(query, hashes[query], target, attempt);
    const since = performance.now();
    try {
      const answer = await exchange.send(postOf('/graphql', { ...headers[target.person] }, body));
      const took = performance.now() - since;
      const keys = query === 'submit' ? keysOf(target, attempt) : [];
      if (answer.status === 200 && answer.body.includes(signOf(query, target))) {
        this.accepted.push(took);
        this.acceptedKeys.push(...keys);
      } else if (answer.status === 503 && answer.body.includes('"OVERLOADED"')) {
        this.shed.push(took);
        this.shedKeys.push(...keys);
      } else this.complain(`${query} ${answer.status} ${answer.body.toString('utf8', 0, 300)}`);
      this.free.push(exchange);
    } catch (failure) {
      this.complain(failure instanceof Error ? failure.message : String(failure));
    }
  }

  private complain(what: string): void {
    if (this.wrong.length < WRONG_TOLD) this.wrong.push(what);
  }
}

/** As `bodyOf` names them. */
const keysOf = ({ accountId, readings }: Target, attempt: number): string[] =>
  readings.map(({ registerId }) => `${accountId}-${registerId}-${attempt}`);

const latenciesOf = (all: readonly number[]): Latencies => ({
  p50Ms: percentile(all, 50),
  p99Ms: percentile(all, 99),
});
