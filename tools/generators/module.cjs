const { join } = require('node:path');
const { formatFiles, generateFiles, updateJson } = require('@nx/devkit');
const { namesOf } = require('./names.cjs');

/** Adds libs/server/<name> with its three Nest modules, one subject, and a database spec; names it in the paths. */
module.exports = async function module(tree, { name }) {
  const root = `libs/server/${name}`;
  if (tree.exists(root)) throw new Error(`${root} is there already`);
  generateFiles(tree, join(__dirname, 'files', 'module'), root, namesOf(name));
  updateJson(tree, 'tsconfig.base.json', (json) => {
    json.compilerOptions.paths[`@kvartal/${name}`] = [`./${root}/src/index.ts`];
    return json;
  });
  await formatFiles(tree);
  console.log(
    `Now give module:${name} its row in tools/boundaries/table.mjs and its place in apps/api and apps/worker.`,
  );
};
