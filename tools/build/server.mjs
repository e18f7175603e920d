// Bundles one Node process of the workspace: node tools/build/server.mjs api|worker|db|bench
// esbuild resolves the workspace's own TypeScript; swc transpiles each file first, because esbuild emits no
// decorator metadata. Packages stay outside the bundle.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { transformFile } from '@swc/core';
import { build } from 'esbuild';

const swc = createRequire(import.meta.url)('./swc.cjs');

/** @param {string} app name of a folder under apps/ with src/main.ts */
export async function buildServer(app) {
  const started = performance.now();
  const extra = ['data-source', 'print-schema'].filter((name) => existsSync(`apps/${app}/src/${name}.ts`));
  await bundle(
    Object.fromEntries(['main', ...extra].map((name) => [name, `apps/${app}/src/${name}.ts`])),
    `dist/apps/${app}`,
  );
  console.log(`${app}: bundled in ${Math.round(performance.now() - started)} ms`);
}

/**
 * @param {Record<string, string>} entryPoints
 * @param {string} place folder of the bundle; it is replaced whole, so that nobody ever meets half of one
 */
export async function bundle(entryPoints, place) {
  const outdir = join(dirname(place), `.${basename(place)}-${process.pid}`); // as deep: source maps stay right
  try {
    await build({
      entryPoints,
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      packages: 'external',
      keepNames: true,
      sourcemap: true,
      loader: { '.hbs': 'text', '.sql': 'text', '.ttf': 'binary' },
      tsconfig: 'tsconfig.base.json',
      logLevel: 'warning',
      plugins: [swcPlugin],
    });
    rmSync(place, { recursive: true, force: true });
    renameSync(outdir, place);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** @type {import('esbuild').Plugin} */
const swcPlugin = {
  name: 'swc',
  setup(b) {
    b.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: (await transformFile(path, swc)).code,
      loader: 'js',
    }));
  },
};

if (process.argv[1]?.endsWith('server.mjs')) for (const app of process.argv.slice(2)) await buildServer(app);
