import 'reflect-metadata';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { fileUrl, row, rows } from '@kvartal/platform';
import {
  type Headers,
  type TestApi,
  aColleague,
  aKey,
  aResident,
  addPerson,
  signedIn,
  startApi,
} from './testing/api';

interface Route {
  name: string;
  audiences: readonly string[] | undefined;
  need: string | undefined;
}

/** Whoever may knock at a route, and what each is answered. Every route of the running api stands here, or the spec fails. */
type Answers = Readonly<Record<string, number>>;
const ANYBODY_200: Answers = { nobody: 200, stranger: 200, foreign: 200, reader: 200, key: 200 };
const OF_SOMEBODY: Answers = {
  nobody: 401,
  // a cookie that comes without the header of our apps counts for nothing
  crossSite: 401,
  key: 403,
  stranger: 404,
  homeless: 404,
  foreign: 404,
};
const EXPECTED: Readonly<Record<string, Answers>> = {
  'GET /health/live': ANYBODY_200,
  'GET /health/ready': ANYBODY_200,
  'GET /metrics': ANYBODY_200,
  'GET /dev/clock': ANYBODY_200,
  'POST /dev/clock': { nobody: 201 },
  'GET /dev/captcha/:id': ANYBODY_200,
  // unsigned: as good as forged, whoever sends it
  'ALL /pay/sberbank/callback': { nobody: 403, owner: 403, ivanov: 403, key: 403 },
  'GET /files/bills/:organizationId/:file': { ...OF_SOMEBODY, ivanov: 200, reader: 200, owner: 200 },
  // residents have no business with their neighbours' bills, whoever they are
  'GET /files/bills/:organizationId/houses/:houseId/:monthFile': {
    ...OF_SOMEBODY,
    stranger: 403,
    homeless: 403,
    ivanov: 403,
    reader: 200,
    owner: 200,
  },
  // nor with what is under review
  'GET /files/bills/:organizationId/drafts/:closingId/:accountFile': {
    ...OF_SOMEBODY,
    stranger: 403,
    homeless: 403,
    ivanov: 403,
    reader: 403,
    owner: 200,
  },
  'GET /files/reconciliations/:organizationId/:accountId/:daysFile': {
    ...OF_SOMEBODY,
    ivanov: 200,
    reader: 200,
    owner: 200,
  },
  'GET /files/breakdowns/:organizationId/:accountId/:monthFile': {
    ...OF_SOMEBODY,
    ivanov: 200,
    reader: 200,
    owner: 200,
  },
  'GET /files/attachments/:organizationId/:id': { ...OF_SOMEBODY, reader: 403, ivanov: 200, dispatcher: 200 },
  'POST /files/attachments/:organizationId/:requestId': {
    ...OF_SOMEBODY,
    reader: 403,
    ivanov: 201,
    dispatcher: 201,
  },
};

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL'];

