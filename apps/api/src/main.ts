import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, urlencoded } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { Config } from '@kvartal/platform';
import { ApiModule } from './api.module';
import { serveWeb } from './web';

const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
  bufferLogs: true,
  bodyParser: false,
});
const config = app.get(Config);
app.useLogger(app.get(Logger));
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');
app.use(
  helmet({
    // the cabinet's own origin only; styles of components are written inline by Angular
    contentSecurityPolicy: {
      directives: {
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'upgrade-insecure-requests': null,
      },
    },
    strictTransportSecurity: config.production,
  }),
);
const small = json({ limit: '100kb' });
const large = json({ limit: '1mb' });
app.use(
  (
    request: Parameters<typeof small>[0],
    response: Parameters<typeof small>[1],
    next: Parameters<typeof small>[2],
  ) => (request.headers.authorization ? large : small)(request, response, next),
);
app.use(urlencoded({ extended: false, limit: '20kb' }));
if (config.webRoot) serveWeb(app, config.webRoot);
app.enableShutdownHooks();

if (process.argv.includes('--check')) {
  await app.init();
  await app.close();
  console.log('api: composed');
  process.exit(0);
}
await app.listen(config.port, config.host);
