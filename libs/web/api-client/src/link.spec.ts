/** @jest-environment node */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { execute } from '@apollo/client/link';
import { ApolloClient } from '@apollo/client';
import { firstValueFrom } from 'rxjs';
import { failureOf } from './failure';
import { hashOf } from './early/operation';
import { placeOf } from './early/place';
import { persistedLink } from './link';
import { NoCache } from './no-cache';
import { document, HASH } from './testing';

describe('persistedLink', () => {
  let server: Server;
  let url = '';
  let answer: (response: ServerResponse) => void;
  const asked: { headers: IncomingHttpHeaders; body: unknown }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += piece));
      request.on('end', () => {
        asked.push({ headers: request.headers, body: JSON.parse(body) });
        response.setHeader('x-request-id', '7f3a1c22');
        answer(response);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/graphql`;
  });
  afterAll(() => new Promise((done) => server.close(done)));

  const place = placeOf('cabinet', '/o/zarechny/');
  const ask = (to = url) => {
    const link = persistedLink({ place, url: to });
    const client = new ApolloClient({ link, cache: new NoCache() });
    return firstValueFrom(execute(link, { query: document, variables: { id: '1' } }, { client }));
  };
  const withJson = (status: number, body: object) => (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const failure = (to?: string) => ask(to).then(() => undefined, failureOf);

  it('sends the hash and never the text, with our headers', async () => {
    answer = withJson(200, { data: { ok: true } });
    await expect(ask()).resolves.toEqual({ data: { ok: true } });
    const { headers, body } = asked.at(-1) ?? {};
    expect(headers).toMatchObject({ 'x-kvartal-app': 'cabinet', 'x-kvartal-portal': 'zarechny' });
    expect(body).toEqual({
      operationName: 'Start',
      variables: { id: '1' },
      extensions: { persistedQuery: { version: 1, sha256Hash: HASH } },
    });
  });

  it.each([
    ['UNAUTHENTICATED', 'unauthenticated'],
    ['NOT_FOUND', 'not-found'],
    ['FORBIDDEN', 'forbidden'],
    ['INTERNAL', 'internal'],
    ['OVERLOADED', 'busy'],
    ['OPERATION_NOT_KNOWN', 'internal'],
  ])('%s is %s, with the number of the request', async (code, kind) => {
    answer = withJson(200, { data: null, errors: [{ message: code, extensions: { code } }] });
    expect(await failure()).toMatchObject({ kind, requestId: '7f3a1c22' });
  });

  it('takes a page of the proxy for what its status says', async () => {
    answer = (response) =>
      void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    expect(await failure()).toMatchObject({ kind: 'internal' });
    answer = (response) => void response.writeHead(429, { 'content-type': 'text/html' }).end('');
    expect(await failure()).toMatchObject({ kind: 'too-many' });
    answer = (response) => void response.writeHead(503, { 'content-type': 'text/html' }).end('');
    expect(await failure()).toMatchObject({ kind: 'busy' });
  });

  it('knows when there is no connection', async () => {
    expect(await failure('http://127.0.0.1:1/graphql')).toMatchObject({
      kind: 'offline',
      requestId: undefined,
    });
  });
});

it('refuses a document that was not generated', () => {
  expect(() => hashOf({ kind: 'Document' })).toThrow('generate the operations again');
});
