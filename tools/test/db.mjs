// Database specs alone, whole or in part: node tools/test/db.mjs [part of a path] [-t NAME] [any flag of Jest]
import { attempt, endCommands } from '../launch/command.mjs';
import { ROOT } from '../launch/place.mjs';
import { jestDb } from './jest.mjs';
import { startTestServices } from './services.mjs';

const services = await startTestServices(console.error);
const end = async (/** @type {number} */ code) => {
  await endCommands();
  await services.stop();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(130));
const { command, args, env } = jestDb(process.argv.slice(2));
const { code } = await attempt(command, args, {
  cwd: ROOT,
  env: { ...process.env, ...env, ...services.env },
  onOutput: (text) => process.stderr.write(text),
});
await end(Number(code) || 0);
