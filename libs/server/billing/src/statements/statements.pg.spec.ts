import { civilDate, money, month, moneyText, priceText, quantityText } from '@kvartal/domain';
import { Clock, Refusal, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from '../closing/closing.computing';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { BillingLedger } from '../ledger';
import { type UnderTest, underTest } from '../testing';
import { ChargePreviews } from './charge-preview.service';
import { ServicesQueries } from './services.queries';
import { StatementsQueries } from './statements.queries';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let at: UnderTest;
let town: Town;
let statements: StatementsQueries;
let accountId: string;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  statements = at.module.get(StatementsQueries);
  accountId = town.first.accountIds[0] ?? '';
  await at.module.get(Clock).moveTo(new Date('2026-11-15T09:00:00Z'));
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function read(of: string, value: string): Promise<void> {
  const { organizationId, houseId, registerIds } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(
      tx,
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, $4, $4::date + 19, $5::numeric * 1000000, 'SITE')`,
      [organizationId, houseId, registerIds[0], of, value],
    );
  });
}

async function close(of = OCTOBER): Promise<void> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
}

it('tells the figures of closed months only', async () => {
  const { organizationId } = town.first;
  await read('2026-10-01', '103.5');
  const refusal = await statements.get(organizationId, accountId, OCTOBER).catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal).toMatchObject({ refusals: [{ code: 'PERIOD_NOT_CLOSED', params: { month: OCTOBER } }] });
  expect(await statements.listMonths(organizationId, accountId)).toEqual([]);

  await close();
  expect(await statements.listMonths(organizationId, accountId)).toEqual([OCTOBER]);
  const statement = await statements.get(organizationId, accountId, OCTOBER);
  expect(statement).toMatchObject({ accountId, month: OCTOBER, mode: 'PER_RECIPIENT', bill: null });
  expect(moneyText(statement.toPay)).toBe('1838.48');
  expect(
    statement.lines.map((line) =>
      [
        line.service,
        line.unit,
        line.method,
        quantityText(line.quantity),
        priceText(line.price),
        moneyText(line.due),
      ].join(' '),
    ),
  ).toEqual([
    'Содержание жилого помещения м² AREA 50 31.77 1588.50',
    'Холодная вода м³ METER 3.5 43.27 151.45',
    'Водоотведение м³ SUM_OF_WATER 3.5 28.15 98.53',
  ]);
  expect(statement.recipients.map(({ recipient, due }) => `${recipient} ${moneyText(due)}`)).toEqual([
    'УК «Заречный квартал» 1838.48',
  ]);
});

it('adds what has moved since to the last closed month', async () => {
  const { organizationId, services, supplierId } = town.first;
  await close();
  await inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [
      {
        organizationId,
        accountId,
        serviceId: services.MAINT,
        supplierId,
        kind: 'ADJUSTMENT',
        amount: money('-2000.00'),
        valueDate: civilDate('2026-11-03'),
        source: { kind: 'STAFF', id: '1' },
      },
    ]),
  );
  expect(moneyText(await statements.balance(organizationId, accountId))).toBe('239.85');
  expect(moneyText(await statements.toPay(organizationId, accountId))).toBe('239.85');
});

/** A payment of maintenance, and of the month that it names. */
async function pay(amount: string, forMonth?: typeof OCTOBER): Promise<void> {
  const { organizationId, services, supplierId } = town.first;
  await inTransaction(at.db, async (tx) => {
    const payment = await row<{ id: string }>(
      tx,
      `with paid as (insert into payment (created_at, organization_id, account_id, order_number, provider, amount, currency, state,
         posted_at, idempotency_key) values (now(), $1, $2, $3, 'OFFICE', $4, 'RUB', 'SUCCEEDED', now(), $3) returning id),
       split as (insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount)
         select $1, id, $5, $6, $4 from paid)
       select id from paid`,
      [organizationId, accountId, amount, money(amount), services.MAINT, supplierId],
    );
    const line = {
      organizationId,
      accountId,
      serviceId: services.MAINT,
      supplierId,
      kind: 'PAYMENT',
    } as const;
    const source = { kind: 'PAYMENT', id: payment?.id ?? '' } as const;
    const what = { amount: money(`-${amount}`), valueDate: civilDate('2026-12-03'), source };
    const named = forMonth === undefined ? {} : { forMonth };
    await at.module.get(BillingLedger).post(tx, [{ ...line, ...what, ...named }]);
  });
}

it('says for which months it is owed, the oldest first: what was paid by name is off its own month', async () => {
  const { organizationId } = town.first;
  const owed = async () =>
    (await statements.owedMonths(organizationId, accountId)).map(
      (one) => `${one.month} ${moneyText(one.amount)}`,
    );
  for (const one of [OCTOBER, NOVEMBER]) await close(one);
  expect(await owed()).toEqual(['null 4479.70']);
  const closings = await rows<{ id: string }>(
    at.owner,
    'select closing_id as id from period where organization_id = $1 and closing_id is not null',
    [organizationId],
  );
  for (const { id } of closings) await at.module.get(BillIssuing).issueAll({ organizationId, closingId: id });
  expect(await owed()).toEqual(['2026-10 2239.85', '2026-11 2239.85']);
  await pay('1000.00', NOVEMBER);
  expect(await owed()).toEqual(['2026-10 2239.85', '2026-11 1239.85']);
  await pay('88.50');
  expect(await owed()).toEqual(['2026-10 2151.35', '2026-11 1239.85']);
  // of November's maintenance 588.50 are left: the rest serves October's
  await pay('600.00', NOVEMBER);
  expect(await owed()).toEqual(['2026-10 2139.85', '2026-11 651.35']);
});

it('lets an overpayment of capital repair pay nothing else', async () => {
  const { organizationId, services, supplierId } = town.first;
  await rows(
    at.owner,
    `update service set service_group = 'CAPITAL_REPAIR' where organization_id = $1 and id = $2`,
    [organizationId, services.MAINT],
  );
  await inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [
      {
        organizationId,
        accountId,
        serviceId: services.MAINT,
        supplierId,
        kind: 'ADJUSTMENT',
        amount: money('-5000.00'),
        valueDate: civilDate('2026-10-03'),
        source: { kind: 'STAFF', id: '1' },
      },
    ]),
  );
  await close();
  const statement = await statements.get(organizationId, accountId, OCTOBER);
  expect(moneyText(statement.totals.closing)).toBe('-2760.15');
  expect(moneyText(statement.toPay)).toBe('651.35');
});

it('lists services with the price of today, and consumption of closed months', async () => {
  const { organizationId } = town.first;
  await read('2026-10-01', '103.5');
  await close();
  await close(NOVEMBER);
  const services = await at.module.get(ServicesQueries).listServices({ organizationId, accountId });
  expect(
    services.map(({ name, price, priceSince, document }) => [
      name,
      price && priceText(price),
      priceSince,
      document,
    ]),
  ).toEqual([
    ['Содержание жилого помещения', '31.77', '2020-01-01', 'Приказ № 1'],
    ['Холодная вода', '43.27', '2020-01-01', 'Приказ № 1'],
    ['Водоотведение', '28.15', '2020-01-01', 'Приказ № 1'],
  ]);
  const [water, ...others] = await at.module
    .get(ServicesQueries)
    .listConsumption({ organizationId, accountId }, 12);
  expect(others).toEqual([]);
  expect(water).toMatchObject({ resource: 'COLD_WATER', unit: 'м³' });
  expect(water?.months.map((one) => [one.month, quantityText(one.quantity), one.estimated])).toEqual([
    ['2026-10', '3.5', false],
    ['2026-11', '9.12', true],
  ]);
});

it('previews what a typed reading costs as the closing then charges it', async () => {
  const { organizationId, registerIds } = town.first;
  await read('2026-10-01', '103.5');
  await close();
  const registerId = registerIds[0] ?? '';
  const preview = (value: string) =>
    at.module.get(ChargePreviews).preview({ organizationId, accountId }, [{ registerId, value }]);

  const typed = await preview('108,2');
  expect(typed.registers[0]).toMatchObject({ registerId, refusals: [], warnings: [] });
  expect(typed.registers[0]?.consumption && quantityText(typed.registers[0].consumption)).toBe('4.7');
  await read('2026-11-01', '108.2');
  await close(NOVEMBER);
  const statement = await statements.get(organizationId, accountId, NOVEMBER);
  const charged = statement.lines.slice(1).reduce((total, line) => total + line.charged, 0n);
  expect(typed.total).toBe(charged);
  expect(moneyText(typed.total)).toBe('335.68');
});

it('previews refusals and doubts as the intake would tell them', async () => {
  const { organizationId, registerIds } = town.first;
  await close();
  const drafts = [
    { registerId: registerIds[0] ?? '', value: '99' },
    { registerId: town.second.registerIds[0] ?? '', value: '105' },
  ];
  const { registers, total } = await at.module
    .get(ChargePreviews)
    .preview({ organizationId, accountId }, drafts);
  expect(
    registers.map(({ cost, refusals }) => [cost, refusals.map(({ code, path }) => [code, path])]),
  ).toEqual([
    [null, [['LESS_THAN_PREVIOUS', ['readings', '0', 'value']]]],
    [null, [['READING_UNKNOWN_METER', ['readings', '1', 'registerId']]]],
  ]);
  expect(moneyText(total)).toBe('0.00');
  const doubted = await at.module
    .get(ChargePreviews)
    .preview({ organizationId, accountId }, [{ registerId: registerIds[0] ?? '', value: '1000' }]);
  expect(doubted.registers[0]?.refusals).toEqual([]);
  expect(doubted.registers[0]?.warnings.map(({ code }) => code)).toEqual(['IMPLAUSIBLE_JUMP']);
});
