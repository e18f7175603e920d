import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const TICKS_A_SECOND = 100;

/** Seconds of processor time that a process has used, with those of its children that have ended. */
function cpuOf(pid: number | string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user, system, ofChildren, ofChildrenInSystem] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 15);
  return (Number(user) + Number(system) + Number(ofChildren) + Number(ofChildrenInSystem)) / TICKS_A_SECOND;
}

/** Seconds of processor time that a server on this machine has used in all its processes; `pid` is one of them. */
export function cpuOfServer(pid: number): number {
  const parentOf = (one: string): string => {
    const stat = readFileSync(`/proc/${one}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '';
  };
  const main = parentOf(String(pid));
  let seconds = cpuOf(main);
  for (const one of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (parentOf(one) === main) seconds += cpuOf(one);
    } catch {
      continue; // it ended just now
    }
  }
  return seconds;
}

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

  /** Seconds of processor time so far. */
  cpuSeconds(): number {
    return cpuOf(this.child.pid ?? 0);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
