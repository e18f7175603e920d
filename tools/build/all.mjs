// Builds processes and web apps through nx, which keeps what has not changed: all, or those named.
// node tools/build/all.mjs [PROJECT…]
import { spawnSync } from 'node:child_process';

const named = process.argv.slice(2);
const only = named.length ? ['-p', named.join(',')] : [];
const done = spawnSync('nx', ['run-many', '-t', 'build', 'finish', ...only, '--output-style=static'], {
  stdio: 'inherit',
});
process.exit(done.status ?? 1);
