// Bundles a process and runs it: node tools/build/run.mjs db calc FILE
import { spawn } from 'node:child_process';
import { buildServer } from './server.mjs';

const [app, ...args] = process.argv.slice(2);
const log = console.log;
console.log = (...words) => console.error(...words); // the last line on stdout belongs to the process itself
await buildServer(app);
console.log = log;
const child = spawn(process.execPath, ['--enable-source-maps', `dist/apps/${app}/main.mjs`, ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
