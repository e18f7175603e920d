// What runs on this machine: whether a process is the one we knew, and which ones work in a folder.
import { readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * When a process began, in the kernel's own count. Told together with the pid it names one process for ever: a pid
 * alone is given again to somebody else. Undefined for the dead and for those that only wait to be buried.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function birthOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {string | undefined} birth as `birthOf` told it then
 */
export const isSame = (pid, birth) => birth !== undefined && birthOf(pid) === birth;

/**
 * The processes whose working folder is this one: a database server stands in its data folder, so this finds
 * what an earlier run left there, and never a stranger who was given the same pid.
 * @param {string} folder
 * @returns {number[]}
 */
export function processesIn(folder) {
  const place = realFolder(folder);
  if (!place) return [];
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter(
      (pid) => pid !== process.pid && linkOf(`/proc/${pid}/cwd`) === place && birthOf(pid) !== undefined,
    );
}

/**
 * Asks a process to end, then makes it.
 * @param {number} pid
 * @param {{ signal?: NodeJS.Signals, seconds?: number, alive?: () => boolean }} [how]
 */
export async function endProcess(pid, how = {}) {
  const birth = birthOf(pid);
  const alive = how.alive ?? (() => isSame(pid, birth));
  signal(pid, how.signal ?? 'SIGTERM');
  if (await gone(alive, how.seconds ?? 10)) return;
  signal(pid, 'SIGKILL');
  await gone(alive, 5);
}

/** @param {() => boolean} alive @param {number} seconds @returns {Promise<boolean>} whether it went in that time */
async function gone(alive, seconds) {
  for (let i = 0; i < seconds * 40; i++) {
    if (!alive()) return true;
    await pause(25);
  }
  return !alive();
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // it is gone already
  }
}

/** @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** @param {string} path */
function linkOf(path) {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** @param {string} folder */
function realFolder(folder) {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}
