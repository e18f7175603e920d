import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import type { INestApplication } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AudienceGuard, FileStore, type Viewer, row, rows, setViewer } from '@kvartal/platform';
import { type Town, type UnderTest, aTown, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { LARGEST_FILE, allowedKindOf } from './attachment.kinds';
import { RequestDetails } from './request.details';
import { RequestsApi } from './requests.module';
import { ResidentRequests } from './resident-requests.service';
import { aDispatcher, aNeighbour, aRequestInput } from './testing';

/** The smallest things that are what they are called. */
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
const PNG = Buffer.from(
  '89504e470d0a1a0a0000000d4948445200000001000000010806000000' +
    '1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082',
  'hex',
);
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const ZIP = Buffer.from('504b0506000000000000000000000000000000000000', 'hex');
const HTML = Buffer.from('<!doctype html><html><script>alert(1)</script></html>');
const SVG = Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);

type Files = readonly (readonly [name: string, content: Buffer])[];
interface Reply {
  status: number;
  codes: string[];
  attachments: { id: string; name: string; mediaType: string; url: string }[];
}

describe('files of a request', () => {
  let test: UnderTest;
  let town: Town;
  let app: INestApplication;
  let base: string;
  const viewers: Record<string, Viewer> = {};

  beforeAll(async () => {
    test = await underTest(RequestsApi);
    town = await aTown(test.owner);
    const { organizationId } = town.first;
    const ivanov = await aNeighbour(test.owner, town, 'ivanov', 0);
    Object.assign(viewers, {
      ivanov,
      petrova: await aNeighbour(test.owner, town, 'petrova', 1),
      master: await aDispatcher(test.owner, town, { login: 'master', organizationId }),
      foreign: await aDispatcher(test.owner, town, {
        login: 'foreign',
        organizationId: town.second.organizationId,
      }),
      nobody: { ...ivanov, kind: 'nobody' },
    });
    const reader = await aDispatcher(test.owner, town, { login: 'reader', organizationId, role: 'READER' });
    viewers['reader'] = {
      ...reader,
      memberships: [{ organizationId, role: 'READER', permissions: ['ACCOUNT_READ'] }],
    };
    app = test.module.createNestApplication();
    app.use((request: { headers: Record<string, string> }, _: unknown, next: () => void) => {
      const viewer = viewers[request.headers['x-spec'] ?? ''];
      if (viewer) setViewer(request, viewer);
      next();
    });
    app.useGlobalGuards(new AudienceGuard(new Reflector()));
    await app.listen(0, '127.0.0.1');
    const address: AddressInfo = app.getHttpServer().address();
    base = `http://127.0.0.1:${address.port}`;
  }, 60_000);
  afterEach(() => expectBooksBalanced(test.owner));
  afterAll(async () => {
    await app.close();
    await test.close();
  });

  const aRequest = async (): Promise<string> => {
    const viewer = viewers['ivanov'];
    if (viewer?.kind !== 'resident') throw new Error('Nobody to ask');
    return (await test.module.get(ResidentRequests).create(viewer, aRequestInput(town))).id;
  };

  async function send(who: string, requestId: string, files: Files): Promise<Reply> {
    const body = new FormData();
    for (const [name, content] of files)
      body.append('file', new Blob([new Uint8Array(content)], { type: 'image/jpeg' }), name);
    const url = `${base}/files/attachments/${town.first.organizationId}/${requestId}`;
    const response = await fetch(url, { method: 'POST', body, headers: { 'x-spec': who } });
    const answer: { refusals?: { code: string }[]; attachments?: Reply['attachments'] } = JSON.parse(
      await response.text(),
    );
    return {
      status: response.status,
      codes: (answer.refusals ?? []).map(({ code }) => code),
      attachments: answer.attachments ?? [],
    };
  }
  const get = (who: string, url: string) => fetch(`${base}${url}`, { headers: { 'x-spec': who } });
  const countOf = async (requestId: string) =>
    (await rows(test.owner, 'select from attachment where request_id = $1', [requestId])).length;

  it('takes pictures, PDF and archives, and gives them back only to be saved', async () => {
    const id = await aRequest();
    const sent = await send('ivanov', id, [
      ['кран на кухне.jpg', JPEG],
      ['план.png', PNG],
      ['акт.pdf', PDF],
      ['всё.zip', ZIP],
    ]);
    expect(sent.status).toBe(201);
    expect(sent.attachments.map(({ mediaType }) => mediaType)).toEqual([
      'image/jpeg',
      'image/png',
      'application/pdf',
      'application/zip',
    ]);
    const back = await get('ivanov', sent.attachments[0]?.url ?? '');
    expect(Buffer.from(await back.arrayBuffer())).toEqual(JPEG);
    expect(Object.fromEntries(back.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(JPEG.length),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('кран на кухне.jpg')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    const key = { organizationId: town.first.organizationId, id };
    const details = test.module.get(RequestDetails);
    expect((await details.listAttachments(key)).map(({ name }) => name)).toEqual(
      sent.attachments.map(({ name }) => name),
    );
    expect((await details.listEvents(key)).at(-1)).toMatchObject({ kind: 'ATTACHED', byStaff: false });
  });

  it.each([
    ['HTML that calls itself a picture', 'photo.jpg', HTML],
    ['SVG', 'plan.svg', SVG],
    ['SVG that calls itself a picture', 'plan.png', SVG],
    ['a program', 'setup.pdf', EXE],
    ['plain text', 'readme.txt', Buffer.from('привет')],
    ['nothing', 'empty.jpg', Buffer.alloc(0)],
  ])('refuses %s, and with it whatever came along', async (_, name, content) => {
    const id = await aRequest();
    expect(
      await send('ivanov', id, [
        ['good.jpg', JPEG],
        [name, content],
      ]),
    ).toMatchObject({
      status: 422,
      codes: ['FILE_KIND'],
    });
    expect(await countOf(id)).toBe(0);
  });

  it.each([
    ['a picture with a page behind it', 'photo.html', Buffer.concat([JPEG, HTML])],
    ['a document with a page behind it', 'doc.svg', Buffer.concat([PDF, HTML])],
    ['an archive with a page before its end', 'page.htm', Buffer.concat([ZIP, HTML])],
  ])(
    'gives %s back as what it begins as, to be saved, with nothing in it to run',
    async (_, name, content) => {
      const sent = await send('ivanov', await aRequest(), [[name, content]]);
      expect(sent.status).toBe(201);
      const { headers } = await get('ivanov', sent.attachments[0]?.url ?? '');
      expect(headers.get('content-type')).toMatch(/^(image\/jpeg|application\/(pdf|zip))$/);
      expect(headers.get('content-disposition')).toMatch(
        /^attachment; filename\*=UTF-8''[\w.%-]+\.(jpg|pdf|zip)$/,
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    },
  );

  it('looks into an archive no further than it takes to name it', async () => {
    const packed = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
    const name = Buffer.from('[Content_Types].xml');
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(200 * 1024 * 1024, 22);
    head.writeUInt16LE(name.length, 26);
    const before = process.memoryUsage().rss;
    const bomb = Buffer.concat([head, name, packed]);
    expect(await allowedKindOf(bomb)).toBe('application/zip');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('names a file by its content', async () => {
    const sent = await send('ivanov', await aRequest(), [
      ['page.html', JPEG],
      ['../../etc/passwd', PNG],
      ['photo\u202Egnp.JPG', JPEG],
      ['.pdf', PDF],
    ]);
    expect(sent.attachments.map(({ name }) => name)).toEqual([
      'page.html.jpg',
      'passwd.png',
      'photognp.jpg',
      'файл.pdf',
    ]);
  });

  it('refuses what is too big, too many or nothing at all', async () => {
    const id = await aRequest();
    const big = Buffer.concat([JPEG, Buffer.alloc(LARGEST_FILE)]);
    expect(await send('ivanov', id, [['big.jpg', big]])).toMatchObject({
      status: 422,
      codes: ['FILE_TOO_BIG'],
    });
    const eleven = Array.from({ length: 11 }, (__, at) => [`${at}.jpg`, JPEG] as const);
    expect(await send('ivanov', id, eleven)).toMatchObject({ status: 422, codes: ['TOO_MANY_FILES'] });
    expect(await send('ivanov', id, [])).toMatchObject({ status: 422, codes: ['REQUIRED'] });
    expect(await countOf(id)).toBe(0);
  });

  it('keeps to ten files a request when uploads come at once', async () => {
    const id = await aRequest();
    const six = Array.from({ length: 6 }, (__, at) => [`${at}.jpg`, JPEG] as const);
    const both = await Promise.all([send('ivanov', id, six), send('master', id, six)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await countOf(id)).toBe(6);
  });

  it('is closed to other residents, other organisations, staff without the right, and nobody', async () => {
    const id = await aRequest();
    const url = (await send('ivanov', id, [['a.jpg', JPEG]])).attachments[0]?.url ?? '';
    for (const [who, status] of Object.entries({ petrova: 404, foreign: 404, reader: 403, nobody: 401 })) {
      expect((await get(who, url)).status).toBe(status);
      expect((await send(who, id, [['b.jpg', JPEG]])).status).toBe(status);
    }
    expect((await get('master', url)).status).toBe(200);
    for (const none of ['0', 'x', '999999999'])
      expect((await get('ivanov', `/files/attachments/${town.first.organizationId}/${none}`)).status).toBe(
        404,
      );
    expect(
      (await get('foreign', url.replace(/attachments\/\d+/, `attachments/${town.second.organizationId}`)))
        .status,
    ).toBe(404);
    expect(await countOf(id)).toBe(1);
  });

  it('is closed to a resident from the moment the link to the account ends', async () => {
    const id = await aRequest();
    const url = (await send('ivanov', id, [['a.jpg', JPEG]])).attachments[0]?.url ?? '';
    await rows(test.owner, `update account_link set ended_at = now() where account_id = $1`, [
      town.first.accountIds[0],
    ]);
    expect((await get('ivanov', url)).status).toBe(404);
    await rows(test.owner, `update account_link set ended_at = null where account_id = $1`, [
      town.first.accountIds[0],
    ]);
    expect((await get('ivanov', url)).status).toBe(200);
  });

  it('takes nothing for a request that is over', async () => {
    const id = await aRequest();
    await row(test.owner, `update request set state = 'CLOSED', closed_at = now() where id = $1`, [id]);
    expect(await send('ivanov', id, [['a.jpg', JPEG]])).toMatchObject({
      status: 422,
      codes: ['REQUEST_STATE'],
    });
  });

  it('says that a file is not there when its store has lost it', async () => {
    const id = await aRequest();
    const sent = (await send('ivanov', id, [['a.jpg', JPEG]])).attachments[0];
    await test.module.get(FileStore).remove(`attachments/${town.first.organizationId}/${sent?.id}`);
    expect((await get('ivanov', sent?.url ?? '')).status).toBe(404);
  });
});
