import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { serveWeb } from './web';

let root: string;
let server: Server;
let url: string;

/** A build of an app, `version` standing in every file of it. */
function build(app: string, version: string): void {
  const folder = join(root, app, 'browser');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<p>${app} ${version}</p>`);
  writeFileSync(join(folder, `main-${version}.js`), `/* ${version} */`);
  const minute = Number(version.at(-1)) * 60;
  utimesSync(join(folder, 'index.html'), minute, minute);
}

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kvartal-web-'));
  const app = express();
  serveWeb(app, root);
  server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterEach(async () => {
  await new Promise((done) => server.close(done));
  rmSync(root, { recursive: true });
});

const ask = async (path: string) => {
  const answer = await fetch(url + path);
  return { status: answer.status, text: await answer.text() };
};

describe('the web apps on the api’s own origin', () => {
  it('are the cabinet at the root and in a portal, the back-office under /s/', async () => {
    build('cabinet', 'aaaaaaa1');
    build('backoffice', 'aaaaaaa1');
    expect((await ask('/o/town/readings')).text).toBe('<p>cabinet aaaaaaa1</p>');
    expect((await ask('/o/town/s/closing')).text).toBe('<p>backoffice aaaaaaa1</p>');
    expect((await fetch(`${url}/main-aaaaaaa1.js`)).headers.get('cache-control')).toMatch(/immutable/);
  });

  it('say so where they are not built, and are there once they are', async () => {
    expect((await ask('/')).status).toBe(503);
    build('cabinet', 'aaaaaaa1');
    expect((await ask('/')).text).toBe('<p>cabinet aaaaaaa1</p>');
  });

  it('are those of the newest build', async () => {
    build('cabinet', 'aaaaaaa1');
    await ask('/');
    build('cabinet', 'bbbbbbb2');
    expect((await ask('/')).text).toBe('<p>cabinet bbbbbbb2</p>');
    expect((await ask('/main-bbbbbbb2.js')).text).toBe('/* bbbbbbb2 */');
  });

  it('lose one answer, and not the process, to a file that a build has just taken away', async () => {
    build('cabinet', 'aaaaaaa1');
    await ask('/');
    rmSync(join(root, 'cabinet/browser/main-aaaaaaa1.js'));
    await expect(ask('/main-aaaaaaa1.js')).rejects.toThrow();
    expect((await ask('/')).status).toBe(200);
  });
});
