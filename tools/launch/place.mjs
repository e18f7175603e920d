// Where things stand: the clone, and the folder outside it that a server run by root needs.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export const isRoot = () => process.getuid?.() === 0;

/** @param {string} text */
export const shortHash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/**
 * PostgreSQL refuses to run as root, and whoever it runs as may be unable to read the clone (a home of mode 700).
 * @returns {{ uid: number, gid: number }} nobody, by this machine's own list
 */
export function unprivileged() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (!uid || !gid)
    throw new Error('PostgreSQL may not run as root, and there is no user nobody to run it as');
  return { uid: Number(uid), gid: Number(gid) };
}

/** @returns {string} root's folder for this clone that others may read: /var/tmp/kvartal-<hash of the clone's path> */
export function outsideFolder() {
  const folder = join('/var/tmp', `kvartal-${shortHash(ROOT)}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const { uid, mode } = lstatSync(folder);
  // what stands there is run and trusted: nobody else may have made it
  if (uid !== 0 || (mode & 0o170000) !== 0o040000 || mode & 0o022)
    throw new Error(`${folder} belongs to somebody else: remove it and start again`);
  return folder;
}

/**
 * A secret kept in a file that only its owner reads; made at first use.
 * @param {string} file
 */
export function keptSecret(file) {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dirname(file), { recursive: true });
  const secret = randomBytes(18).toString('base64url');
  writeWhole(file, `${secret}\n`);
  return secret;
}

/**
 * Writes a file so that a reader sees all of it or none.
 * @param {string} file
 * @param {string} text
 */
export function writeWhole(file, text) {
  const next = `${file}.${process.pid}.new`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, file);
}
