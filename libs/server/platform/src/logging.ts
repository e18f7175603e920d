import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoggerService } from '@nestjs/common';
import { LoggerModule, type Params } from 'nestjs-pino';
import { loggedFailure } from './logged-failure';
import { currentRequestId } from './request-id';

type Asked = IncomingMessage & { id?: unknown; originalUrl?: string };

/** Parts of a path that are keys in themselves: links from mails, order numbers, ids of captchas and files. */
const KEYS_IN_PATHS = /\/[\w-]{20,}(?=\/|$)/g;

/** What may stand in a log line of a request: never a query, a body, a cookie, an authorization, an address of a person. */
const inShort = (request: Asked) => ({
  id: request.id,
  method: request.method,
  path: (request.originalUrl ?? request.url)?.split('?')[0]?.replace(KEYS_IN_PATHS, '/…'),
});

const MAIL_ADDRESS = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const PHONE = /\+\d{10,15}/g;

/** The last net, under words that others chose: a mail server's answer names the address it turns away. */
export const withoutAddresses = (line: string): string =>
  line.includes('@') || line.includes('+') ? line.replace(MAIL_ADDRESS, '…@…').replace(PHONE, '+…') : line;

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
    customLogLevel: (_, { statusCode }, failure) =>
      failure || (statusCode >= 500 && statusCode !== 503) ? 'error' : statusCode === 503 ? 'warn' : 'info',
    wrapSerializers: false,
    serializers: {
      req: inShort,
      res: (response: ServerResponse) => ({ status: response.statusCode }),
      err: loggedFailure,
    },
    mixin: () => (currentRequestId() ? { requestId: currentRequestId() } : {}),
    redact: ['*.password', '*.token', '*.secret', '*.email', '*.phone', '*.surname'],
    hooks: { streamWrite: withoutAddresses },
  },
};

/** Structured logs (pino), one line an event, with the request's id. */
export const LoggingModule = LoggerModule.forRoot(options);

/** What nobody caught is logged like everything else, without its values, and ends the process. */
export function endWhereUncaught(logger: LoggerService): void {
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.once(event, (failure: unknown) => {
      logger.fatal?.(failure, 'Process');
      process.exit(1);
    });
}
