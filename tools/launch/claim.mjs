// One launcher a data folder: who holds it, and what a holder that was killed hard has left behind.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endRecorded, readRecord } from './child.mjs';
import { endPostgresOn } from './postgres.mjs';
import { endRedisOn } from './redis.mjs';
import { birthOf, isSame } from './running.mjs';

const HOLDER = 'launcher.json';

/**
 * Takes the data folder for this process.
 * @param {string} dataDir
 * @returns {Promise<{ ended: string[], release: () => void }>} the names of the leftovers that were ended
 * @throws {Error} when another launcher holds the folder
 */
export async function claim(dataDir) {
  const folder = join(dataDir, 'run');
  mkdirSync(folder, { recursive: true });
  const holder = join(folder, HOLDER);
  for (;;) {
    try {
      writeFileSync(holder, JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) }), {
        flag: 'wx',
      });
      break;
    } catch {
      const other = readRecord(holder);
      if (other && isSame(other.pid, other.birth))
        throw new Error(
          `It runs already (process ${other.pid}): its addresses stand in ${join(dataDir, 'up.json')}; Ctrl-C there stops it`,
        );
      rmSync(holder, { force: true });
    }
  }
  rmSync(join(dataDir, 'up.json'), { force: true });
  return { ended: await endLeftovers(folder, dataDir), release: () => rmSync(holder, { force: true }) };
}

/** The product before what it stands on. @param {string} folder @param {string} dataDir */
async function endLeftovers(folder, dataDir) {
  const records = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.json') && name !== HOLDER)
    : [];
  const order = ['worker', 'api'];
  records.sort((a, b) => order.indexOf(b.replace('.json', '')) - order.indexOf(a.replace('.json', '')));
  const ended = [];
  for (const name of records)
    if (await endRecorded(join(folder, name))) ended.push(name.replace('.json', ''));
  await endPostgresOn(join(dataDir, 'pg'));
  await endRedisOn(join(dataDir, 'redis'));
  return ended;
}
