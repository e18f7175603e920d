// The domain's specs as one script, which is evaluated anew for each mutant: nothing that a mutant left in a module's
// memory reaches the next one, and no runner is started a thousand times.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { build } from 'esbuild';
import { expect } from 'expect';
import fc from 'fast-check';

/**
 * @typedef {{ id: string, file: string, run: () => unknown }} Spec
 */

const SOURCES = 'libs/domain/src';
/** Lives of houses take minutes; their laws are tried by `npm test` and `npm run test:long`. */
const TOO_LONG = 'simulation.property.spec.ts';
const require = createRequire(import.meta.url);

// Few tries, always the same ones, and no search for the smallest example: a mutant dies of any.
process.env['PROPERTY_RUNS'] = '10';
fc.configureGlobal({ seed: 1, endOnFailure: true });

/**
 * Reads the specs of the domain below a folder. What comes back gives them anew each time it is called, examples before
 * laws; of all files, or of those of the specs named.
 *
 * @param {string} root
 * @returns {Promise<(ids?: ReadonlySet<string>) => Spec[]>}
 */
export async function domainSpecs(root) {
  const files = globSync('**/*.spec.ts', { cwd: join(root, SOURCES) })
    .filter((file) => file !== TOO_LONG)
    .sort((one, other) => Number(isLaw(one)) - Number(isLaw(other)) || one.localeCompare(other))
    .map((file) => ({ file, name: `${file} ${versionOf(join(root, SOURCES, file))}` }));
  const script = new Script(await bundled(root, files), { filename: join(root, 'specs.cjs') });
  return (ids) => {
    const asked = files.filter(({ name }) => !ids || [...ids].some((id) => id.startsWith(name)));
    return collected(script, new Set(asked.map(({ file }) => file)));
  };
}

const isLaw = (/** @type {string} */ file) => file.includes('.property.');

/** A changed spec is a new one: what it killed, and what it let live, is tried again. */
const versionOf = (/** @type {string} */ path) =>
  createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 8);

/**
 * @param {string} root
 * @param {{ file: string, name: string }[]} files
 */
async function bundled(root, files) {
  const { outputFiles } = await build({
    stdin: {
      contents: files
        .map(
          ({ file, name }) =>
            `file(${JSON.stringify(file)}, ${JSON.stringify(name)}, () => require('./${file}'));`,
        )
        .join('\n'),
      resolveDir: join(root, SOURCES),
    },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    packages: 'external',
    tsconfigRaw: {},
    plugins: [{ name: 'own-folder', setup: ownFolder }],
  });
  return `(function (require, file, describe, it, expect) {${outputFiles[0]?.text}\n})`;
}

/** A spec may read a file beside it: in one script each keeps the folder it stands in. */
function ownFolder(/** @type {import('esbuild').PluginBuild} */ { onLoad }) {
  onLoad({ filter: /\.spec\.ts$/ }, ({ path }) => ({
    contents: `const __dirname = ${JSON.stringify(dirname(path))};${readFileSync(path, 'utf8')}`,
    loader: 'ts',
  }));
}

/** The same for each row of a table, named by its place. */
const forEach =
  (/** @type {(name: string, run: () => unknown) => void} */ define) =>
  (/** @type {readonly unknown[]} */ table) =>
  (/** @type {string} */ name, /** @type {(...row: unknown[]) => unknown} */ run) => {
    for (const [place, row] of table.entries())
      define(`${name} (${place})`, () => run(...(Array.isArray(row) ? row : [row])));
  };

/**
 * @param {Script} script
 * @param {ReadonlySet<string>} files
 * @returns {Spec[]}
 */
function collected(script, files) {
  /** @type {Spec[]} */
  const specs = [];
  /** @type {string[]} */
  let path = [];
  let current = '';
  const describe = (/** @type {string} */ name, /** @type {() => void} */ define) => {
    path = [...path, name];
    define();
    path = path.slice(0, -1);
  };
  const it = (/** @type {string} */ name, /** @type {() => unknown} */ run) =>
    specs.push({ id: [...path, name].join(' '), file: current, run });
  it.each = forEach(it);
  describe.each = forEach(describe);
  const file = (/** @type {string} */ own, /** @type {string} */ name, /** @type {() => void} */ define) => {
    current = own;
    if (files.has(own)) describe(name, define);
  };
  script.runInThisContext()(require, file, describe, it, expect);
  return specs;
}
