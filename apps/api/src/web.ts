import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import sirv from 'sirv';

type Handler = (request: Request, response: Response, next: NextFunction) => void;

const NOT_OURS = /^\/(graphql|files|pay\/sberbank|health|metrics|dev)(\/|$)/;

/**
 * Serves the built web apps from the api's own origin: the cabinet at `/` and `/o/<portal>/`, the back-office at `/s/` and
 * `/o/<portal>/s/`.
 * In production nginx does the same. Unknown paths are pages of the app; hashed files are kept for a year.
 */
export function serveWeb(app: NestExpressApplication, root: string): void {
  const files = (name: string): Handler => {
    const folder = join(root, name, 'browser');
    return existsSync(folder)
      ? sirv(folder, { single: true, brotli: true, gzip: true, etag: true, setHeaders: cacheByName })
      : (_: Request, response: Response) =>
          void response.status(503).type('text').send(`${name} is not built`);
  };
  const cabinet = files('cabinet');
  const backoffice = files('backoffice');
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (NOT_OURS.test(request.path) || !['GET', 'HEAD'].includes(request.method)) return next();
    const asked = request.path;
    request.url = request.url.replace(/^\/o\/[a-z0-9-]+(?=\/|$|\?)/, '') || '/';
    if (request.path === '/s') return response.redirect(301, `${asked}/`);
    if (!request.path.startsWith('/s/')) return cabinet(request, response, next);
    request.url = request.url.slice(2);
    return backoffice(request, response, next);
  });
}

function cacheByName(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  const hashed = /-[\w-]{8}\.[a-z0-9]+$/.test(path);
  response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
