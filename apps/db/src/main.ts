import 'reflect-metadata';
import { parseArgs } from 'node:util';

/** `--accounts 1000 --seed 7`, both optional. */
async function demo(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { accounts: { type: 'string' }, seed: { type: 'string' } },
    allowPositionals: true,
  });
  const { runDemo } = await import('./demo/run-demo');
  const { DEMO_TOWN } = await import('./demo/demo');
  const signInsFile = process.env['DATA_DIR'] && `${process.env['DATA_DIR']}/sign-ins.json`;
  return runDemo({
    accounts: Number(values.accounts ?? DEMO_TOWN.accounts),
    seed: Number(values.seed ?? DEMO_TOWN.seed),
    ...(signInsFile ? { signInsFile } : {}),
  });
}

const commands: Record<string, (args: string[]) => Promise<number>> = {
  migrate: async () => (await import('./migrate/migrate')).migrate(),
  seed: demo,
  demo,
  calc: async ([file = '']) => (await import('./calc/calc')).runCalc(file),
  '--check': async () => {
    await Promise.all([import('./migrate/migrate'), import('./demo/run-demo'), import('./calc/calc')]);
    console.log('db: composed');
    return 0;
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Say what to do: ${Object.keys(commands).join(', ')}`);
  process.exit(2);
}
process.exit(await command(args));
