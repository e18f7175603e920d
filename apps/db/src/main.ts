import 'reflect-metadata';
import { migrate } from './migrate/migrate';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  migrate: () => migrate(),
  // calc
  '--check': async () => {
    console.log('db: composed');
    return 0;
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Say what to do: ${Object.keys(commands).join(', ')}`);
  process.exitCode = 2;
} else {
  process.exitCode = await command(args);
}
