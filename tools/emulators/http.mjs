// The little of HTTP that the emulators need.
import { createServer } from 'node:http';

const LIMIT = 1 << 20;

/**
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} path
 * @property {URLSearchParams} query
 * @property {() => URLSearchParams} form of the query and the body together; the body wins
 * @property {() => Record<string, unknown>} json
 * @property {string} ip
 * @property {import('node:net').Socket} socket
 *
 * @typedef {{ status?: number, type?: string, body?: string, headers?: Record<string, string>, cut?: boolean }} Answer
 * `cut`: the connection is broken off without a word
 */

/** @param {unknown} value @param {number} [status] @returns {Answer} */
export const json = (value, status = 200) => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});

/** @param {string} body @param {number} [status] @returns {Answer} */
export const html = (body, status = 200) => ({ status, type: 'text/html; charset=utf-8', body });

/** @param {string} to @returns {Answer} */
export const redirect = (to) => ({ status: 302, headers: { location: to } });

/** A refusal that the JSON interface answers with 400. */
export class BadRequest extends Error {}

/**
 * Listens on the loopback address and answers by the handler; stops on SIGINT and SIGTERM.
 * @param {number} port
 * @param {(asked: Asked) => Promise<Answer | undefined> | Answer | undefined} handler nothing means not found
 * @returns {Promise<number>} the port
 */
export async function serve(port, handler) {
  const server = createServer((request, response) => {
    void answer(request, handler).then(({ status = 200, type, body = '', headers, cut }) => {
      if (cut) return request.socket.destroy();
      response.writeHead(status, {
        'cache-control': 'no-store',
        ...(type ? { 'content-type': type } : {}),
        ...headers,
      });
      response.end(request.method === 'HEAD' ? '' : body);
    });
  });
  await new Promise((done, refuse) => {
    server.once('error', refuse);
    server.listen(port, '127.0.0.1', () => done(undefined));
  });
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  const address = server.address();
  return address && typeof address === 'object' ? address.port : port;
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {(asked: Asked) => Promise<Answer | undefined> | Answer | undefined} handler
 * @returns {Promise<Answer>}
 */
async function answer(request, handler) {
  try {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const body = await read(request);
    const asked = {
      method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
      path: url.pathname,
      query: url.searchParams,
      form: () => new URLSearchParams([...new URLSearchParams(body), ...url.searchParams]),
      json: () => parse(body),
      ip: request.socket.remoteAddress ?? '',
      socket: request.socket,
    };
    return (await handler(asked)) ?? json({ error: 'not found' }, 404);
  } catch (error) {
    if (error instanceof BadRequest) return json({ error: error.message }, 400);
    console.error(error);
    return json({ error: 'internal' }, 500);
  }
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string>} */
async function read(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > LIMIT) throw new BadRequest('the body is larger than 1 MB');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** @param {string} body @returns {Record<string, unknown>} */
function parse(body) {
  try {
    const value = JSON.parse(body || '{}');
    if (value && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {
    // said below
  }
  throw new BadRequest('a JSON object is expected');
}
