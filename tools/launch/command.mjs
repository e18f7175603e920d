// A command that runs to its end.
import { spawn } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
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
 * @param {import('node:child_process').SpawnOptions & { onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number | string, output: string }>} never rejects: a command that is not there has code 127
 */
export function attempt(command, args, { onOutput, ...options } = {}) {
  return new Promise((done) => {
    let output = '';
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const take = (/** @type {Buffer} */ piece) => {
      output += piece;
      onOutput?.(String(piece));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', (error) => done({ code: 127, output: output + error.message }));
    child.once('close', (code, signal) => done({ code: code ?? signal ?? 1, output }));
  });
}
