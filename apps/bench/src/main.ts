import 'reflect-metadata';
import { Arguments } from './arguments';

const benchmarks: Readonly<Record<string, (given: Arguments) => Promise<void>>> = {
  closing: async (given) => (await import('./closing/closing')).benchClosing(given),
};

const [name = '', ...argv] = process.argv.slice(2);
const bench = benchmarks[name];
if (bench) await bench(new Arguments(argv));
else {
  console.error(`Say which benchmark: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}
process.exit(0);
