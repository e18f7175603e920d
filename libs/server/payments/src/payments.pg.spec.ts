import { createHash, randomUUID } from 'node:crypto';
import { Clock, type Resident, Refusal, row, rows } from '@kvartal/platform';
import {
  TOWN_MONTH,
  type Town,
  type UnderTest,
  aTown,
  expectBooksBalanced,
  underTest,
} from '@kvartal/platform/testing';
import { BillingLedger } from '@kvartal/billing';
import { addMoney, money, moneyOf, moneyText } from '@kvartal/domain';
import { Notices } from './notices.service';
import { PaymentsModule } from './payments.module';
import { PendingPayments } from './payments.jobs';
import { PaymentsQueries } from './payments.queries';
import { PaymentsService } from './payments.service';
import { ReturnPage } from './return-page.service';
import { Settlement } from './settlement.service';
import { Bank, notice } from './testing';

describe('paying at the bank', () => {
  let bank: Bank;
  let test: UnderTest;
  let town: Town;
  let resident: Resident;
  let pending: PendingPayments;

  beforeAll(async () => {
    bank = await Bank.start('http://127.0.0.1:1');
    test = await underTest(PaymentsModule);
    town = await aTown(test.owner);
    const user = await row<{ id: string }>(
      test.owner,
      `insert into portal_user (portal_id, kind, login, email, password_hash, state) values ($1, 'RESIDENT', 'ivanov', 'ivanov@town.example', '', 'ACTIVE') returning id`,
      [town.portalId],
    );
    resident = {
      kind: 'resident',
      userId: user?.id ?? '',
      sessionId: '1',
      portalId: town.portalId,
      ip: '',
      userAgent: '',
      requestId: 'spec',
    };
    await rows(
      test.owner,
      `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
      [town.first.organizationId, resident.userId, town.first.accountIds[0]],
    );
    pending = new PendingPayments(test.db, test.module.get(Settlement), test.module.get(Clock));
  }, 60_000);
  afterEach(() => expectBooksBalanced(test.owner));
  afterAll(async () => {
    await test.close();
    bank.stop();
  });

  const input = (amount = '100.00', idempotencyKey: string = randomUUID()) => ({
    organizationId: town.first.organizationId,
    accountId: town.first.accountIds[0] ?? '',
    amount: money(amount),
    idempotencyKey,
  });
  const start = (amount?: string, key?: string) =>
    test.module.get(PaymentsService).start(resident, input(amount, key));
  const take = (told: Record<string, string>) => test.module.get(Notices).take(told);
  const stateOf = async (orderNumber: string) =>
    (
      await row<{ state: string }>(test.owner, 'select state from payment where order_number = $1', [
        orderNumber,
      ])
    )?.state;
  const movementsOf = async (orderNumber: string) =>
    rows<{ amount: string }>(
      test.owner,
      `select m.amount from movement m join payment p on p.organization_id = m.organization_id and m.source_kind = 'PAYMENT' and m.source_id = p.id
       where p.order_number = $1`,
      [orderNumber],
    );
  const factsOf = async () =>
    Number(
      (
        await row<{ n: string }>(
          test.owner,
          `select count(*) as n from outbox where fact = 'PaymentReceived'`,
        )
      )?.n,
    );
  const balance = async () => {
    const lines = await test.module
      .get(BillingLedger)
      .balances(test.db.manager, town.first.organizationId, town.first.accountIds[0] ?? '');
    return moneyText(moneyOf(lines.reduce((total, line) => total + line.balance, 0n)));
  };

  it('turns one paid order into one payment: balance, shares, receipt', async () => {
    const before = await balance();
    const { orderNumber, redirectUrl } = await start('250.50');
    expect(redirectUrl).toContain(bank.url);
    expect(orderNumber).toMatch(/^[0-9a-f]{32}$/);
    await bank.pay(orderNumber);
    const facts = await factsOf();
    expect(await take(notice(orderNumber))).toBe('ACCEPTED');
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    expect(await factsOf()).toBe(facts + 1);
    expect(Number(await balance())).toBeCloseTo(Number(before) - 250.5, 6);
  });

  it('lists it for the account with both dates, both months and the sum of all', async () => {
    const { organizationId, accountIds } = town.first;
    const list = () => test.module.get(PaymentsQueries).ofAccount(organizationId, accountIds[0] ?? '');
    const before = await list();
    const { orderNumber } = await start('12.34');
    await bank.pay(orderNumber);
    await take(notice(orderNumber));
    await bank.say('behaviour', { behaviour: 'register-lost', once: true, amount: 500 });
    await expect(start('5.00')).rejects.toThrow(Refusal);
    const after = await list();
    expect(after.items[0]).toMatchObject({
      orderNumber,
      accountNumber: '100001',
      amount: money('12.34'),
      state: 'SUCCEEDED',
      month: TOWN_MONTH.slice(0, 7),
      forMonth: null,
    });
    expect(after.items[0]?.valueDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(after.items[0]?.postedAt).toBeInstanceOf(Date);
    expect(after.total).toBe(before.total + 1);
    expect(moneyText(after.sum)).toBe(moneyText(addMoney(before.sum, money('12.34'))));
    const foreign = await test.module.get(PaymentsQueries).ofOrganization(town.second.organizationId);
    expect(foreign).toEqual({ items: [], total: 0, sum: moneyOf(0n) });
  });

  it('takes the same notice twenty times at once as one', async () => {
    const { orderNumber } = await start();
    await bank.pay(orderNumber);
    const facts = await factsOf();
    await Promise.all(Array.from({ length: 20 }, () => take(notice(orderNumber))));
    expect(await movementsOf(orderNumber)).toEqual([{ amount: '-10000' }]);
    expect(await factsOf()).toBe(facts + 1);
    expect(
      await rows(test.owner, `select from payment_notice where order_number = $1 and verdict = 'ACCEPTED'`, [
        orderNumber,
      ]),
    ).toHaveLength(1);
  });

  it('believes no notice before the bank itself confirms it', async () => {
    const { orderNumber } = await start();
    expect(await take(notice(orderNumber))).toBe('IGNORED');
    expect(await stateOf(orderNumber)).toBe('PENDING');
    expect(await movementsOf(orderNumber)).toEqual([]);
  });

  it('refuses a forged notice and keeps it on record', async () => {
    const { orderNumber } = await start();
    await bank.pay(orderNumber);
    expect(
      await take({
        ...notice(orderNumber),
        checksum: createHash('sha256').update('x').digest('hex').toUpperCase(),
      }),
    ).toBe('FORGED');
    expect(await take({ ...notice(orderNumber), amount: '1' })).toBe('FORGED');
    expect(await stateOf(orderNumber)).toBe('PENDING');
    expect(
      await rows(test.owner, `select from payment_notice where order_number = $1 and verdict = 'FORGED'`, [
        orderNumber,
      ]),
    ).toHaveLength(2);
  });

  it('knows no order that is not its own', async () => {
    expect(await take(notice('0'.repeat(32)))).toBe('UNKNOWN_ORDER');
  });

  it('finds out by itself when no notice ever comes', async () => {
    const { orderNumber } = await start();
    await bank.behave(orderNumber, 'no-callback');
    await bank.pay(orderNumber);
    await rows(
      test.owner,
      `update payment set created_at = created_at - interval '2 minutes' where order_number = $1`,
      [orderNumber],
    );
    await pending.poll();
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
  });

  it('finds out on the return page as well', async () => {
    const { orderNumber } = await start();
    await bank.pay(orderNumber);
    const shown = await test.module.get(ReturnPage).show(resident, orderNumber);
    expect(shown?.state).toBe('SUCCEEDED');
    await expect(test.module.get(ReturnPage).show({ ...resident, userId: '0' }, orderNumber)).rejects.toThrow(
      'NOT_FOUND',
    );
  });

  it('takes money that comes after the order was given up: it is real', async () => {
    const { orderNumber } = await start();
    await rows(test.owner, `update payment set state = 'EXPIRED' where order_number = $1`, [orderNumber]);
    await bank.pay(orderNumber);
    expect(await take(notice(orderNumber))).toBe('ACCEPTED');
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
  });

  it('posts nothing when the bank took another sum: staff look at it', async () => {
    const { orderNumber } = await start();
    await bank.behave(orderNumber, 'amount-changed');
    await bank.pay(orderNumber);
    await take(notice(orderNumber));
    expect(await stateOf(orderNumber)).toBe('REVIEW');
    expect(await movementsOf(orderNumber)).toEqual([]);
  });

  it('tells a declined card from a paid one', async () => {
    const { orderNumber } = await start();
    await bank.behave(orderNumber, 'decline');
    await bank.pay(orderNumber);
    await test.module.get(Settlement).check(orderNumber);
    expect(await stateOf(orderNumber)).toBe('FAILED');
    expect(await movementsOf(orderNumber)).toEqual([]);
  });

  it('makes one order of one key, also when asked twice at the same moment', async () => {
    const key = randomUUID();
    const [one, two] = await Promise.all([start('77.00', key), start('77.00', key)]);
    expect(one).toEqual(two);
    await expect(start('78.00', key)).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
  });

  it('has one effect and one answer however often and however many at once one key is sent', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 64 }, () => start('55.00', key)));
    for (let n = 0; n < 3; n += 1) answers.push(await start('55.00', key));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await rows(test.owner, 'select from payment where idempotency_key = $1', [key])).toHaveLength(1);
    for (const other of [{ amount: money('56.00') }, { email: 'other@town.example' }])
      await expect(
        test.module.get(PaymentsService).start(resident, { ...input('55.00', key), ...other }),
      ).rejects.toThrow('IDEMPOTENCY_KEY_REUSED');
    expect(await start('55.00', key)).toEqual(answers[0]);
  });

  it.each(['0.99', '150000.01'])('refuses %s: too little or too much', async (amount) => {
    await expect(start(amount)).rejects.toMatchObject({
      refusals: [
        {
          code: 'AMOUNT_OUT_OF_RANGE',
          path: ['amount'],
          params: { least: '1.00', most: '150000.00', currency: 'RUB' },
        },
      ],
    });
  });

  it('says so when the bank does not answer, and leaves no order open', async () => {
    const key = randomUUID();
    await bank.say('behaviour', { behaviour: 'register-lost', once: true, amount: 6600 });
    await expect(start('66.00', key)).rejects.toThrow(Refusal);
    expect(await row(test.owner, 'select state from payment where idempotency_key = $1', [key])).toEqual({
      state: 'FAILED',
    });
  });

  it('pays two orders of one account at once without losing a kopeck', async () => {
    const orders = await Promise.all(['31.41', '27.18', '16.18', '14.14'].map((amount) => start(amount)));
    await Promise.all(orders.map(({ orderNumber }) => bank.pay(orderNumber)));
    const before = await balance();
    await Promise.all(orders.map(({ orderNumber }) => take(notice(orderNumber))));
    expect(Number(await balance())).toBeCloseTo(Number(before) - 88.91, 6);
  });

  it('lets the database refuse a second payment of one operation', async () => {
    const { orderNumber } = await start();
    await bank.pay(orderNumber);
    await take(notice(orderNumber));
    await expect(
      rows(
        test.owner,
        `insert into payment (created_at, organization_id, account_id, order_number, provider, operation_id, amount, currency, state, posted_at, idempotency_key)
         select now(), organization_id, account_id, 'another', provider, operation_id, amount, currency, state, posted_at, 'another' from payment where order_number = $1`,
        [orderNumber],
      ),
    ).rejects.toThrow('payment_one_per_operation');
  });
});
