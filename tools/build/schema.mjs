// Writes schema.graphql from the resolvers; with --check only says whether the committed one has drifted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildServer } from './server.mjs';

await buildServer('api');
const printed = join(mkdtempSync(join(tmpdir(), 'schema-')), 'schema.graphql');
const made = spawnSync(process.execPath, ['dist/apps/api/print-schema.mjs', printed], { stdio: 'inherit' });
if (made.status !== 0) process.exit(made.status ?? 1);
const now = readFileSync(printed, 'utf8');
if (!process.argv.includes('--check')) {
  writeFileSync('schema.graphql', now);
  console.log('schema.graphql is written');
} else if (now !== readFileSync('schema.graphql', 'utf8')) {
  console.error('schema.graphql has drifted from the resolvers: run npm run schema and read the difference');
  process.exit(1);
} else console.log('schema.graphql is what the resolvers say');
