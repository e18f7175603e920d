// Types of a web app's operations, from schema.graphql and the app's *.graphql: node tools/build/codegen.mjs cabinet backoffice
// Writes apps/<app>/src/generated (not committed) and dist/operations/<app>.json, {hash: text}: the only documents
// that the API accepts with a cookie. The app itself sends the hash and never the text.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

const texts = ['Money', 'Quantity', 'Price', 'CivilDate', 'Month', 'DateTime', 'ID'];
const hashAlgorithm = (text) => createHash('sha256').update(text).digest('hex');

/** @param {string} app name of a folder under apps/ */
async function codegen(app) {
  const documents = `apps/${app}/src/**/*.graphql`;
  if (!readdirSync(`apps/${app}/src`, { recursive: true }).some((name) => String(name).endsWith('.graphql'))) {
    console.log(`${app}: no operations yet`);
    return;
  }
  const generated = `apps/${app}/src/generated/`;
  await generate(
    {
      schema: 'schema.graphql',
      documents: [documents],
      silent: true,
      errorsOnly: true,
      generates: {
        [generated]: {
          preset: 'client',
          presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm } },
          documentTransforms: [addTypenameSelectionDocumentTransform],
          config: {
            useTypeImports: true,
            strictScalars: true,
            scalars: Object.fromEntries(texts.map((name) => [name, 'string'])),
          },
        },
      },
    },
    true,
  );
  mkdirSync('dist/operations', { recursive: true });
  copyFileSync(`${generated}persisted-documents.json`, `dist/operations/${app}.json`);
  console.log(`${app}: operations are generated`);
}

for (const app of process.argv.slice(2)) await codegen(app);
