import 'reflect-metadata';
import { Arguments } from './arguments';

interface Benchmark {
  usage: string;
  run(given: Arguments): Promise<void>;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  closing: {
    usage:
      'closing [--accounts 100000] [--services 10] [--workers 2] [--rules all|simple] [--of 100000] [--past whole|recent] [--fresh]: a month closed, against COPY of its lines',
    run: async (given) => (await import('./closing/closing')).benchClosing(given),
  },
  api: {
    usage:
      'api --query home|submit [--concurrency 64] [--during-closing]: the hot operations, against bare http and pg, or against themselves while a month is closed',
    run: async (given) => (await import('./api/api')).benchApi(given),
  },
  documents: {
    usage: 'documents [--bills 1000]: bills drawn, against pdfmake drawing the same ones',
    run: async (given) => (await import('./documents/documents')).benchDocuments(given),
  },
  overload: {
    usage:
      'overload [--seconds 60] [--times 10]: more than the api can answer; nothing may be lost, doubled or broken',
    run: async (given) => (await import('./overload/overload')).benchOverload(given),
  },
  web: {
    usage: 'web --app cabinet|backoffice: the first load over a slow network, against a static page',
    run: async (given) => (await import('./web/web')).benchWeb(given),
  },
};

/** What benchmarks run in processes of their own, told by a file. */
const parts: Readonly<Record<string, (file: string) => Promise<void>>> = {
  load: async (file) => (await import('./api/load')).runLoad(file),
  flood: async (file) => (await import('./overload/flood')).runFlood(file),
  server: async (file) => (await import('./api/server')).runServer(file),
};

const [name, ...argv] = process.argv.slice(2);
const bench = name === undefined ? undefined : benchmarks[name];
const part = name === undefined ? undefined : parts[name];
if (part) await part(argv[0] ?? '');
else if (bench) await bench.run(new Arguments(argv));
else {
  console.log('npm run bench -- NAME, every one with [--runs N]; the last line is one JSON object:');
  for (const { usage } of Object.values(benchmarks)) console.log(`  ${usage}`);
  process.exit(name === undefined ? 0 : 2);
}
process.exit(0);
