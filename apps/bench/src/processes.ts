import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cpuOf, memoryMiBOf, peakMiBOf } from './processor';

const LOGS = join(process.env['DATA_DIR'] ?? '.data/bench', 'log');
const READY_TRIES = 1800;

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('No port is free')),
      );
    });
  });
}

const started = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** A process that this one has started; it never outlives this one. */
class Running {
  protected constructor(protected readonly child: ChildProcess) {
    started.add(child);
    child.once('exit', () => started.delete(child));
  }

  private get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Mebibytes of memory at its highest so far. */
  peakMiB(): number {
    return peakMiBOf(this.pid);
  }

  /** Mebibytes of memory at this moment. */
  memoryMiB(): number {
    return memoryMiBOf(this.pid);
  }

  /** Seconds of processor time so far. */
  cpuSeconds(): number {
    return cpuOf(this.pid);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}

/** What docker/start.sh starts a worker with. */
const workerFlags = (): string[] => readFileSync('docker/worker.flags', 'utf8').trim().split('\n');

/** One process of the product, as it ships: `dist/apps/<app>/main.mjs`, in production, with its logs in a file. */
export class Product extends Running {
  /** Starts it and waits until it says that it is ready. */
  static async start(app: 'api' | 'worker', env: Readonly<Record<string, string>>): Promise<Product> {
    const port = await freePort();
    mkdirSync(LOGS, { recursive: true });
    const log = openSync(join(LOGS, `${app}.log`), 'w');
    const tuned = app === 'worker' ? workerFlags() : [];
    const child = spawn(process.execPath, ['--enable-source-maps', ...tuned, `dist/apps/${app}/main.mjs`], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DEV_CLOCK: '0',
        ...(app === 'api' ? { PORT: String(port) } : { HEALTH_PORT: String(port) }),
        ...env,
      },
      stdio: ['ignore', log, 'inherit'],
    });
    closeSync(log);
    const product = new Product(child, port);
    await product.ready(app);
    return product;
  }

  private constructor(
    child: ChildProcess,
    readonly port: number,
  ) {
    super(child);
  }

  private async ready(app: string): Promise<void> {
    for (let tries = 0; tries < READY_TRIES; tries += 1) {
      if (this.child.exitCode !== null)
        throw new Error(`${app} ended with ${this.child.exitCode} before it was ready`);
      const isReady = await fetch(`http://127.0.0.1:${this.port}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (isReady) return;
      await pause(100);
    }
    await this.stop();
    throw new Error(`${app} did not become ready`);
  }
}

/** A part of the benchmark that runs in a process of its own and answers once with what it is asked to say. */
export class Part<Answer> extends Running {
  private constructor(
    child: ChildProcess,
    readonly answer: Promise<Answer>,
  ) {
    super(child);
  }

  /** Starts `main.mjs <name> <file>`; the file holds what the part is told, as JSON. */
  static start<Answer>(name: string, file: string): Part<Answer> {
    const child = fork(process.argv[1] ?? '', [name, file], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const answer = new Promise<Answer>((resolve, reject) => {
      child.once('message', (message: { answer: Answer }) => resolve(message.answer));
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code} and said nothing`)));
    });
    return new Part(child, answer);
  }
}

/** What a part says to whoever has started it. */
export const answerParent = (answer: unknown): Promise<void> =>
  new Promise((done) => void process.send?.({ answer }, () => done()));