describe('every route', () => {
  let api: TestApi;
  const viewers: Record<string, Headers> = {};
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    api = await startApi();
    const owner = await aColleague(api, 'owner', 'OWNER');
    const ivanov = await aResident(api, 'ivanov');
    await addPerson(api, { login: 'homeless', kind: 'RESIDENT' });
    Object.assign(viewers, {
      nobody: {},
      owner,
      ivanov,
      crossSite: { cookie: ivanov['cookie'] ?? '', 'sec-fetch-site': 'cross-site' },
      stranger: await aResident(api, 'petrova', 1),
      homeless: await signedIn(api, 'homeless', 'cabinet'),
      foreign: await aColleague(api, 'foreign', 'OWNER', api.town.second.organizationId),
      reader: await aColleague(api, 'reader', 'READER'),
      dispatcher: await aColleague(api, 'dispatcher', 'DISPATCHER'),
      key: await aKey(api, owner, ['ACCOUNTS_READ', 'READINGS_WRITE']),
    });
    await furnish();
  }, 120_000);
  afterAll(() => api.close());

  /** A bill and a request with a file, of the first account. */
  async function furnish(): Promise<void> {
    const { organizationId, accountIds, houseId, periodId } = api.town.first;
    const add = async (sql: string, ...more: unknown[]) =>
      (await row<{ id: string }>(api.database.owner, sql, [organizationId, ...more]))?.id ?? '';
    const request = await add(
      `insert into request (organization_id, account_id, house_id, number, category, phone, text, due_at, client_key, created_at)
       values ($1, $2, $3, 1, 'OTHER', '+79121234567', 'т', '2026-12-31', 'k', now()) returning id`,
      accountIds[0],
      houseId,
    );
    const closing = await add(
      `insert into closing (organization_id, period_id, state, knew_at, houses, created_at) values ($1, $2, 'COMPUTING', now(), 1, now()) returning id`,
      periodId,
    );
    const bill = await add(
      `insert into bill (organization_id, account_id, period_id, closing_id, number, issued_on, pay_by, total)
       values ($1, $2, $3, $4, '1', '2026-11-01', '2026-11-10', 100) returning id`,
      accountIds[0],
      periodId,
      closing,
    );
    const { services, supplierId } = api.town.first;
    await rows(api.database.owner, 'select closing_make_preview($1, $2)', [organizationId, closing]);
    await rows(
      api.database.owner,
      `insert into statement_line_${closing} (house_id, account_id, service_id, supplier_id, method, rule_version, quantity, price,
         opening, charged, recalculated, underdelivered, benefit, adjusted, paid, closing)
       values ($1, $2, $3, $4, 'AREA', 1, 0, 0, 0, 100, 0, 0, 0, 0, 0, 100)`,
      [houseId, accountIds[0], services.MAINT, supplierId],
    );
    await api.database.owner.query(`update period set state = 'CLOSING' where id = $1`, [periodId]);
    await api.database.owner.query(`update period set state = 'CLOSED', closing_id = $2 where id = $1`, [
      periodId,
      closing,
    ]);
    const files = { file: `${bill}.pdf`, monthFile: '2026-10.pdf', daysFile: '2026-10-01_2026-10-31.pdf' };
    const accountId = accountIds[0];
    const draft = { closingId: closing, accountFile: `${accountId}.pdf` };
    Object.assign(ids, { organizationId, accountId, houseId, requestId: request, ...draft, ...files });
    const sent = await knock('POST /files/attachments/:organizationId/:requestId', 'ivanov');
    const { attachments }: { attachments: { id: string }[] } = JSON.parse(await sent.text());
    ids['id'] = attachments[0]?.id ?? '';
  }

  /** What the running api serves, from its own controllers. */
  function served(): Route[] {
    const reflector = new Reflector();
    const found: Route[] = [];
    for (const module of api.app.get(ModulesContainer).values())
      for (const { metatype } of module.controllers.values()) {
        if (typeof metatype !== 'function') continue;
        const prefix = String(Reflect.getMetadata(PATH_METADATA, metatype));
        for (const name of new MetadataScanner().getAllMethodNames(metatype.prototype)) {
          const handler = metatype.prototype[name];
          const method: number | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
          if (method === undefined) continue;
          const path = [prefix, String(Reflect.getMetadata(PATH_METADATA, handler))];
          const at = [handler, metatype];
          found.push({
            name: `${METHODS[method]} /${path.flatMap((part) => part.split('/').filter(Boolean)).join('/')}`,
            audiences: reflector.getAllAndOverride<string[] | undefined>('kvartal:audience', at),
            need: reflector.getAllAndOverride<string | undefined>('kvartal:needs', at),
          });
        }
      }
    return found;
  }

  function knock(name: string, viewer: string): Promise<Response> {
    const [method = '', path = ''] = name.split(' ');
    const body = new FormData();
    body.append('file', new Blob([JPEG]), 'a.jpg');
    const isUpload = method === 'POST' && path.startsWith('/files/');
    return fetch(api.url + path.replaceAll(/:(\w+)/g, (_, part: string) => ids[part] ?? '1'), {
      method: method === 'ALL' ? 'POST' : method,
      headers: {
        ...viewers[viewer],
        ...(path === '/dev/clock' ? { 'content-type': 'application/json' } : {}),
      },
      ...(isUpload ? { body } : {}),
      ...(path === '/dev/clock' && method === 'POST' ? { body: '{"now":null}' } : {}),
    });
  }

  it('is known here', () => {
    expect(
      served()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(EXPECTED).sort());
  });

  it('says whom it is for; staff by a permission, in the organisation of its path', () => {
    for (const { name, audiences, need } of served()) {
      expect([name, audiences?.length ?? 0]).not.toEqual([name, 0]);
      if (!audiences?.includes('staff')) continue;
      expect([name, need, name.includes('/:organizationId/')]).toEqual([name, expect.any(String), true]);
    }
  });

  it.each(Object.entries(EXPECTED))('%s answers each as is right', async (name, answers) => {
    const given: Record<string, number> = {};
    for (const viewer of Object.keys(answers)) given[viewer] = (await knock(name, viewer)).status;
    expect(given).toEqual(answers);
  });

  it('opens for staff what their link says is theirs, in a browser that holds both cookies', async () => {
    const { owner, stranger } = viewers;
    const cookie = `${stranger?.['cookie']}; ${owner?.['cookie']}`;
    const ours = { cookie, 'sec-fetch-site': 'same-origin' };
    const bill = `${api.url}/files/bills/${ids['organizationId']}/${ids['file']}`;
    const file = `${api.url}/files/attachments/${ids['organizationId']}/${ids['id']}`;
    for (const url of [bill, file])
      for (const [link, status] of [
        [fileUrl({ kind: 'staff' }, url), 200],
        [fileUrl({ kind: 'resident' }, url), 404],
      ] as const)
        expect([link, (await fetch(link, { headers: ours })).status]).toEqual([link, status]);
  });

  it('tells a file of somebody else from one that is not there by nothing', async () => {
    for (const name of Object.keys(EXPECTED).filter((one) => one.startsWith('GET /files/'))) {
      const theirs = await knock(name, 'stranger');
      const none = await fetch(theirs.url.replace(/\d+(\.pdf)?$/, '999999999$1'), {
        headers: { ...viewers['stranger'] },
      });
      expect([name, none.status, await none.text()]).toEqual([name, theirs.status, await theirs.text()]);
    }
  });

  it('takes no other method, and no path but its own', async () => {
    for (const path of ['/files', '/files/', '/files/../metrics.txt', '/files/bills', '/admin'])
      expect([path, (await fetch(api.url + path)).status]).toEqual([path, 404]);
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await fetch(`${api.url}/files/bills/1/1.pdf`, { method })).status).toBe(404);
  });
});
