import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

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

/** One process of the product, as it ships: `dist/apps/<app>/main.mjs`. */
export class Product {
  private constructor(private readonly child: ChildProcess) {}

  /** Starts it and waits until it says that it is ready. */
  static async start(app: 'api' | 'worker', env: Readonly<Record<string, string>>): Promise<Product> {
    const healthPort = env[app === 'api' ? 'PORT' : 'HEALTH_PORT'];
    const child = spawn(process.execPath, ['--enable-source-maps', `dist/apps/${app}/main.mjs`], {
      env: { ...process.env, ...env, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    for (let tries = 0; tries < 300; tries += 1) {
      if (child.exitCode !== null) throw new Error(`${app} ended with ${child.exitCode} before it was ready`);
      const ready = await fetch(`http://127.0.0.1:${healthPort}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (ready) return new Product(child);
      await pause(100);
    }
    child.kill('SIGKILL');
    throw new Error(`${app} did not become ready`);
  }

  /** Mebibytes of memory at its highest so far. */
  peakMiB(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
