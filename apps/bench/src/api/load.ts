import { readFileSync } from 'node:fs';
import { percentile } from '../figures';
import { answerParent } from '../processes';
import { Exchange, postOf } from './exchange';
import { signOf } from './proof';
import { type Query, bodyOf } from './queries';
import type { Target } from './town';

/** What the load generator is told. */
export interface LoadPlan {
  port: number;
  query: Query;
  hash: string;
  concurrency: number;
  warmSeconds: number;
  seconds: number;
  /** What each person sends along, the session's cookie among it. */
  headers: readonly Readonly<Record<string, string>>[];
  targets: readonly Target[];
}

/** What it has seen: of the measured seconds, but for what was sent: that counts the warming up too. */
export interface LoadSeen {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  sent: number;
  readingsSent: number;
}

/** Asks over so many connections at once for a while; throws where one answer is wrong: speed says nothing then. */
export async function runLoad(file: string): Promise<void> {
  const plan: LoadPlan = JSON.parse(readFileSync(file, 'utf8'));
  const begin = performance.now() + plan.warmSeconds * 1000;
  const end = begin + plan.seconds * 1000;
  const latencies: number[] = [];
  const lines = Array.from({ length: plan.concurrency }, (_, line) => new Line(plan, line));
  await Promise.all(lines.map((line) => line.run({ begin, end, latencies })));
  const seen: LoadSeen = {
    requestsPerSecond: latencies.length / plan.seconds,
    p50Ms: percentile(latencies, 50),
    p99Ms: percentile(latencies, 99),
    sent: lines.reduce((sum, line) => sum + line.sent, 0),
    readingsSent: lines.reduce((sum, line) => sum + line.readingsSent, 0),
  };
  await answerParent(seen);
}

/** One of the connections: a person who asks for each of their accounts in turn. */
class Line {
  sent = 0;
  readingsSent = 0;
  private readonly targets: readonly Target[];

  constructor(
    private readonly plan: LoadPlan,
    line: number,
  ) {
    this.targets = plan.targets.filter((_, at) => at % plan.concurrency === line);
  }

  async run({ begin, end, latencies }: { begin: number; end: number; latencies: number[] }): Promise<void> {
    const exchange = await Exchange.open(this.plan.port);
    for (let now = performance.now(); now < end;) {
      await this.ask(exchange);
      const after = performance.now();
      if (now >= begin && after < end) latencies.push(after - now);
      now = after;
    }
    exchange.close();
  }

  private async ask(exchange: Exchange): Promise<void> {
    const { query, hash, headers } = this.plan;
    const target = this.targets[this.sent % this.targets.length];
    if (!target) throw new Error('There are more connections than accounts');
    const attempt = Math.floor(this.sent / this.targets.length);
    this.sent += 1;
    this.readingsSent += target.readings.length;
    const sent = { ...headers[target.person], 'x-user': target.userId };
    const answer = await exchange.send(postOf('/graphql', sent, bodyOf(query, hash, target, attempt)));
    if (answer.status !== 200 || !answer.body.includes(signOf(query, target)))
      throw new Error(`A wrong answer, ${answer.status}: ${answer.body.toString('utf8', 0, 500)}`);
  }
}
