// Types of every project: node tools/test/types.mjs [name of a project]. Results are kept under .nx/types.
// Projects whose settings are the same are one program: they import each other's sources, and each is read once.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { attempt } from '../launch/command.mjs';
import { ROOT } from '../launch/place.mjs';

const AT_ONCE = 2;
/** The native compiler, several times as fast; Angular builds with the other (docs/decisions/012-two-compilers.md). */
const TSC = 'node_modules/typescript-7/bin/tsc';
const FOLDERS = ['apps', 'libs', 'libs/server', 'libs/web', 'tools'];

/** @typedef {{ folders: string[], command: string, args: string[] }} Check */

/** @param {string} file */
const read = (file) => readFileSync(join(ROOT, file), 'utf8');

/** @param {string} [only] @returns {Check[]} projects that have a target of their own are checked by it: apps of Angular by their build */
function checks(only) {
  const projects = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  ).filter(
    (folder) =>
      existsSync(join(ROOT, folder, 'project.json')) && existsSync(join(ROOT, folder, 'tsconfig.json')),
  );
  const asked = projects.filter((folder) => !only || basename(folder) === only);
  const own = asked.filter((folder) => JSON.parse(read(`${folder}/project.json`)).targets?.typecheck);
  const plain = asked.filter((folder) => !own.includes(folder) && sourcesOf(folder));
  const groups = Map.groupBy(plain, settingsOf);
  return [
    ...[...groups.values()].map(compile),
    ...own.map((folder) => ({
      folders: [folder],
      command: 'nx',
      args: ['run', `${basename(folder)}:typecheck`, '--output-style=static'],
    })),
    ...(!only || only === 'tools' ? [tsc(['tools'], 'tools/test/tsconfig.json')] : []),
  ];
}

/** @param {string} folder @returns {string} everything its types are checked by, whatever it includes */
function settingsOf(folder) {
  const settings = JSON.parse(read(`${folder}/tsconfig.json`));
  return JSON.stringify({ ...settings, include: undefined, extends: resolve(folder, settings.extends) });
}

/** @param {string} folder @returns {boolean} whether there is anything to compile yet */
const sourcesOf = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true }).some((name) => /(?<!\.d)\.ts$/.test(String(name)));

/** @param {string[]} folders of the same settings @returns {Check} templates are checked too where there are some */
function compile(folders) {
  const [first = ''] = folders;
  const config = `${first}/tsconfig.json`;
  const settings = JSON.parse(read(config));
  if (settings.angularCompilerOptions) return { folders, command: 'ngc', args: ['-p', config, '--noEmit'] };
  if (folders.length === 1) return tsc(folders, config);
  const together = {
    ...settings,
    extends: resolve(ROOT, first, settings.extends),
    compilerOptions: { ...settings.compilerOptions, typeRoots: [join(ROOT, 'node_modules/@types')] },
    include: folders.flatMap((folder) =>
      JSON.parse(read(`${folder}/tsconfig.json`)).include.map((/** @type {string} */ one) =>
        join(ROOT, folder, one),
      ),
    ),
  };
  const file = `.nx/types/${basename(first)}-and-others.json`;
  writeFileSync(join(ROOT, file), JSON.stringify(together));
  return tsc(folders, file);
}

/** @param {string[]} folders @param {string} config @returns {Check} */
function tsc(folders, config) {
  const name = folders.length === 1 ? basename(folders[0] ?? '') : basename(config, '.json');
  const kept = ['--incremental', '--tsBuildInfoFile', join(ROOT, '.nx/types', `${name}.tsbuildinfo`)];
  return { folders, command: 'node', args: [TSC, '-p', config, '--noEmit', '--pretty', 'false', ...kept] };
}

mkdirSync(join(ROOT, '.nx/types'), { recursive: true });
const [only] = process.argv.slice(2);
const waiting = checks(only);
const counts = { passed: 0, failed: 0 };

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { code, output } = await attempt(check.command, check.args, { cwd: ROOT });
    const named = check.folders.filter((folder) => output.includes(`${folder}/`));
    // a program that failed without naming a file has checked none of its projects
    const broken = code === 0 ? [] : named.length ? named : check.folders;
    const sound = check.folders.filter((folder) => !broken.includes(folder));
    counts.failed += broken.length;
    counts.passed += sound.length;
    for (const folder of sound) console.log(`✓ ${basename(folder)}`);
    if (broken.length) console.log(`✗ ${broken.map((one) => basename(one)).join(', ')}\n${output.trimEnd()}`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
