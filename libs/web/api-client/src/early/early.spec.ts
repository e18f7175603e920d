/** @jest-environment node */
import { createServer, type Server } from 'node:http';
import { dataOf } from '../answer';
import { failureOf } from '../failure';
import { document, HASH } from '../testing';
import { Early } from './early';
import { placeOf } from './place';

describe('Early', () => {
  const place = placeOf('cabinet', '/o/zarechny/');
  const asked: unknown[] = [];
  let server: Server;
  let url = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += piece));
      request.on('end', () => {
        asked.push(JSON.parse(body));
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ data: { answer: asked.length } }));
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/graphql`;
  });
  beforeEach(() => void asked.splice(0));
  afterAll(() => new Promise((done) => server.close(done)));

  it('asks by the hash, and gives the answer to whoever asks the same, once', async () => {
    const early = new Early(place, url, () => 0);
    expect(await early.ask(document, { id: '1' })).toEqual({ answer: 1 });
    expect(asked).toEqual([
      {
        operationName: 'Start',
        variables: { id: '1' },
        extensions: { persistedQuery: { version: 1, sha256Hash: HASH } },
      },
    ]);
    const taken = early.take(document, { id: '1' });
    await expect(taken && dataOf(taken)).resolves.toEqual({ answer: 1 });
    expect(early.take(document, { id: '1' })).toBeUndefined();
  });

  it('takes undefined variables for none, as what is sent does', async () => {
    const early = new Early(place, url, () => 0);
    await early.ask(document, { id: '1' });
    expect(early.take(document, { id: '1', text: undefined })).toBeDefined();
  });

  it('has nothing for who asks in other words', async () => {
    const early = new Early(place, url, () => 0);
    await early.ask(document, { id: '2' });
    expect(early.take(document, { id: '1' })).toBeUndefined();
  });

  it('has nothing any more once the page has long been open', async () => {
    let sinceOpened = 0;
    const early = new Early(place, url, () => sinceOpened);
    await early.ask(document, { id: '1' });
    sinceOpened = 15_000;
    expect(early.take(document, { id: '1' })).toBeUndefined();
  });

  it('fails whoever takes the answer to a question that failed', async () => {
    const early = new Early(place, 'http://127.0.0.1:1/graphql', () => 0);
    expect(await early.ask(document, { id: '1' })).toBeUndefined();
    const taken = early.take(document, { id: '1' });
    expect(await (taken && dataOf(taken).then(() => undefined, failureOf))).toMatchObject({
      kind: 'offline',
    });
  });
});
