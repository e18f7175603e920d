import { type Money, civilDate, money, month, moneyText, sum } from '@kvartal/domain';
import { Clock, NotFound, type Resident, type Staff, inTransaction, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from '../closing/closing.computing';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { BillingLedger, type NewMovement } from '../ledger';
import { StatementsQueries } from '../statements/statements.queries';
import { type UnderTest, aResident, filesOfZip, textOfPdf, underTest } from '../testing';
import { Breakdowns } from './breakdowns.service';
import { Reconciliations } from './reconciliations.service';

const OCTOBER = month('2026-10');

let at: UnderTest;
let town: Town;
let resident: Resident;
let acts: Reconciliations;
let breakdowns: Breakdowns;

const scope = (account = 0) => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[account] ?? '',
});

async function post(day: string, source: string, amount: Money, more: Partial<NewMovement> = {}) {
  await at.module.get(Clock).moveTo(new Date(`${day}T09:00:00Z`));
  return inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [
      {
        ...scope(),
        serviceId: town.first.services.MAINT,
        supplierId: town.first.supplierId,
        kind: 'PAYMENT',
        amount,
        valueDate: civilDate(day),
        source: { kind: 'STAFF', id: source },
        ...more,
      },
    ]),
  );
}

/** A firm that holds the first two accounts, and a price with the tax inside. */
async function aFirm(): Promise<void> {
  const { organizationId, accountIds, services, supplierId } = town.first;
  await rows(
    at.owner,
    `update holder set known = tstzrange(lower(known), now()) where organization_id = $1 and account_id = any($2)`,
    [organizationId, accountIds.slice(0, 2)],
  );
  await rows(
    at.owner,
    `insert into holder (organization_id, account_id, kind, company, tax_id, surname_key, valid, known)
     select $1, a, 'LEGAL', 'ООО «Родник»', '7707083893', 'ООО РОДНИК', '[2020-01-01,)', tstzrange(now(), null)
     from unnest($2::bigint[]) a`,
    [organizationId, accountIds.slice(0, 2)],
  );
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `update tariff set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id = $2`,
      [organizationId, services.MAINT],
    );
    await rows(
      tx,
      `insert into tariff (known, organization_id, service_id, supplier_id, price, vat_mode, document, valid)
       values (tstzrange(now(), null), $1, $2, $3, 31770000, 'INCLUSIVE', 'Приказ № 2', '[2020-01-01,)')`,
      [organizationId, services.MAINT, supplierId],
    );
  });
}

/*
 * October of the first account: 1,588.50 of maintenance, 394.62 of water and 256.73 of drainage are charged, 300.00 paid
 * on the 12th, 50.00 taken off on the 20th, and 100.00 paid on the 1st of November, while October still took money.
 * November: 700.00 paid on the 2nd and taken back on the 3rd.
 */
