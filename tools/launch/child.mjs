// One child process: its output in a log file, its end known, its stopping orderly.
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { birthOf, endProcess, isSame } from './running.mjs';

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {number} pid
 * @property {string} log its log file
 * @property {Promise<string>} ended how it ended, in words
 * @property {() => boolean} alive
 * @property {(lines?: number) => string} tail the last lines of its log
 * @property {(how?: { signal?: NodeJS.Signals, seconds?: number }) => Promise<void>} stop
 */

/**
 * Starts a process in a session of its own, so that Ctrl-C in the terminal reaches only the launcher, which then
 * stops its children in order.
 * @param {object} what
 * @param {string} what.name
 * @param {string} what.command
 * @param {string[]} [what.args]
 * @param {NodeJS.ProcessEnv} [what.env]
 * @param {string} [what.cwd]
 * @param {number} [what.uid]
 * @param {number} [what.gid]
 * @param {string} what.log file for both outputs; the log before it is kept beside as *.before.log
 * @param {string} [what.records] folder where a record is left for the next start, in case this one is killed hard
 * @returns {Child}
 */
export function startChild({ name, command, args = [], env, cwd, uid, gid, log, records }) {
  mkdirSync(dirname(log), { recursive: true });
  if (existsSync(log)) renameSync(log, log.replace(/(\.log)?$/, '.before.log'));
  const output = openSync(log, 'a', 0o600);
  const child = spawn(command, args, {
    env: env ?? process.env,
    stdio: ['ignore', output, output],
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    ...(uid === undefined ? {} : { uid, gid }),
  });
  closeSync(output);
  const ended = new Promise((done) => {
    child.once('error', (error) => done(`could not start: ${error.message}`));
    child.once('exit', (code, signal) => done(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  });
  const pid = child.pid ?? 0;
  const record = records && pid ? leaveRecord(records, name, pid) : undefined;
  const alive = () => pid > 0 && child.exitCode === null && child.signalCode === null;
  const stop = async (how = {}) => {
    if (alive()) await endProcess(pid, { ...how, alive });
    if (record) rmSync(record, { force: true });
  };
  return { name, pid, log, ended, alive, stop, tail: (lines = 25) => lastLines(log, lines) };
}

/** @param {string} folder @param {string} name @param {number} pid */
function leaveRecord(folder, name, pid) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ pid, birth: birthOf(pid) }));
  return file;
}

/**
 * Ends what an earlier run, killed hard, left behind under this record.
 * @param {string} file
 * @returns {Promise<boolean>} whether there was anything to end
 */
export async function endRecorded(file) {
  const kept = readRecord(file);
  const there = kept !== undefined && isSame(kept.pid, kept.birth);
  if (there) await endProcess(kept.pid);
  rmSync(file, { force: true });
  return there;
}

/** @param {string} file @returns {{ pid: number, birth: string } | undefined} */
export function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string} file @param {number} lines */
export function lastLines(file, lines) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/**
 * Waits until a question is answered with yes, as long as the child lives.
 * @param {Child} child
 * @param {() => Promise<boolean>} ready
 * @param {number} [seconds]
 * @throws {Error} with the last lines of the log when the child ends first or never gets ready
 */
export async function untilReady(child, ready, seconds = 60) {
  let end;
  void child.ended.then((how) => (end = how));
  for (let i = 0; i < seconds * 20; i++) {
    if (end) break;
    if (await ready().catch(() => false)) return;
    await pause(50);
  }
  throw new Error(
    `${child.name} ${end ?? `is not ready after ${seconds} s`}. ${child.log} ends with:\n${child.tail()}`,
  );
}
