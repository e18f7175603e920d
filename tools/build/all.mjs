// Builds every process and both web apps through nx, which keeps what has not changed.
import { spawnSync } from 'node:child_process';

const done = spawnSync('nx', ['run-many', '-t', 'build', '--output-style=static'], { stdio: 'inherit' });
process.exit(done.status ?? 1);
