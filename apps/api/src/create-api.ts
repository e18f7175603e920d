import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, type NextFunction, type Request, type Response, urlencoded } from 'express';
import helmet from 'helmet';
import { Logger } from 'nestjs-pino';
import { Admission, Config, timeRequests } from '@kvartal/platform';
import { ApiModule } from './api.module';
import { serveWeb } from './web';

const small = json({ limit: '100kb' });
const large = json({ limit: '1mb' });

/** The api with everything that stands before its routes, not yet listening. */
export async function createApi(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule, {
    bufferLogs: true,
    bodyParser: false,
  });
  const config = app.get(Config);
  app.useLogger(app.get(Logger));
  app.set('trust proxy', config.trustedProxies);
  app.disable('x-powered-by');
  app.use(timeRequests);
  const admission = app.get(Admission);
  app.use(admission.knock);
  app.use(
    helmet({
      contentSecurityPolicy: {
        // styles of components are written inline by Angular
        directives: {
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:', 'blob:'],
          'upgrade-insecure-requests': null,
        },
      },
      strictTransportSecurity: config.production,
    }),
  );
  // a key may send a thousand readings in one body, a browser has no need to
  app.use((request: Request, response: Response, next: NextFunction) =>
    (request.headers.authorization ? large : small)(request, response, next),
  );
  app.use(urlencoded({ extended: false, limit: '20kb' }));
  app.use(admission.enter);
  if (config.webRoot) serveWeb(app, config.webRoot);
  app.enableShutdownHooks();
  return app;
}
