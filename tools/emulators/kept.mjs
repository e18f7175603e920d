// What an emulator remembers: in memory, and in a file where it was given one.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * @template T
 * @param {string | undefined} file
 * @param {T} empty
 * @returns {{ value: T, save: () => void }} `save` writes soon, many changes at once
 */
export function kept(file, empty) {
  const value = file && existsSync(file) ? { ...empty, ...JSON.parse(readFileSync(file, 'utf8')) } : empty;
  let due = false;
  const write = () => {
    due = false;
    if (!file) return;
    writeFileSync(`${file}.new`, JSON.stringify(value));
    renameSync(`${file}.new`, file);
  };
  const save = () => {
    if (!file || due) return;
    due = true;
    setTimeout(write, 100).unref();
  };
  process.on('exit', () => due && write());
  return { value, save };
}
