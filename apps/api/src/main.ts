import 'reflect-metadata';
import { Config } from '@kvartal/platform';
import { createApi } from './create-api';

const app = await createApi();
if (process.argv.includes('--check')) {
  await app.init();
  await app.close();
  console.log('api: composed');
  process.exit(0);
}
const { port, host } = app.get(Config);
await app.listen(port, host);
