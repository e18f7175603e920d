import type { Server } from 'node:http';
import express from 'express';
import { type Viewer, viewerOf } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { SignInService } from '../entry/sign-in.service';
import { KeysService } from '../keys/keys.service';
import { giveCookie } from '../sessions/session-cookie';
import { type AuthUnderTest, PASSWORD, authUnderTest } from '../testing';
import { type App, visitorOf } from './arrival';
import { Identify } from './identify';
import { Viewers } from './viewers.service';

let at: AuthUnderTest;
let town: Town;
let server: Server;
let url: string;
let residentId: string;
let staffId: string;
const BENCH = 'bench-key-of-the-spec';

beforeAll(async () => {
  process.env['BENCH_KEY'] = BENCH;
  at = await authUnderTest();
  town = await aTown(at.owner, 'other-town');
  await at.owner.query(`update portal set host = 'other.example' where slug = 'other-town'`);
  residentId = await at.person('ivanov');
  staffId = await at.person('director', 'STAFF');
  await at.owner.query(
    `insert into membership (organization_id, user_id, role) values ($1, $2, 'DISPATCHER')`,
    [town.first.organizationId, staffId],
  );
  const identify = new Identify(at.module.get(Viewers));
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use((request, response, next) => identify.use(request, response, next));
  app.get('/cookie/:app/:token', (request, response) => {
    const { token } = request.params;
    giveCookie(response, request.params.app === 'cabinet' ? 'cabinet' : 'backoffice', {
      token,
      remembered: 'long' in request.query,
    });
    response.end();
  });
  app.get('/visitor', (request, response) => {
    const { app: door, portal, isBench } = visitorOf(request);
    response.json({ door, slug: portal.slug, isBench });
  });
  app.use((request, response) => void response.json(viewerOf(request)));
  server = app.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  delete process.env['BENCH_KEY'];
  server.close();
  await at.close();
});
afterEach(() => expectBooksBalanced(at.owner));

async function who(headers: Record<string, string>, path = '/'): Promise<Viewer> {
  const response = await fetch(url + path, { headers });
  const viewer: Viewer = JSON.parse(await response.text());
  return viewer;
}
async function cookie(login: string, app: App): Promise<string> {
  const { token } = await at.module
    .get(SignInService)
    .signIn(await at.visitor({ app }), { login, password: PASSWORD, remember: false });
  return `${app === 'cabinet' ? '__Host-resident' : '__Host-staff'}=${token}`;
}

