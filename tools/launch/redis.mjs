// Redis: found or installed, run on a folder of its own.
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { startChild, untilReady } from './child.mjs';
import { findRedis } from './find.mjs';
import { freePort } from './ports.mjs';
import { endProcess, processesIn } from './running.mjs';

/**
 * Starts a server on its folder; what an earlier run left running there is ended first.
 * @param {object} what
 * @param {string} what.dir
 * @param {boolean} [what.appendOnly] whether each write is also appended to a file, flushed every second
 * @param {number} [what.port]
 * @param {string} [what.log]
 * @param {(text: string) => void} [what.say] told when Redis has to be fetched first
 * @returns {Promise<{ url: string, port: number, child: import('./child.mjs').Child, stop: () => Promise<void> }>}
 */
export async function startRedis({ dir, appendOnly = true, port, log, say }) {
  const folder = resolve(dir);
  mkdirSync(folder, { recursive: true });
  const command = await findRedis({ say });
  await endRedisOn(folder);
  const at = port ?? (await freePort());
  const child = startChild({
    name: 'Redis',
    command,
    args: [
      ...['--port', String(at), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', appendOnly ? 'yes' : 'no', '--appendfsync', 'everysec', '--save', ''],
      ...['--maxmemory-policy', 'noeviction', '--daemonize', 'no'],
    ],
    cwd: folder,
    log: resolve(log ?? join(folder, 'redis.log')),
  });
  const stop = () => child.stop({ seconds: 20 });
  await untilReady(child, () => pong(at)).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: `redis://127.0.0.1:${at}`, port: at, child, stop };
}

/** Ends a server that an earlier run, killed hard, left on this folder. @param {string} dir */
export async function endRedisOn(dir) {
  for (const pid of processesIn(resolve(dir))) await endProcess(pid, { seconds: 20 });
}

/** @param {number} port @returns {Promise<boolean>} whether the server has loaded its data and answers */
function pong(port) {
  return new Promise((done, refuse) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(2000, () => socket.destroy(new Error('no answer')));
    socket.once('error', refuse);
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (answer) => {
      done(String(answer).startsWith('+PONG'));
      socket.destroy();
    });
  });
}
