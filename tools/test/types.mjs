// Types of every project: node tools/test/types.mjs [name of a project]. Results are kept under .nx/types.
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attempt } from '../launch/command.mjs';
import { ROOT } from '../launch/place.mjs';

const AT_ONCE = 2;
const FOLDERS = ['apps', 'libs', 'libs/server', 'libs/web', 'tools'];

/** @typedef {{ name: string, command: string, args: string[] }} Check */

/** @param {string} file */
const read = (file) => readFileSync(join(ROOT, file), 'utf8');

/** @returns {Check[]} one a project; those that have a target of their own are checked by it */
function checks() {
  const projects = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`),
  ).filter(
    (folder) =>
      existsSync(join(ROOT, folder, 'project.json')) && existsSync(join(ROOT, folder, 'tsconfig.json')),
  );
  const own = projects.filter((folder) => JSON.parse(read(`${folder}/project.json`)).targets?.typecheck);
  const plain = projects.filter((folder) => !own.includes(folder) && sourcesOf(folder));
  return [
    ...own.map((folder) => ({
      name: basename(folder),
      command: 'nx',
      args: ['run', `${basename(folder)}:typecheck`, '--output-style=static'],
    })),
    ...plain.map((folder) => compile(basename(folder), `${folder}/tsconfig.json`)),
    compile('tools', 'tools/test/tsconfig.json'),
  ];
}

/** @param {string} folder @returns {boolean} whether there is anything to compile yet */
const sourcesOf = (folder) =>
  readdirSync(join(ROOT, folder), { recursive: true }).some((name) => /(?<!\.d)\.ts$/.test(String(name)));

/** @param {string} name @param {string} config @returns {Check} templates are checked too where there are some */
function compile(name, config) {
  if (read(config).includes('angularCompilerOptions'))
    return { name, command: 'ngc', args: ['-p', config, '--noEmit'] };
  const kept = ['--incremental', '--tsBuildInfoFile', join(ROOT, '.nx/types', `${name}.tsbuildinfo`)];
  return { name, command: 'tsc', args: ['-p', config, '--noEmit', '--pretty', 'false', ...kept] };
}

mkdirSync(join(ROOT, '.nx/types'), { recursive: true });
const [only] = process.argv.slice(2);
const waiting = checks().filter(({ name }) => !only || name === only);
const counts = { passed: 0, failed: 0 };

async function work() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const { code, output } = await attempt(check.command, check.args, { cwd: ROOT });
    counts[code === 0 ? 'passed' : 'failed']++;
    console.log(code === 0 ? `✓ ${check.name}` : `✗ ${check.name}\n${output.trimEnd()}`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
