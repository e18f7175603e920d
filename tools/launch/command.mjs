// A command that runs to its end, and the ending of those that still run.
import { spawn } from 'node:child_process';
import { endProcess } from './running.mjs';

/** @type {Map<number, Promise<unknown>>} commands at work; those worth waiting for are waited for, the rest ended */
const atWork = new Map();
/** @type {Set<number>} */
const mayNotBeCut = new Set();
let closed = false;

/**
 * @typedef {import('node:child_process').SpawnOptions & {
 *   onOutput?: (text: string) => void,
 *   whole?: boolean,
 * }} Options `whole`: is never cut off half-way (a package being installed)
 */

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<string>} what it printed
 * @throws {Error} with the end of what it printed, when it fails
 */
export async function run(command, args, options = {}) {
  const { code, output } = await attempt(command, args, options);
  if (code === 0) return output;
  const end = output.trimEnd().split('\n').slice(-25).join('\n');
  throw new Error(`${command} ${args.slice(0, 6).join(' ')} failed (${code}):\n${end}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<{ code: number | string, output: string }>} never rejects: a command that is not there has code 127
 */
export function attempt(command, args, { onOutput, whole = false, ...options } = {}) {
  if (closed) return Promise.resolve({ code: 130, output: 'asked to stop' });
  let pid = 0;
  const end = new Promise((done) => {
    let output = '';
    // a group of its own: Ctrl-C reaches it only through endCommands, together with all that it started
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...options });
    pid = child.pid ?? 0;
    const take = (/** @type {Buffer} */ piece) => {
      output += piece;
      onOutput?.(String(piece));
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.once('error', (error) => done({ code: 127, output: output + error.message }));
    child.once('close', (code, signal) => done({ code: code ?? signal ?? 1, output }));
  });
  if (pid) atWork.set(pid, end);
  if (pid && whole) mayNotBeCut.add(pid);
  return end.finally(() => atWork.delete(pid));
}

/** Ends every command still at work, with what each of them started; from then on none is begun. */
export async function endCommands() {
  closed = true;
  await Promise.all(
    [...atWork].map(async ([pid, end]) => {
      if (mayNotBeCut.has(pid)) await end;
      else await endProcess(-pid, { seconds: 60, alive: () => groupLives(pid) });
    }),
  );
}

/** @param {number} group */
function groupLives(group) {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}
