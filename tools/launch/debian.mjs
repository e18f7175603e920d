// What Debian has and npm has not: installed by apt as root, or unpacked into the clone by an ordinary user.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { attempt, run } from './command.mjs';
import { ROOT, isRoot } from './place.mjs';

const POLICY = '/usr/sbin/policy-rc.d';
const QUIET = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
const WHOLE = { ...QUIET, whole: true };

/** @param {string} name @returns {string | undefined} */
export const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));

/**
 * @typedef {object} Wanted
 * @property {string} name of the folder under .data/debian
 * @property {string[]} packages
 * @property {string} binary as the package installs it, such as `usr/bin/redis-server`
 * @property {string[]} [siblings] other binaries that the packages bring, in the same form
 * @property {(text: string) => void} [say]
 */

/**
 * @param {Wanted} wanted
 * @returns {Promise<string>} the binary, ready to be started
 * @throws {Error} where there is no apt, or it cannot reach its archive
 */
export async function fromDebian(wanted) {
  const unpacked = join(ROOT, '.data/debian', wanted.name, 'run', basename(wanted.binary));
  if (existsSync(unpacked)) return unpacked;
  if (!onPath('apt-get'))
    throw new Error(`${wanted.packages[0]} is not installed, and there is no apt-get to fetch it with`);
  wanted.say?.(`fetching ${wanted.packages.join(', ')} from Debian`);
  if (!isRoot()) return unpack(wanted);
  await install(wanted.packages);
  return `/${wanted.binary}`;
}

/** Installs packages without starting, now or at the next boot, the services that they bring. @param {string[]} packages */
export async function install(packages) {
  const service = packages.map((name) => `${name}.service`);
  const held = !existsSync(POLICY);
  if (held) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const args = [
    '-o',
    'DPkg::Lock::Timeout=300',
    'install',
    '-y',
    '-q',
    '--no-install-recommends',
    ...packages,
  ];
  try {
    // the machine's lists may be old or missing: refreshed only when they do not serve
    const first = await attempt('apt-get', args, WHOLE);
    if (first.code !== 0) {
      await run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update', '-q'], WHOLE);
      await run('apt-get', args, WHOLE);
    }
  } finally {
    if (held) rmSync(POLICY, { force: true });
  }
  if (existsSync('/run/systemd/system'))
    for (const name of service) await attempt('systemctl', ['disable', name]);
}

/**
 * Without root: the packages that this machine lacks, downloaded with an apt state of our own and unpacked.
 * @param {Wanted} wanted
 */
async function unpack({ name, packages, binary, siblings = [] }) {
  const home = join(ROOT, '.data/debian', name);
  const next = `${home}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  const debs = join(next, 'debs');
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs', 'run'])
    mkdirSync(join(next, folder), { recursive: true });
  const own = ['-o', `Dir::State::lists=${join(next, 'lists')}`, '-o', `Dir::Cache=${join(next, 'cache')}`];
  const apt = [...own, '-o', 'APT::Sandbox::User=', '-o', 'Debug::NoLocking=1'];
  await run('apt-get', [...apt, 'update', '-q'], QUIET);
  const plan = await run('apt-get', [...apt, 'install', '-s', '--no-install-recommends', ...packages], QUIET);
  const missing = [...plan.matchAll(/^Inst (\S+)/gm)].map(([, one]) => one ?? '');
  await run('apt-get', [...apt, 'download', ...missing], { cwd: debs, ...QUIET });
  for (const deb of readdirSync(debs)) await run('dpkg', ['-x', join(debs, deb), join(next, 'files')]);
  for (const folder of ['lists', 'cache', 'debs']) rmSync(join(next, folder), { recursive: true });
  for (const one of [binary, ...siblings]) writeStarter(next, home, one);
  rmSync(home, { recursive: true, force: true });
  renameSync(next, home);
  return join(home, 'run', basename(binary));
}

/**
 * A script that starts an unpacked binary with its libraries and fonts.
 * @param {string} made where the files stand now
 * @param {string} home where they will stand
 * @param {string} binary
 */
function writeStarter(made, home, binary) {
  const files = join(made, 'files');
  const libraries = foldersWith(files, /\.so(\.|$)/).map((folder) => folder.replace(files, '$here/files'));
  const fonts = join(made, 'fonts.conf');
  const folders = [join(home, 'files/usr/share/fonts'), '/usr/share/fonts'].map(
    (folder) => `<dir>${folder}</dir>`,
  );
  writeFileSync(
    fonts,
    `<?xml version="1.0"?><fontconfig>${folders.join('')}<cachedir>${join(home, 'font-cache')}</cachedir></fontconfig>\n`,
  );
  const script = join(made, 'run', basename(binary));
  const lines = [
    '#!/bin/sh',
    'here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)',
    `export LD_LIBRARY_PATH="${libraries.join(':')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
    'export FONTCONFIG_FILE="$here/fonts.conf"',
    `exec "$here/files/${binary}" "$@"`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`);
  chmodSync(script, 0o755);
}

/** @param {string} folder @param {RegExp} name @returns {string[]} every folder beneath that holds such a file */
function foldersWith(folder, name) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  const below = entries
    .filter((one) => one.isDirectory())
    .flatMap((one) => foldersWith(join(folder, one.name), name));
  return entries.some((one) => !one.isDirectory() && name.test(one.name)) ? [folder, ...below] : below;
}
