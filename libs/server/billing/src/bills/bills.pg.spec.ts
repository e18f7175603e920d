import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import jsqr from 'jsqr';
import { month, moneyText } from '@kvartal/domain';
import { NotFound, type Resident, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { type UnderTest, aResident, poppler, savedPdf, textOfPdf, underTest } from '../testing';
import { barcodeBars, barcodeModules } from './bill.code';
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
  await at.module.get(Closings).commit('system', key, digest ?? '', { issue: false });
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

/** The part of the first page where the codes are, as grey bytes (PGM). */
function pageOf(pdf: Buffer): { grey: Uint8Array; width: number; height: number } {
  const path = savedPdf(pdf);
  poppler('pdftoppm', '-gray', '-r', '150', '-y', '400', '-H', '600', '-singlefile', path, path);
  const file = readFileSync(`${path}.pgm`);
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 64).toString('latin1'));
  return { grey: file.subarray(head?.[0].length), width: Number(head?.[1]), height: Number(head?.[2]) };
}

/** So many payment codes of a page: each is painted over once it is read. */
function codesOn({ grey, width, height }: ReturnType<typeof pageOf>, count: number): string[] {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (const [at, value] of grey.entries()) data.fill(value, at * 4, at * 4 + 3);
  const found: string[] = [];
  while (found.length < count) {
    const code = jsqr(data, width, height, { inversionAttempts: 'dontInvert' });
    if (!code) break;
    found.push(Buffer.from(code.binaryData).toString('utf8'));
    const { topLeftCorner: from, bottomRightCorner: to } = code.location;
    for (let y = Math.floor(from.y); y <= to.y; y += 1)
      data.fill(255, (y * width + Math.floor(from.x)) * 4, (y * width + Math.ceil(to.x)) * 4);
  }
  return found;
}

/** What a laser reads across a row of dots: each pair of digits by the widths of its bars and spaces. */
function barcodesOn({ grey, width, height }: ReturnType<typeof pageOf>): Set<string> {
  const pairOf = new Map(
    Array.from({ length: 100 }, (_, pair) => {
      const digits = String(pair).padStart(2, '0');
      const bars = barcodeBars(digits).filter(([at]) => at >= 11 && at < 22);
      return [bars.map(([at, wide]) => `${at - 11}+${wide}`).join(), digits];
    }),
  );
  const found = new Set<string>();
  for (let y = 0; y < height; y += 10) {
    const row = Array.from(grey.subarray(y * width, (y + 1) * width), (value) =>
      value < 128 ? '1' : '0',
    ).join('');
    for (const [run] of row.matchAll(/1(?:1|0(?!0{20}))+/g)) {
      const module = run.length / barcodeModules('0'.repeat(30));
      const symbol = Array.from(
        { length: 15 },
        (_, at) => pairOf.get(barsOf(run, 11 * (at + 1), module)) ?? '??',
      );
      if (run.length > 300 && !symbol.includes('??')) found.add(symbol.join(''));
    }
  }
  return found;
}

/** The bars of a symbol that begins at a module, as offsets and widths. */
function barsOf(run: string, from: number, module: number): string {
  const dark = Array.from({ length: 11 }, (_, at) => run[Math.floor((from + at + 0.5) * module)] ?? '0').join(
    '',
  );
  return [...dark.matchAll(/1+/g)].map((bar) => `${bar.index}+${bar[0].length}`).join();
}

const drawn = async (account: number): Promise<Buffer> =>
  bills.draw({ ...key, billId: (await billOf(account)).id, month: OCTOBER });

it('prints what was charged', async () => {
  const text = textOfPdf(await drawn(0));
  for (const printed of [
    'Счёт на оплату за жилое помещение и коммунальные услуги',
    '№ 100001-2610 за октябрь 2026',
    'действителен до 30.11.2026',
    'Оплатить не позднее: 15.11.2026',
    'Иванов Иван Иванович',
    'Приреченск, Садовая, 12, кв. 1',
    'Общая площадь: 50,00 м²',
    'Проживает: 2',
    '1 588,50',
    '2 239,85',
    'Итого к оплате: 2 239,85 ₽',
    '40702810138250123017',
    'лист 1 из 1',
  ])
    expect(text).toContain(printed);
});

it('prints a payment code for each recipient, and a barcode, that read back', async () => {
  const page = pageOf(await drawn(0));
  const stored = await row<{ qr: string }>(
    at.owner,
    'select qr from bill where organization_id = $1 and id = $2',
    [town.first.organizationId, (await billOf(0)).id],
  );
  const codes = stored?.qr.split('\n') ?? [];
  expect(codesOn(page, codes.length)).toEqual(codes);
  expect(stored?.qr).toContain('|Sum=223985|');
  const payee = town.first.supplierId.padStart(4, '0');
  const [barcode = '', ...others] = barcodesOn(page);
  expect(others).toEqual([]);
  expect(barcode.slice(0, 29)).toBe(`${payee}000000100001${'1026'}000223985`);
});

it('stays as it was printed when facts are corrected later', async () => {
  const before = await drawn(1);
  const { organizationId, accountIds, meterIds } = town.first;
  await inTransaction(at.owner, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    for (const [table, mine] of [
      ['holder', 'account_id = $2'],
      ['fact', `(subject = 'ACCOUNT' and subject_id = $2 or subject = 'METER' and subject_id = $3)`],
    ] as const) {
      await rows(
        tx,
        `update ${table} set known = tstzrange(lower(known), now()) where organization_id = $1 and ${mine}
         and $3::bigint > 0 and upper_inf(known)`,
        [organizationId, accountIds[1], meterIds[1]],
      );
    }
    await rows(
      tx,
      `insert into holder (known, organization_id, account_id, kind, surname, surname_key, valid)
       values (tstzrange(now(), null), $1, $2, 'PERSON', 'Новиков', 'НОВИКОВ', '[2020-01-01,)')`,
      [organizationId, accountIds[1]],
    );
  });
  expect((await drawn(1)).equals(before)).toBe(true);
});

it('gives a house’s bills as one file, flat by flat, and only of its own organisation', async () => {
  const { organizationId, houseId } = town.first;
  const file = await bills.openHouse(organizationId, houseId, OCTOBER);
  expect(file.name).toBe(`kvitancii_${houseId}_2026-10.pdf`);
  const pdf = await buffer(file.content);
  const numbers = [...textOfPdf(pdf).matchAll(/№ (\d+-2610) за октябрь/g)].map(([, number]) => number);
  expect(numbers).toEqual(['100001-2610', '100002-2610', '100003-2610']);
  const again = await bills.openHouse(organizationId, houseId, OCTOBER);
  expect((await buffer(again.content)).equals(pdf)).toBe(true);
  for (const [organization, house, of] of [
    [town.second.organizationId, houseId, OCTOBER],
    [organizationId, town.second.houseId, OCTOBER],
    [organizationId, houseId, month('2026-11')],
  ] as const)
    await expect(bills.openHouse(organization, house, of)).rejects.toThrow(NotFound);
});