describe('who asks', () => {
  it('is nobody without a cookie, with the address and the browser it came from', async () => {
    expect(await who({ 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Spec/1' })).toMatchObject({
      kind: 'nobody',
      ip: '203.0.113.7',
      userAgent: 'Spec/1',
    });
  });

  it('is a resident or staff by the cookie of the app that sends the request', async () => {
    const both = `${await cookie('ivanov', 'cabinet')}; ${await cookie('director', 'backoffice')}`;
    expect(await who({ cookie: both, 'x-kvartal-app': 'cabinet' })).toMatchObject({
      kind: 'resident',
      userId: residentId,
    });
    expect(await who({ cookie: both, 'x-kvartal-app': 'backoffice' })).toMatchObject({
      kind: 'staff',
      userId: staffId,
      memberships: [
        {
          organizationId: town.first.organizationId,
          role: 'DISPATCHER',
          permissions: ['ACCOUNT_READ', 'REQUEST_WORK'],
        },
      ],
    });
  });

  it('is nobody for a cookie without the header that a foreign page cannot send, or in the other app', async () => {
    const resident = await cookie('ivanov', 'cabinet');
    expect(await who({ cookie: resident })).toMatchObject({ kind: 'nobody' });
    expect(await who({ cookie: resident, 'x-kvartal-app': 'mobile' })).toMatchObject({ kind: 'nobody' });
    expect(await who({ cookie: resident, 'x-kvartal-app': 'backoffice' })).toMatchObject({ kind: 'nobody' });
    const renamed = resident.replace('__Host-resident', '__Host-staff');
    expect(await who({ cookie: renamed, 'x-kvartal-app': 'backoffice' })).toMatchObject({ kind: 'nobody' });
  });

  it('counts a cookie of a link to a file where the browser says that the link was ours', async () => {
    const resident = await cookie('ivanov', 'cabinet');
    const both = `${resident}; ${await cookie('director', 'backoffice')}`;
    const ours = { 'sec-fetch-site': 'same-origin' };
    expect(await who({ cookie: resident, ...ours }, '/files/1')).toMatchObject({ userId: residentId });
    expect(await who({ cookie: both, ...ours }, '/files/1')).toMatchObject({ userId: residentId });
    expect(await who({ cookie: both, ...ours }, '/files/1?as=staff')).toMatchObject({ userId: staffId });
    expect(await who({ cookie: resident, 'sec-fetch-site': 'cross-site' }, '/files/1')).toMatchObject({
      kind: 'nobody',
    });
    expect(await who({ cookie: resident }, '/files/1')).toMatchObject({ kind: 'nobody' });
    expect(await who({ cookie: resident, ...ours }, '/graphql')).toMatchObject({ kind: 'nobody' });
  });

  it('is nobody on another portal', async () => {
    const headers = { cookie: await cookie('ivanov', 'cabinet'), 'x-kvartal-app': 'cabinet' };
    expect(await who({ ...headers, 'x-kvartal-portal': 'town' })).toMatchObject({ kind: 'resident' });
    expect(await who({ ...headers, 'x-kvartal-portal': 'other-town' })).toMatchObject({ kind: 'nobody' });
    expect(await who({ ...headers, 'x-kvartal-portal': 'no-town' })).toMatchObject({ kind: 'nobody' });
  });

  it('is a machine by its key, and nobody by a wrong one, whatever cookie comes with it', async () => {
    const asking = { portalId: town.portalId, ip: '10.0.0.1', userAgent: '', requestId: 'spec' };
    const { secret } = await at.module
      .get(KeysService)
      .create(
        { kind: 'staff', userId: staffId, sessionId: '1', memberships: [], ...asking },
        { organizationId: town.first.organizationId, name: 'spec', scopes: ['ACCOUNTS_READ'] },
      );
    expect(await who({ authorization: `Bearer ${secret}` })).toMatchObject({
      kind: 'key',
      organizationId: town.first.organizationId,
      scopes: ['ACCOUNTS_READ'],
      portalId: town.portalId,
    });
    const wrong = {
      authorization: `Bearer ${secret}x`,
      cookie: await cookie('ivanov', 'cabinet'),
      'x-kvartal-app': 'cabinet',
    };
    expect(await who(wrong)).toMatchObject({ kind: 'nobody' });
    expect(await who({ authorization: `Basic ${secret}` })).toMatchObject({ kind: 'nobody' });
  });
});

describe('where a request came to', () => {
  const visit = async (headers: Record<string, string>) => fetch(`${url}/visitor`, { headers });

  it('is the portal that the header names, else that of the host, else the first', async () => {
    const app = { 'x-kvartal-app': 'cabinet' };
    expect(await (await visit({ ...app, 'x-kvartal-portal': 'other-town' })).json()).toMatchObject({
      slug: 'other-town',
    });
    expect(await (await visit({ ...app, 'x-forwarded-host': 'other.example' })).json()).toMatchObject({
      slug: 'other-town',
    });
    expect(await (await visit(app)).json()).toEqual({ door: 'cabinet', slug: 'town', isBench: false });
  });

  it('is no door without the header of our apps', async () => {
    expect((await visit({})).ok).toBe(false);
    expect((await visit({ 'x-kvartal-app': 'cabinet', 'x-kvartal-portal': 'no-town' })).ok).toBe(false);
  });

  it('is a benchmark by its key only', async () => {
    const app = { 'x-kvartal-app': 'cabinet' };
    expect(await (await visit({ ...app, 'x-kvartal-bench': BENCH })).json()).toMatchObject({ isBench: true });
    expect(await (await visit({ ...app, 'x-kvartal-bench': 'guessed' })).json()).toMatchObject({
      isBench: false,
    });
    expect(await (await visit({ ...app, 'x-kvartal-bench': '' })).json()).toMatchObject({ isBench: false });
  });
});

describe('the cookie', () => {
  it('is out of reach of scripts, other hosts and foreign forms', async () => {
    const given = await fetch(`${url}/cookie/cabinet/abc`);
    expect(given.headers.getSetCookie()).toEqual([
      '__Host-resident=abc; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('is kept for thirty days where the person wants to be remembered', async () => {
    const given = await fetch(`${url}/cookie/backoffice/abc?long`);
    expect(given.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-staff=abc; Max-Age=2592000; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  });
});
