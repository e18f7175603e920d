import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule, type Params } from 'nestjs-pino';
import { currentRequestId } from './request-id';

/** What may stand in a log line of a request: never a body, a cookie, an authorization, an address of a person. */
const inShort = (request: IncomingMessage & { id?: unknown }) => ({
  id: request.id,
  method: request.method,
  path: request.url?.split('?')[0]?.replace(/\/(confirm|reset|recover)\/[^/]+/, '/$1/…'),
});

const options: Params = {
  pinoHttp: {
    level: process.env['LOG_LEVEL'] ?? 'info',
    genReqId: (request: IncomingMessage, response: ServerResponse) => {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
      response.setHeader('x-request-id', id);
      return id;
    },
    autoLogging: { ignore: (request: IncomingMessage) => /^\/(health|metrics)/.test(request.url ?? '') },
    serializers: { req: inShort, res: (response: ServerResponse) => ({ status: response.statusCode }) },
    mixin: () => (currentRequestId() ? { requestId: currentRequestId() } : {}),
    redact: ['*.password', '*.token', '*.secret', '*.email', '*.phone', '*.surname'],
  },
};

/** Structured logs (pino), one line an event, with the request's id. */
export const LoggingModule = LoggerModule.forRoot(options);
