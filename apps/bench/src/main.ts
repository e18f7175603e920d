import 'reflect-metadata';
import { Arguments } from './arguments';

const benchmarks: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  closing: async (given) => (await import('./closing/closing')).benchClosing(given),
  api: async (given) => (await import('./api/api')).benchApi(given),
  web: async (given) => (await import('./web/web')).benchWeb(given),
};

/** What benchmarks run in processes of their own, told by a file. */
const parts: Readonly<Record<string, (file: string) => Promise<void>>> = {
  load: async (file) => (await import('./api/load')).runLoad(file),
  server: async (file) => (await import('./api/server')).runServer(file),
};

const [name = '', ...argv] = process.argv.slice(2);
const bench = benchmarks[name];
const part = parts[name];
if (part) await part(argv[0] ?? '');
else if (bench) await bench(new Arguments(argv));
else {
  console.error(`Say which benchmark: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
process.exit(0);
