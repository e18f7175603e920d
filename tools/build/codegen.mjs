// Types of a web app's operations, from schema.graphql and the app's *.graphql: node tools/build/codegen.mjs cabinet backoffice
// Writes apps/<app>/src/generated (not committed) and dist/operations/<app>.json, {hash: text}: the only documents
// that the API accepts with a cookie. The app itself sends the hash and never the text.
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** What both apps ask, and fragments of what both show. */
const SHARED = 'libs/web/api-client/src/operations/*.graphql';

const texts = ['Money', 'Quantity', 'Price', 'Ratio', 'CivilDate', 'Month', 'DateTime', 'ID'];
const hashAlgorithm = (text) => createHash('sha256').update(text).digest('hex');

/**
 * The app sends hashes only and its cache reads no selections, so all that a document needs at run time is its kind,
 * its name and its hash: 4 kB instead of 150 in the first load.
 * @param {string} source graphql.ts as generated
 */
const slim = (source) =>
  source
    .replace(/^export const \w+FragmentDoc = .*\n/gm, '')
    .replace(/^(export const \w+ = )(\{.*\})( as unknown as .*)$/gm, (_, before, json, after) => {
      const { __meta__, kind, definitions } = JSON.parse(json);
      const { operation, name } = definitions.find((one) => one.kind === 'OperationDefinition');
      const selectionSet = { kind: 'SelectionSet', selections: [] };
      const short = {
        __meta__,
        kind,
        definitions: [{ kind: 'OperationDefinition', operation, name, selectionSet }],
      };
      return `${before}${JSON.stringify(short)}${after}`;
    });

/** @param {string} app name of a folder under apps/ */
async function codegen(app) {
  const documents = `apps/${app}/src/**/*.graphql`;
  if (
    !readdirSync(`apps/${app}/src`, { recursive: true }).some((name) => String(name).endsWith('.graphql'))
  ) {
    console.log(`${app}: no operations yet`);
    return;
  }
  const generated = `apps/${app}/src/generated/`;
  await generate(
    {
      schema: 'schema.graphql',
      documents: [SHARED, documents],
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
  writeFileSync(`${generated}graphql.ts`, slim(readFileSync(`${generated}graphql.ts`, 'utf8')));
  for (const unused of ['gql.ts', 'index.ts']) rmSync(`${generated}${unused}`, { force: true });
  mkdirSync('dist/operations', { recursive: true });
  copyFileSync(`${generated}persisted-documents.json`, `dist/operations/${app}.json`);
  console.log(`${app}: operations are generated`);
}

for (const app of process.argv.slice(2)) await codegen(app);
