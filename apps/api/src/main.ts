import 'reflect-metadata';
import { Logger } from 'nestjs-pino';
import { Config, endWhereUncaught } from '@kvartal/platform';
import { createApi } from './create-api';

const app = await createApi();
endWhereUncaught(app.get(Logger));
if (process.argv.includes('--check')) {
  await app.init();
  await app.close();
  console.log('api: composed');
  process.exit(0);
}
const { port, host } = app.get(Config);
await app.listen(port, host);
