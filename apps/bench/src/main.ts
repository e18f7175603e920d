import 'reflect-metadata';
import { Arguments } from './arguments';

const benchmarks: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  closing: async (given) => (await import('./closing/closing')).benchClosing(given),
  api: async (given) => (await import('./api/api')).benchApi(given),
  web: async (given) => (await import('./web/web')).benchWeb(given),
};

const [name = '', ...argv] = process.argv.slice(2);
const bench = benchmarks[name];
if (!bench) {
  console.error(`Say which benchmark: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
await bench(new Arguments(argv));
process.exit(0);
