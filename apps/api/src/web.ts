import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { NextFunction, Request, Response } from 'express';
import sirv from 'sirv';

type Handler = (request: Request, response: Response, next: NextFunction) => void;

const NOT_OURS = /^\/(graphql|files|pay\/sberbank|health|metrics|dev)(\/|$)/;

/**
 * Serves the built web apps from the api's own origin: the cabinet at `/` and `/o/<portal>/`, the back-office at `/s/` and
 * `/o/<portal>/s/`.
 * In production nginx does the same. Unknown paths are pages of the app; hashed files are kept for a year.
 */
export function serveWeb(app: { use(handler: Handler): unknown }, root: string): void {
  const cabinet = filesOf(root, 'cabinet');
  const backoffice = filesOf(root, 'backoffice');
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

/** The files of one app, listed anew after each build: it may be built while we run. */
function filesOf(root: string, name: string): Handler {
  const folder = join(root, name, 'browser');
  let listed: { at: number; serve: Handler } | undefined;
  return (request, response, next) => {
    const at = statSync(join(folder, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
    if (at === undefined) return void response.status(503).type('text').send(`${name} is not built`);
    if (listed?.at !== at) listed = { at, serve: list(folder) };
    // a build that has just begun takes files away that are listed still: that answer is cut off, nothing else ends
    response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
    listed.serve(request, response, next);
  };
}

const list = (folder: string): Handler =>
  sirv(folder, { single: true, brotli: true, gzip: true, etag: true, setHeaders: cacheByName });

function cacheByName(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  const hashed = /-[\w-]{8}\.[a-z0-9]+$/.test(path);
  response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
