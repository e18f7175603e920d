import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsqr from 'jsqr';
import { month, moneyText } from '@kvartal/domain';
import { NotFound, type Resident, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { type UnderTest, aResident, underTest } from '../testing';
import { BillIssuing } from './bills.issuing';
import { BillsQueries } from './bills.queries';
import { BillsService } from './bills.service';

const OCTOBER = month('2026-10');
const BANK = {
  name: 'АО «Приречный банк»',
  bic: '044525225',
  account: '40702810138250123017',
  correspondent: '30101810400000000225',
};

let at: UnderTest;
let town: Town;
let key: ClosingKey;
let issuing: BillIssuing;
let bills: BillsService;
let resident: Resident;

beforeAll(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  const { organizationId, supplierId, accountIds } = town.first;
  await rows(
    at.owner,
    'update supplier set requisites = $3, tax_id = $4 where organization_id = $1 and id = $2',
    [organizationId, supplierId, BANK, '7707083893'],
  );
  resident = await aResident(at.owner, town.portalId, { organizationId, accountId: accountIds[0] ?? '' });
  issuing = at.module.get(BillIssuing);
  bills = at.module.get(BillsService);
  key = await at.module.get(Closings).start('system', organizationId, OCTOBER);
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '', false);
  await Promise.all([issuing.issueAll(key), issuing.issueAll(key)]);
});
afterAll(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const billOf = async (account: number) => {
  const { organizationId, accountIds } = town.first;
  const bill = await at.module
    .get(BillsQueries)
    .find(organizationId, accountIds[account] ?? '', key.closingId);
  if (!bill) throw new Error('There is no bill');
  return bill;
};

it('issues one bill an account, whoever else is issuing', async () => {
  await issuing.issueAll(key);
  const { organizationId } = town.first;
  const issued = await rows<{ number: string; payBy: string }>(
    at.owner,
    `select number, pay_by::text as "payBy" from bill where organization_id = $1 order by number`,
    [organizationId],
  );
  expect(issued).toEqual([
    { number: '100001-2610', payBy: '2026-11-15' },
    { number: '100002-2610', payBy: '2026-11-15' },
    { number: '100003-2610', payBy: '2026-11-15' },
  ]);
  expect(moneyText((await billOf(0)).total)).toBe('2239.85');
});

it('makes a lot of each line that is owed', async () => {
  const lots = await rows<{ lot: string }>(
    at.owner,
    `select due_on || ' ' || principal as lot from debt_lot where organization_id = $1 and account_id = $2 order by service_id`,
    [town.first.organizationId, town.first.accountIds[0]],
  );
  expect(lots.map(({ lot }) => lot)).toEqual(['2026-11-15 158850', '2026-11-15 39462', '2026-11-15 25673']);
});

it('tells of a bill only whom it concerns: the one account that somebody is linked to', async () => {
  const told = await rows<{ payload: object }>(
    at.owner,
    `select payload from outbox where organization_id = $1 and fact = 'BillIssued'`,
    [town.first.organizationId],
  );
  expect(told).toEqual([
    { payload: { billId: (await billOf(0)).id, accountId: town.first.accountIds[0], month: '2026-10' } },
  ]);
});

it('draws the same bytes twice', async () => {
  const place = { ...key, billId: (await billOf(0)).id, month: OCTOBER };
  const once = await bills.draw(place);
  expect(once.subarray(0, 5).toString()).toBe('%PDF-');
  expect(once.equals(await bills.draw(place))).toBe(true);
});

it('shows a bill to whoever is linked to its account, and to nobody else', async () => {
  const { organizationId } = town.first;
  const file = await bills.open(resident, organizationId, (await billOf(0)).id);
  expect(file.name).toBe('kvitanciya_100001_2026-10.pdf');
  file.content.destroy();
  await expect(bills.open(resident, organizationId, (await billOf(1)).id)).rejects.toThrow(NotFound);
  await expect(bills.open(resident, town.second.organizationId, (await billOf(0)).id)).rejects.toThrow(
    NotFound,
  );
  await expect(bills.open(resident, organizationId, '1e3')).rejects.toThrow(NotFound);
});

it('stays as it was issued: no row of it can be changed', async () => {
  await expect(rows(at.owner, 'update bill set total = 0')).rejects.toMatchObject({ code: 'LG003' });
  await expect(rows(at.owner, 'delete from bill')).rejects.toMatchObject({ code: 'LG003' });
});

/** Poppler's programs: in the folder that POPPLER names, or on the path. */
const poppler = (name: string): string =>
  process.env['POPPLER'] ? join(process.env['POPPLER'], name) : name;
const hasPoppler = spawnSync(poppler('pdftotext'), ['-v']).status === 0;

/** A page of grey bytes (PGM) as the pixels that a reader of codes takes. */
function greyPage(file: Buffer): { data: Uint8ClampedArray; width: number; height: number } {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'));
  const [width, height] = [Number(head?.[1]), Number(head?.[2])];
  const grey = file.subarray(head?.[0].length);
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [at, value] of grey.entries()) data.fill(value, at * 4, at * 4 + 3);
  return { data, width, height };
}

if (hasPoppler) {
  it('prints what was charged and a payment code that reads back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kvartal-bill-'));
    const pdf = join(folder, 'bill.pdf');
    writeFileSync(pdf, await bills.draw({ ...key, billId: (await billOf(0)).id, month: OCTOBER }));
    const text = execFileSync(poppler('pdftotext'), ['-layout', pdf, '-'], { encoding: 'utf8' }).replace(
      /\s+/g,
      ' ',
    );
    for (const printed of [
      'Счёт на оплату за жилое помещение и коммунальные услуги',
      '№ 100001-2610 за октябрь 2026',
      'Оплатить не позднее: 15.11.2026',
      'Иванов Иван Иванович',
      'Приреченск, Садовая, 12, кв. 1',
      '1 588,50',
      '2 239,85',
      'Итого к оплате: 2 239,85 ₽',
      '40702810138250123017',
    ])
      expect(text).toContain(printed);

    execFileSync(poppler('pdftoppm'), ['-gray', '-r', '220', '-singlefile', pdf, join(folder, 'page')]);
    const { data, width, height } = greyPage(readFileSync(join(folder, 'page.pgm')));
    const code = jsqr(data, width, height);
    const stored = await row<{ qr: string }>(
      at.owner,
      'select qr from bill where organization_id = $1 and id = $2',
      [town.first.organizationId, (await billOf(0)).id],
    );
    expect(Buffer.from(code?.binaryData ?? []).toString('utf8')).toBe(stored?.qr);
    expect(stored?.qr).toContain('|Sum=223985|');
  });
}