beforeAll(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  acts = at.module.get(Reconciliations);
  breakdowns = at.module.get(Breakdowns);
  resident = await aResident(at.owner, town.portalId, scope());
  await aFirm();
  await post('2026-10-12', '1', money('-300.00'));
  await post('2026-10-20', '2', money('-50.00'), { kind: 'ADJUSTMENT', reason: 'по заявлению' });
  await post('2026-11-01', '3', money('-100.00'));
  const key = await at.module.get(Closings).start('system', town.first.organizationId, OCTOBER);
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '', { issue: false });
  await at.module.get(BillIssuing).issueAll(key);
  const paid = await post('2026-11-02', '4', money('-700.00'));
  await post('2026-11-03', '5', money('700.00'), { kind: 'REVERSAL', reverses: paid.movementIds[0] ?? '' });
  await at.module.get(Clock).moveTo(new Date('2026-11-21T09:00:00Z'));
});
afterAll(async () => {
  try {
    await at.module.get(Clock).moveTo(null);
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const staff = (): Staff => ({
  kind: 'staff',
  portalId: town.portalId,
  userId: '1',
  sessionId: '1',
  memberships: [],
  ip: '',
  userAgent: '',
  requestId: '',
});
const days = (from: string, to: string) => ({ from: civilDate(from), to: civilDate(to) });
const sumsOf = async (from: string, to: string): Promise<string[]> => {
  const { opening, debit, credit, closing } = await acts.get(resident, scope(), days(from, to));
  return [opening, debit, credit, closing].map(moneyText);
};
const sheetOf = (content: Buffer): string => {
  const files = filesOfZip(content);
  return ['xl/sharedStrings.xml', 'xl/worksheets/sheet1.xml'].map((name) => files.get(name)).join('\n');
};

describe('a reconciliation statement', () => {
  it('comes to what the month’s statement says', async () => {
    expect(await sumsOf('2026-10-01', '2026-10-31')).toEqual(['0.00', '2189.85', '400.00', '1789.85']);
    const { totals } = await at.module
      .get(StatementsQueries)
      .get(scope().organizationId, scope().accountId, OCTOBER);
    expect(moneyText(totals.closing)).toBe('1789.85');
  });

  it('comes to what is owed now', async () => {
    expect(await sumsOf('2026-11-01', '2026-11-21')).toEqual(['1789.85', '0.00', '0.00', '1789.85']);
    const { organizationId, accountId } = scope();
    expect(moneyText(await at.module.get(StatementsQueries).balance(organizationId, accountId))).toBe(
      '1789.85',
    );
  });

  it.each([
    ['2026-10-11', '0.00'],
    ['2026-10-12', '-300.00'],
    ['2026-10-20', '-350.00'],
    ['2026-10-30', '-350.00'],
    ['2026-10-31', '1789.85'],
    ['2026-11-02', '1089.85'],
    ['2026-11-03', '1789.85'],
  ])('on %s stands at %s, wherever it began', async (day, balance) => {
    for (const from of ['2026-01-01', '2026-10-12', day]) {
      const [opening, debit, credit, closing] = await sumsOf(from <= day ? from : day, day);
      expect([from, closing]).toEqual([from, balance]);
      expect(
        moneyText(sum([money(opening ?? ''), money(debit ?? ''), money(`-${credit}`.replace('--', ''))])),
      ).toBe(balance);
    }
  });

  it('goes month by month, each from where the one before ended', async () => {
    const { months } = await acts.get(resident, scope(), days('2020-01-01', '2026-11-21'));
    expect(
      months.map(({ month: at, opening, debit, credit, closing }) =>
        [at, ...[opening, debit, credit, closing].map(moneyText)].join(' '),
      ),
    ).toEqual(['2026-11 1789.85 0.00 0.00 1789.85', '2026-10 0.00 2189.85 400.00 1789.85']);
  });

  it('prints each entry with its document, the sums, and the balance in words', async () => {
    const act = await acts.open(resident, scope(), { ...days('2026-10-01', '2026-11-30'), format: 'pdf' });
    expect(act.name).toBe('akt_sverki_100001_2026-10-01_2026-11-30');
    const text = textOfPdf(act.content);
    for (const printed of [
      'Акт сверки взаимных расчётов',
      '№ 100001/20261130 от 21.11.2026',
      'за период с 01.10.2026 по 30.11.2026',
      'ООО «Родник», ИНН 7707083893',
      'Лицевой счёт 100001, Приреченск, Садовая, 12, кв. 1',
      '12.10.2026 Оплата от 12.10.2026 300,00',
      '20.10.2026 Корректировка от 20.10.2026,',
      '−50,00',
      '31.10.2026 Начислено за октябрь 2026,',
      '2 239,85',
      '31.10.2026 Оплата от 01.11.2026 100,00',
      'Сторно: оплата от 03.11.2026 −700,00',
      'Обороты за период 2 189,85 400,00',
      'Сальдо на 30.11.2026 1 789,85',
      'составляет 1 789,85 ₽ (Одна тысяча семьсот восемьдесят девять рублей 85 копеек).',
    ])
      expect(text).toContain(printed);
  });

  it('is a spreadsheet with the same sums as numbers', async () => {
    const act = await acts.open(resident, scope(), { ...days('2026-10-01', '2026-11-30'), format: 'xlsx' });
    const sheet = sheetOf(act.content);
    for (const value of ['300', '-50', '2239.85', '-700', '2189.85', '400', '1789.85'])
      expect(sheet).toContain(`<v>${value}</v>`);
    expect(sheet).toContain('Сторно: оплата от 03.11.2026');
  });

  it('is made for the account’s people and its staff, and for nobody else', async () => {
    const range = { ...days('2026-10-01', '2026-10-31'), format: 'pdf' } as const;
    expect((await acts.open(staff(), scope(1), range)).format).toBe('pdf');
    await expect(acts.open(resident, scope(1), range)).rejects.toThrow(NotFound);
    const foreign = { organizationId: town.second.organizationId, accountId: scope().accountId };
    await expect(acts.open(staff(), foreign, range)).rejects.toThrow(NotFound);
    await expect(acts.open(staff(), { ...scope(), accountId: 'x' }, range)).rejects.toThrow(NotFound);
  });
});

describe('a payer’s breakdown', () => {
  const rowsOf = async (viewer: Resident | Staff) =>
    (await breakdowns.get(viewer, scope(), OCTOBER))?.rows.map((one) =>
      [one.number, one.service, one.vatPercent, moneyText(one.vat), moneyText(one.charged)].join(' '),
    );
  const FIRST = [
    // 1,588.50 × 22 / 122
    '100001 Содержание жилого помещения 22 286.45 1588.50',
    '100001 Холодная вода  0.00 394.62',
    '100001 Водоотведение  0.00 256.73',
  ];

  it('tells the tax of each line, and comes to what the statement charged', async () => {
    expect(await rowsOf(resident)).toEqual(FIRST);
    const breakdown = await breakdowns.get(resident, scope(), OCTOBER);
    expect(breakdown).toMatchObject({ payer: 'ООО «Родник»', taxId: '7707083893', month: OCTOBER });
    const { totals } = await at.module
      .get(StatementsQueries)
      .get(scope().organizationId, scope().accountId, OCTOBER);
    expect(breakdown?.charged).toBe(totals.charged);
    expect(moneyText(breakdown?.vat ?? money('0'))).toBe('286.45');
  });

  it('holds all accounts of the firm for staff, and for a person those that are linked', async () => {
    expect(await rowsOf(staff())).toEqual([
      ...FIRST,
      ...FIRST.map((line) => line.replace('100001', '100002')),
    ]);
    await rows(
      at.owner,
      `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
      [scope(1).organizationId, resident.userId, scope(1).accountId],
    );
    expect(await rowsOf(resident)).toHaveLength(6);
    await rows(at.owner, 'update account_link set ended_at = now() where user_id = $1 and account_id = $2', [
      resident.userId,
      scope(1).accountId,
    ]);
    expect(await rowsOf(resident)).toEqual(FIRST);
  });

  it('shows the newest closed month where none is named, and nothing of an open one', async () => {
    expect((await breakdowns.get(resident, scope(), null))?.month).toBe(OCTOBER);
    expect(await breakdowns.get(resident, scope(), month('2026-11'))).toMatchObject({
      rows: [],
      charged: 0n,
    });
    await expect(
      breakdowns.open(resident, scope(), { month: month('2026-11'), format: 'pdf' }),
    ).rejects.toThrow(NotFound);
    await expect(breakdowns.open(resident, scope(2), { month: OCTOBER, format: 'pdf' })).rejects.toThrow(
      NotFound,
    );
  });

  it('is printed, and is a spreadsheet that keeps the zeros of a number', async () => {
    await rows(
      at.owner,
      `update account set number = '000' || number where organization_id = $1 and id = $2`,
      [scope().organizationId, scope().accountId],
    );
    const pdf = await breakdowns.open(staff(), scope(), { month: OCTOBER, format: 'pdf' });
    const text = textOfPdf(pdf.content);
    for (const printed of [
      'Расшифровка начислений по получателям',
      'Год: 2026, месяц: октябрь',
      'Плательщик: ООО «Родник», ИНН 7707083893',
      'Лицевые счета: 000100001, 100002',
      '286,45 1 588,50',
      'Итого 572,90 4 479,70',
    ])
      expect(text).toContain(printed);
    const sheet = sheetOf(
      (await breakdowns.open(staff(), scope(), { month: OCTOBER, format: 'xlsx' })).content,
    );
    for (const part of ['000100001', '<v>286.45</v>', '<v>22</v>', '<v>4479.7</v>'])
      expect(sheet).toContain(part);
  });
});
