import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { Clock, type Resident, row, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aResident,
  aTown,
  expectBooksBalanced,
  linked,
  underTest,
} from '@kvartal/platform/testing';
import { money } from '@kvartal/domain';
import { PaymentsApi } from './payments.module';
import { PendingPayments } from './payments.jobs';
import { PaymentsService } from './payments.service';
import { Settlement } from './settlement.service';
import { Bank, freePort, notice } from './testing';

/** The bank's own notices, over HTTP, in every order in which they may come. */
describe('what the bank tells us', () => {
  let bank: Bank;
  let test: UnderTest;
  let app: INestApplication;
  let url: string;
  let town: Town;
  let resident: Resident;
  let pending: PendingPayments;

  beforeAll(async () => {
    const port = await freePort();
    bank = await Bank.start(`http://127.0.0.1:${port}`);
    test = await underTest(PaymentsApi);
    town = await aTown(test.owner);
    resident = await aResident(test.owner, town.portalId, 'ivanov');
    const { organizationId, accountIds } = town.first;
    await linked(test.owner, resident, { organizationId, accountId: accountIds[0] });
    pending = new PendingPayments(test.db, test.module.get(Settlement), test.module.get(Clock));
    app = test.module.createNestApplication();
    await app.listen(port, '127.0.0.1');
    url = `http://127.0.0.1:${port}/pay/sberbank/callback`;
  }, 60_000);
  afterEach(() => expectBooksBalanced(test.owner));
  afterAll(async () => {
    bank.stop();
    await app.close();
    await test.close();
  });

  const start = async (amount = '100.00'): Promise<string> => {
    const { organizationId, accountIds } = town.first;
    const input = {
      organizationId,
      accountId: accountIds[0] ?? '',
      amount: money(amount),
      idempotencyKey: randomUUID(),
    };
    return (await test.module.get(PaymentsService).start(resident, input)).orderNumber;
  };
  const stateOf = async (orderNumber: string) =>
    (
      await row<{ state: string }>(test.owner, 'select state from payment where order_number = $1', [
        orderNumber,
      ])
    )?.state;
  /** What moved on the ledger, by kind. */
  const movedBy = (orderNumber: string) =>
    rows<{ kind: string; sum: string }>(
      test.owner,
      `select m.kind, sum(m.amount)::text as sum from movement m join payment p on p.organization_id = m.organization_id
         and m.source_kind = 'PAYMENT' and m.source_id = p.id
       where p.order_number = $1 group by m.kind order by m.kind`,
      [orderNumber],
    );
  const verdictsOf = async (orderNumber: string) =>
    (
      await rows<{ verdict: string }>(
        test.owner,
        'select verdict from payment_notice where order_number = $1 order by verdict',
        [orderNumber],
      )
    ).map(({ verdict }) => verdict);
  const PAID = [{ kind: 'PAYMENT', sum: '-10000' }];

  it.each([
    ['ok', 1],
    ['callback-before-return', 1],
    ['callback-x10', 10],
    ['out-of-order', 2],
  ])('%s: one payment of %i notices', async (behaviour, count) => {
    const orderNumber = await start();
    await bank.behave(orderNumber, behaviour);
    await bank.pay(orderNumber);
    expect(await bank.answersTo(orderNumber, count)).toEqual(Array(count).fill('200'));
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    expect(await movedBy(orderNumber)).toEqual(PAID);
    expect(await verdictsOf(orderNumber)).toEqual(['ACCEPTED', ...Array(count - 1).fill('REPEATED')]);
  });

  it('is told before its own order was answered: the money stands, the order is answered', async () => {
    await bank.say('behaviour', { behaviour: 'callback-before-response', amount: 12300, once: true });
    const orderNumber = await start('123.00');
    await bank.answersTo(orderNumber, 1);
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    expect(await movedBy(orderNumber)).toEqual([{ kind: 'PAYMENT', sum: '-12300' }]);
  });

  it('gives an order up half an hour later, and still takes its money', async () => {
    const orderNumber = await start();
    await bank.behave(orderNumber, 'callback-late');
    const clock = test.module.get(Clock);
    const begun = await clock.now();
    await clock.moveTo(new Date(begun.getTime() + 25 * 60_000));
    await pending.poll();
    expect(await stateOf(orderNumber)).toBe('PENDING');
    await clock.moveTo(new Date(begun.getTime() + 31 * 60_000));
    await pending.poll();
    expect(await stateOf(orderNumber)).toBe('EXPIRED');
    await clock.moveTo(null);
    await bank.pay(orderNumber);
    await bank.release(orderNumber);
    await bank.answersTo(orderNumber, 1);
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    expect(await movedBy(orderNumber)).toEqual(PAID);
  });

  it('asks the bank once more before an order is given up, and gives up none while it does not answer', async () => {
    const [paid, unanswered] = [await start(), await start()];
    await bank.behave(paid, 'no-callback');
    await bank.pay(paid);
    await bank.behave(unanswered, 'status-error');
    await bank.pay(unanswered);
    const clock = test.module.get(Clock);
    await clock.moveTo(new Date((await clock.now()).getTime() + 31 * 60_000));
    await pending.poll();
    expect([await stateOf(paid), await stateOf(unanswered)]).toEqual(['SUCCEEDED', 'PENDING']);
    expect(await movedBy(paid)).toEqual(PAID);
    await bank.behave(unanswered, 'ok');
    await pending.poll();
    expect([await stateOf(unanswered), await movedBy(unanswered)]).toEqual(['SUCCEEDED', PAID]);
    await clock.moveTo(null);
  });

  it.each(['EXPIRED', 'FAILED', 'CANCELED'])(
    'finds money that came for an order given up as %s, though no notice ever did',
    async (state) => {
      const orderNumber = await start();
      await bank.behave(orderNumber, 'no-callback');
      await bank.pay(orderNumber);
      await rows(test.owner, 'update payment set state = $2 where order_number = $1', [orderNumber, state]);
      const clock = test.module.get(Clock);
      const begun = (await clock.now()).getTime();
      await clock.moveTo(new Date(begun + 5 * 3_600_000));
      await pending.poll();
      expect(await stateOf(orderNumber)).toBe(state);
      await clock.moveTo(new Date(begun + 7 * 3_600_000));
      await pending.poll();
      expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
      expect(await movedBy(orderNumber)).toEqual(PAID);
      await clock.moveTo(null);
    },
  );

  it('gets to a new order though a hundred older ones wait for nothing', async () => {
    const { organizationId, accountIds } = town.first;
    await rows(
      test.owner,
      `insert into payment (organization_id, account_id, order_number, provider, amount, currency, state, idempotency_key,
         created_at, expires_at)
       select $1, $2, 'idle-' || n, 'SBERBANK', 100, 'RUB', 'PENDING', 'idle-' || n, now() - interval '10 minutes', now() + interval '1 day'
       from generate_series(1, 120) n`,
      [organizationId, accountIds[0]],
    );
    const orderNumber = await start();
    await bank.behave(orderNumber, 'no-callback');
    await bank.pay(orderNumber);
    const clock = test.module.get(Clock);
    await clock.moveTo(new Date((await clock.now()).getTime() + 2 * 60_000));
    await pending.poll();
    await pending.poll();
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    await rows(
      test.owner,
      `update payment set state = 'EXPIRED', created_at = now() - interval '9 days' where order_number like 'idle-%'`,
    );
    await clock.moveTo(null);
  });

  it('takes money that the bank itself had given up', async () => {
    const orderNumber = await start();
    await bank.behave(orderNumber, 'late-success');
    await bank.pay(orderNumber);
    await bank.answersTo(orderNumber, 1);
    expect(await stateOf(orderNumber)).toBe('FAILED');
    await bank.release(orderNumber);
    await bank.answersTo(orderNumber, 2);
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
    expect(await movedBy(orderNumber)).toEqual(PAID);
  });

  it.each(['forged-payment', 'forged-checksum'])('%s: turned away, nothing moves', async (behaviour) => {
    const orderNumber = await start();
    await bank.behave(orderNumber, behaviour);
    await bank.pay(orderNumber);
    expect(await bank.answersTo(orderNumber, 1)).toEqual(['403']);
    expect(await stateOf(orderNumber)).toBe('PENDING');
    expect(await movedBy(orderNumber)).toEqual([]);
    expect(await verdictsOf(orderNumber)).toEqual(['FORGED']);
  });

  it('asks to be told again while the bank cannot be asked back, and keeps the notice', async () => {
    const orderNumber = await start();
    await bank.behave(orderNumber, 'status-error');
    await bank.pay(orderNumber);
    expect(await bank.answersTo(orderNumber, 1)).toEqual(['503']);
    expect([await stateOf(orderNumber), await verdictsOf(orderNumber)]).toEqual(['PENDING', ['IGNORED']]);
    await bank.behave(orderNumber, 'ok');
    const again = await fetch(`${url}?${new URLSearchParams(notice(orderNumber))}`);
    expect([again.status, await stateOf(orderNumber)]).toEqual([200, 'SUCCEEDED']);
  });

  it('listens to a form too, and to nobody who signs nothing or knows no order', async () => {
    const orderNumber = await start();
    await bank.behave(orderNumber, 'no-callback');
    await bank.pay(orderNumber);
    const post = (form: Record<string, string>) =>
      fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    expect((await post(notice('f'.repeat(32)))).status).toBe(404);
    const { checksum, ...unsigned } = notice(orderNumber);
    expect(checksum).toMatch(/^[0-9A-F]{64}$/);
    expect((await post(unsigned)).status).toBe(403);
    expect((await fetch(url)).status).toBe(403);
    expect(await stateOf(orderNumber)).toBe('PENDING');
    expect((await post(notice(orderNumber))).status).toBe(200);
    expect(await stateOf(orderNumber)).toBe('SUCCEEDED');
  });

  it.each([
    ['refunded in full', 10_000],
    ['reversed', undefined],
  ])('takes a payment that is %s off the balance, once', async (_, amount) => {
    const orderNumber = await start();
    await bank.pay(orderNumber);
    await bank.answersTo(orderNumber, 1);
    await bank.giveBack(orderNumber, amount);
    await bank.answersTo(orderNumber, 2);
    const operation = amount === undefined ? 'reversed' : 'refunded';
    const more = Array.from({ length: 5 }, () =>
      fetch(`${url}?${new URLSearchParams(notice(orderNumber, { operation }))}`),
    );
    await Promise.all(more);
    expect(await stateOf(orderNumber)).toBe('REFUNDED');
    expect(await movedBy(orderNumber)).toEqual([...PAID, { kind: 'REFUND', sum: '10000' }]);
  });

  it('leaves a part that was given back to staff', async () => {
    const orderNumber = await start();
    await bank.pay(orderNumber);
    await bank.answersTo(orderNumber, 1);
    await bank.giveBack(orderNumber, 3000);
    await bank.answersTo(orderNumber, 2);
    expect(
      await row(test.owner, 'select state, failure from payment where order_number = $1', [orderNumber]),
    ).toEqual({
      state: 'SUCCEEDED',
      failure: 'PARTLY_REFUNDED 30.00',
    });
    expect(await movedBy(orderNumber)).toEqual(PAID);
    const unheard = await start();
    await bank.behave(unheard, 'no-callback');
    await bank.pay(unheard);
    await bank.giveBack(unheard, 3000);
    await test.module.get(Settlement).check(unheard);
    expect([await stateOf(unheard), await movedBy(unheard)]).toEqual(['REVIEW', []]);
  });

  it('posts nothing for money that came and went before we heard of it', async () => {
    const orderNumber = await start();
    await bank.behave(orderNumber, 'no-callback');
    await bank.pay(orderNumber);
    await bank.giveBack(orderNumber, 10_000);
    await test.module.get(Settlement).check(orderNumber);
    expect([await stateOf(orderNumber), await movedBy(orderNumber)]).toEqual(['CANCELED', []]);
  });

  it('dates a payment by the day at the organisation', async () => {
    const { organizationId } = town.first;
    const days: unknown[] = [];
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      await rows(test.owner, 'update organization set time_zone = $2 where id = $1', [organizationId, zone]);
      const orderNumber = await start();
      await bank.pay(orderNumber);
      await bank.answersTo(orderNumber, 1);
      const paid = await row<{ day: string; there: string }>(
        test.owner,
        `select value_date::text as day, (posted_at at time zone $2)::date::text as there from payment where order_number = $1`,
        [orderNumber, zone],
      );
      expect(paid?.day).toBe(paid?.there);
      days.push(paid?.day);
    }
    // twenty-five hours lie between the two places: never the same day
    expect(new Set(days).size).toBe(2);
    await rows(test.owner, `update organization set time_zone = 'Europe/Moscow' where id = $1`, [
      organizationId,
    ]);
  });
});
