import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launcherFile } from './product';

/**
 * Stops the worker where it is while something is looked at that it would finish too soon, and lets it go on afterwards:
 * jobs wait meanwhile and nothing is lost.
 */
export async function whileWorkerRests(look: () => Promise<void>): Promise<void> {
  const { pid }: { pid: number } = JSON.parse(
    readFileSync(join(dirname(launcherFile), 'run/worker.json'), 'utf8'),
  );
  process.kill(pid, 'SIGSTOP');
  try {
    await look();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}
