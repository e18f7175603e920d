const { join } = require('node:path');
const { formatFiles, generateFiles } = require('@nx/devkit');
const { namesOf } = require('./names.cjs');

/** Adds apps/<app>/src/app/<name>: routes, the one class that talks to the server, its operations, a page. */
module.exports = async function feature(tree, { name, app }) {
  const root = `apps/${app ?? 'cabinet'}/src/app/${name}`;
  if (tree.exists(root)) throw new Error(`${root} is there already`);
  generateFiles(tree, join(__dirname, 'files', 'feature'), root, namesOf(name));
  await formatFiles(tree);
  console.log(`Now give ${root} its route in app.routes.ts and its strings in the translation files.`);
};
