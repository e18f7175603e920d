import { BillingLedger, type NewMovement } from '@kvartal/billing';
import { civilDate, money, moneyOf, moneyText } from '@kvartal/domain';
import { inTransaction, rows } from '@kvartal/platform';
import { type Town, type UnderTest, aTown, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { PaymentsModule } from './payments.module';
import { Shares } from './shares.service';

type Code = 'MAINT' | 'COLD_WATER' | 'SEWERAGE' | 'ELECTRICITY' | 'ELECTRICITY_NIGHT';
let sources = 0;

describe('the shares of a payment', () => {
  let test: UnderTest;
  let town: Town;

  beforeAll(async () => {
    test = await underTest(PaymentsModule);
    town = await aTown(test.owner);
  }, 60_000);
  afterEach(() => expectBooksBalanced(test.owner));
  afterAll(() => test.close());

  /** Brings the balances of an account to these. */
  async function owing(accountAt: number, balances: Partial<Record<Code, string>>): Promise<string> {
    const { organizationId, accountIds, supplierId, services } = town.first;
    const accountId = accountIds[accountAt] ?? '';
    const ledger = test.module.get(BillingLedger);
    await inTransaction(test.db, async (tx) => {
      const before = await ledger.balances(tx, organizationId, accountId);
      const movements = Object.entries(services).flatMap(([code, serviceId]): NewMovement[] => {
        const wanted = money(Object.entries(balances).find(([name]) => name === code)?.[1] ?? '0.00');
        const amount = wanted - (before.find((one) => one.serviceId === serviceId)?.balance ?? 0n);
        if (amount === 0n) return [];
        sources += 1;
        const source = { kind: 'STAFF', id: String(sources) } as const;
        const to = { organizationId, accountId, serviceId, supplierId, kind: 'ADJUSTMENT' } as const;
        return [{ ...to, amount: moneyOf(amount), valueDate: civilDate('2026-10-10'), source }];
      });
      if (movements.length) await ledger.post(tx, movements);
    });
    return accountId;
  }

  async function split(accountId: string, amount: string, allocation: string | null = null) {
    const { organizationId, services } = town.first;
    const payment = { organizationId, id: '1', accountId, amount: money(amount).toString(), allocation };
    const shares = await inTransaction(test.db, (tx) => test.module.get(Shares).split(tx, payment));
    const codeOf = (id: string) =>
      Object.entries(services).find(([, serviceId]) => serviceId === id)?.[0] ?? id;
    return shares && Object.fromEntries(shares.map((one) => [codeOf(one.serviceId), moneyText(one.amount)]));
  }

  it('follow what is owed, to the kopeck, and leave an overpaid line alone', async () => {
    const account = await owing(0, {
      MAINT: '735.51',
      COLD_WATER: '314.63',
      SEWERAGE: '-409.43',
      ELECTRICITY: '375.68',
    });
    // of 1425.82 owed; largest remainders take the last kopeks
    expect(await split(account, '1000.00')).toEqual({
      MAINT: '515.85',
      COLD_WATER: '220.67',
      ELECTRICITY: '263.48',
    });
    expect(await split(account, '0.02')).toEqual({ MAINT: '0.01', ELECTRICITY: '0.01' });
  });

  it('close every debt and put the rest on the largest line', async () => {
    const account = await owing(0, { MAINT: '100.00', COLD_WATER: '50.00', SEWERAGE: '-30.00' });
    expect(await split(account, '200.00')).toEqual({ MAINT: '150.00', COLD_WATER: '50.00' });
  });

  it('stand on an overpaid line where nothing is owed, and on a service taken where there is no line', async () => {
    const account = await owing(1, { COLD_WATER: '-10.00' });
    expect(await split(account, '25.00')).toEqual({ COLD_WATER: '25.00' });
    expect(await split(town.first.accountIds[2] ?? '', '25.00')).toEqual({ MAINT: '25.00' });
  });

  it('never stand on capital repair or a penalty beyond what is owed there', async () => {
    await rows(test.owner, `update service set service_group = 'CAPITAL_REPAIR' where code = 'MAINT'`);
    await rows(test.owner, `update service set service_group = 'PENALTY' where code = 'ELECTRICITY'`);
    const account = await owing(0, { MAINT: '500.00', COLD_WATER: '1.00', ELECTRICITY: '300.00' });
    expect(await split(account, '1000.00')).toEqual({
      MAINT: '500.00',
      COLD_WATER: '200.00',
      ELECTRICITY: '300.00',
    });
    expect(await split(account, '700.00', 'PRIORITY')).toEqual({
      MAINT: '500.00',
      COLD_WATER: '1.00',
      ELECTRICITY: '199.00',
    });
    await rows(test.owner, `update service set service_group = 'HOUSING' where code = 'MAINT'`);
    await rows(test.owner, `update service set service_group = 'UTILITY' where code = 'ELECTRICITY'`);
  });

  it('follow the organisation’s rule of the day: the oldest month first, or in order', async () => {
    const { organizationId, supplierId, services } = town.first;
    const account = await owing(0, { MAINT: '300.00', COLD_WATER: '100.00' });
    // of maintenance 100.00 are September's and the rest older; all of the water is September's
    const closed = await rows<{ id: string }>(
      test.owner,
      `with months as (insert into period (organization_id, month, state) values ($1, '2026-09-01', 'CLOSING') returning id)
       insert into closing (organization_id, period_id, state, knew_at, houses, created_at)
       select $1, id, 'COMMITTED', now(), 1, now() from months returning id`,
      [organizationId],
    );
    const closingId = closed[0]?.id;
    await rows(
      test.owner,
      `update period set state = 'CLOSED', closing_id = $2 where organization_id = $1 and state = 'CLOSING'`,
      [organizationId, closingId],
    );
    await rows(
      test.owner,
      `insert into debt_lot (organization_id, closing_id, account_id, service_id, supplier_id, due_on, principal)
       select $1, $2, $3, service, $4, '2026-10-15', 10000 from unnest($5::bigint[]) service`,
      [organizationId, closingId, account, supplierId, [services.MAINT, services.COLD_WATER]],
    );
    const rule = (mode: string, days: string) =>
      rows(
        test.db,
        `insert into allocation_rule (organization_id, mode, document, valid, known, created_at)
         values ($1, $2, 'Приказ', $3, tstzrange(now(), null), now())`,
        [organizationId, mode, days],
      );
    await rule('FIFO', '[2026-10-01,2026-11-01)');
    await rule('PRIORITY', '[2026-11-01,)');
    await test.itIs('2026-10-20T09:00:00Z');
    expect(await split(account, '250.00', 'PROPORTIONAL')).toEqual({ MAINT: '225.00', COLD_WATER: '25.00' });
    await test.itIs('2026-11-02T09:00:00Z');
    expect(await split(account, '250.00', 'PROPORTIONAL')).toEqual({ MAINT: '250.00' });
    await rows(
      test.owner,
      `update allocation_rule set known = tstzrange(lower(known), now() + interval '1 second')`,
    );
    expect(await split(account, '200.00', 'PROPORTIONAL')).toEqual({ MAINT: '150.00', COLD_WATER: '50.00' });
  });

  it('cannot be made for an account that takes no service', async () => {
    const { organizationId, houseId } = town.first;
    const added = await rows<{ id: string }>(
      test.owner,
      `insert into account (organization_id, house_id, premises_id, kind, number, opened_on)
       select organization_id, house_id, id, 'PERSON', 'empty', '2026-01-01' from premises
       where organization_id = $1 and house_id = $2 limit 1 returning id`,
      [organizationId, houseId],
    );
    expect(await split(added[0]?.id ?? '', '25.00')).toBeUndefined();
  });

  it('leave nothing to pay to either of two recipients where exactly the total is paid', async () => {
    const { organizationId, services } = town.first;
    const [water] = await rows<{ id: string }>(
      test.owner,
      `insert into supplier (organization_id, id, name, recipient_id) overriding system value
       select $1, n, 'Водоканал', n from nextval(pg_get_serial_sequence('supplier', 'id')) n returning id`,
      [organizationId],
    );
    const accountId = town.first.accountIds[2] ?? '';
    const ledger = test.module.get(BillingLedger);
    const owed = [
      ['MAINT', town.first.supplierId, '100.00'],
      ['ELECTRICITY', town.first.supplierId, '-30.00'],
      ['COLD_WATER', water?.id ?? '', '50.00'],
    ] as const;
    await inTransaction(test.db, (tx) =>
      ledger.post(
        tx,
        owed.map(([code, supplierId, amount], at): NewMovement => ({
          organizationId,
          accountId,
          serviceId: services[code],
          supplierId,
          kind: 'ADJUSTMENT',
          amount: money(amount),
          valueDate: civilDate('2026-10-10'),
          source: { kind: 'STAFF', id: String(1000 + at) },
        })),
      ),
    );
    for (const mode of [null, 'PRIORITY'])
      expect(await split(accountId, '120.00', mode)).toEqual({ MAINT: '70.00', COLD_WATER: '50.00' });
    await rows(test.owner, `update organization set settings = settings || '{"totalToPay": "SUM_OF_ROWS"}'`);
    expect(await split(accountId, '150.00')).toEqual({ MAINT: '100.00', COLD_WATER: '50.00' });
    await rows(test.owner, `update organization set settings = settings - 'totalToPay'`);
  });
});
