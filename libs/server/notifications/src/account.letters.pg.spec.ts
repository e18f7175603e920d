import { type RecordedFact, row, rows } from '@kvartal/platform';
import { type Town, type UnderTest, aTown, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { AccountLetters } from './account.letters';
import { NotificationsWorker } from './notifications.module';
import { RequestLetters } from './request.letters';
import { MailPeer } from './testing';

let at: UnderTest;
let town: Town;
let organizationId: string;
let accountId: string;
const peer = new MailPeer();

beforeAll(async () => {
  process.env['SMTP_URL'] = await peer.listen();
  process.env['PUBLIC_URL'] = 'https://kvartal.example';
  at = await underTest(NotificationsWorker);
  town = await aTown(at.owner);
  organizationId = town.first.organizationId;
  accountId = town.first.accountIds[0] ?? '';
});
afterAll(async () => {
  await at.close();
  peer.close();
});
beforeEach(() => void peer.received.splice(0));
afterEach(() => expectBooksBalanced(at.owner));

async function add(sql: string, values: readonly unknown[]): Promise<string> {
  return (await row<{ id: string }>(at.owner, `${sql} returning id`, values))?.id ?? '';
}
async function person(login: string, linkedTo?: string): Promise<string> {
  const userId = await add(
    `insert into portal_user (portal_id, kind, login, email, password_hash, state)
     values ($1, 'RESIDENT', $2, $2 || '@mail.example', 'x', 'ACTIVE')`,
    [town.portalId, login],
  );
  if (linkedTo)
    await add(
      `insert into account_link (created_at, organization_id, user_id, account_id, proof) values (now(), $1, $2, $3, 'STAFF')`,
      [organizationId, userId, linkedTo],
    );
  return userId;
}
async function recorded(fact: string, payload: Record<string, string>): Promise<RecordedFact> {
  const outboxId = await add(
    `insert into outbox (organization_id, fact, payload, sent_at) values ($1, $2, $3, now())`,
    [organizationId, fact, payload],
  );
  return { outboxId, fact, organizationId, payload, requestId: null };
}
/** What each letter says: its recipient, its subject and its text. */
const told = () =>
  peer.received
    .map(({ to, source }) => ({ to, ...readable(source) }))
    .sort((a, b) => a.to.localeCompare(b.to));

function readable(source: string): { subject: string; text: string } {
  const words = (/^Subject: ((?:.*\r\n[ \t])*.*)/im.exec(source)?.[1] ?? '')
    .replace(/\r\n/g, '')
    .replace(/\?=\s+=\?/g, '?==?');
  const subject = words.replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, coded: string) =>
    how.toUpperCase() === 'B'
      ? Buffer.from(coded, 'base64').toString('utf8')
      : unquoted(coded.replaceAll('_', ' ')),
  );
  const [, encoding = '', body = ''] =
    /Content-Type: text\/plain[^]*?Content-Transfer-Encoding: ([\w-]+)\r\n(?:[^\r\n]+\r\n)*\r\n([^]*?)\r\n----/i.exec(
      source,
    ) ?? [];
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : unquoted(body.replace(/=\r\n/g, ''));
  return { subject: subject.replaceAll('\u00a0', ' '), text: text.replaceAll('\u00a0', ' ') };
}
const unquoted = (coded: string): string =>
  decodeURIComponent(coded.replaceAll('%', '%25').replace(/=([0-9A-F]{2})/g, '%$1'));

describe('an account that was linked', () => {
  it('is told to who linked it and, otherwise, to everybody who saw it before; to nobody else', async () => {
    const before = await person('anna', accountId);
    const linking = await person('boris', accountId);
    await person('stranger', town.first.accountIds[1]);
    await at.module
      .get(AccountLetters)
      .accountLinked(await recorded('AccountLinked', { userId: linking, organizationId, accountId }));
    const [toAnna, toBoris, ...others] = told();
    expect(others).toEqual([]);
    expect(toAnna).toMatchObject({
      to: 'anna@mail.example',
      subject: 'К счёту 100001 подключился ещё один человек',
    });
    expect(toBoris).toMatchObject({ to: 'boris@mail.example', subject: 'Лицевой счёт 100001 добавлен' });
    for (const letter of [toAnna, toBoris]) expect(letter?.text).toContain('Приреченск, Садовая, 12, кв. 1');
    await at.owner.query('update account_link set ended_at = now() where user_id = any($1)', [
      [before, linking],
    ]);
  });
});

describe('a bill', () => {
  const issue = async (ofAccount: string) => {
    const periodId = await add(
      `insert into period (organization_id, month, state) values ($1, '2026-09-01', 'CLOSING')`,
      [organizationId],
    );
    const closingId = await add(
      `insert into closing (created_at, organization_id, period_id, state, knew_at, houses) values (now(), $1, $2, 'DISCARDED', now(), 1)`,
      [organizationId, periodId],
    );
    return add(
      `insert into bill (organization_id, account_id, period_id, closing_id, number, issued_on, pay_by, total)
       values ($1, $2, $3, $4, 'К-1', '2026-10-01', '2026-10-15', 150610)`,
      [organizationId, ofAccount, periodId, closingId],
    );
  };

  it('goes to who sees the account and to the address in the books, each once, with sum, deadline and link', async () => {
    const [, account = ''] = town.first.accountIds;
    await person('vera', account);
    await at.owner.query(
      `update account set email = 'VERA@mail.example' where organization_id = $1 and id = $2`,
      [organizationId, account],
    );
    const billId = await issue(account);
    const fact = await recorded('BillIssued', { billId, accountId: account, month: '2026-09' });
    await at.module.get(AccountLetters).billIssued(fact);
    const [letter, ...others] = told().filter(({ to }) => /vera/i.test(to));
    expect(others).toEqual([]);
    expect(letter?.subject).toBe('Квитанция за сентябрь 2026: 1 506,10 ₽');
    expect(letter?.text).toContain('Оплатить до: 15.10.2026');
    expect(letter?.text).toContain('https://kvartal.example/o/zarechny/charges?p=2026-09');

    peer.received.splice(0);
    await at.owner.query(
      `update account set email = 'paper@mail.example' where organization_id = $1 and id = $2`,
      [organizationId, account],
    );
    await at.module.get(AccountLetters).billIssued(fact);
    expect(told().map(({ to }) => to)).toEqual(['paper@mail.example']);
  });
});

describe('a payment', () => {
  it('is confirmed to the payer, at the address given for the receipt, with what is left', async () => {
    const payer = await person('gleb');
    const { services, supplierId, periodId, houseId } = town.first;
    const paymentId = await at.owner.transaction(async (tx) => {
      const made = await row<{ id: string }>(
        tx,
        `insert into payment (created_at, organization_id, account_id, user_id, order_number, provider, amount, currency, state, value_date, posted_at,
           period_id, email, idempotency_key)
         values (now(), $1, $2, $3, 'order-1', 'SBERBANK', 20000, 'RUB', 'SUCCEEDED', '2026-10-15', now(), $4, 'receipt@mail.example', 'k') returning id`,
        [organizationId, accountId, payer, periodId],
      );
      const id = made?.id ?? '';
      const line = [organizationId, id, services.MAINT, supplierId];
      await rows(tx, 'select ledger_enter($1)', [organizationId]);
      await rows(
        tx,
        'insert into payment_allocation (organization_id, payment_id, service_id, supplier_id, amount) values ($1, $2, $3, $4, 20000)',
        line,
      );
      await rows(
        tx,
        `insert into movement (created_at, organization_id, source_id, service_id, supplier_id, source_kind, kind, amount, value_date, period_id, house_id, account_id)
         values (now(), $1, $2, $3, $4, 'PAYMENT', 'PAYMENT', -20000, '2026-10-15', $5, $6, $7)`,
        [...line, periodId, houseId, accountId],
      );
      return id;
    });
    await at.module
      .get(AccountLetters)
      .paymentReceived(await recorded('PaymentReceived', { organizationId, paymentId }));
    expect(told()).toMatchObject([{ to: 'receipt@mail.example', subject: 'Платёж 200,00 ₽ получен' }]);
    expect(told()[0]?.text).toContain('Дата платежа: 15.10.2026');
    expect(told()[0]?.text).toContain('Переплата: 200,00 ₽');
  });
});

describe('a request', () => {
  let requestId: string;
  let userId: string;
  const event = (values: { kind: string; byStaff: boolean; toState?: string; text?: string }) =>
    add(
      `insert into request_event (created_at, organization_id, request_id, kind, by_staff, to_state, text) values (now(), $1, $2, $3, $4, $5, $6)`,
      [organizationId, requestId, values.kind, values.byStaff, values.toState ?? null, values.text ?? ''],
    );
  const tell = async (values: Parameters<typeof event>[0], fact = 'RequestChanged') =>
    at.module
      .get(RequestLetters)
      .requestChanged(await recorded(fact, { requestId, eventId: await event(values) }));

  beforeAll(async () => {
    userId = await person('dina');
    requestId = await add(
      `insert into request (created_at, organization_id, number, house_id, account_id, author_id, category, phone, text, due_at, client_key)
       values (now(), $1, 7, $2, $3, $4, 'PLUMBING', '+79121234567', 'Течёт кран', now(), 'k')`,
      [organizationId, town.first.houseId, accountId, userId],
    );
  });

  it('is confirmed to its author, with a link that opens it', async () => {
    await tell({ kind: 'CREATED', byStaff: false, toState: 'NEW', text: 'Течёт кран' }, 'RequestCreated');
    expect(told()).toMatchObject([{ to: 'dina@mail.example', subject: 'Заявка № 7: принята' }]);
    expect(told()[0]?.text).toContain(
      `https://kvartal.example/o/zarechny/requests/${requestId}?o=${organizationId}`,
    );
    expect(told()[0]?.text).toContain('Сантехника');
  });

  it('is told of when staff change it, in words, and not when the author does', async () => {
    await tell({ kind: 'STATE', byStaff: true, toState: 'DONE', text: 'Заменили прокладку' });
    await tell({ kind: 'STATE', byStaff: true, toState: 'CLARIFICATION', text: 'Когда вы дома?' });
    await tell({ kind: 'MESSAGE', byStaff: true, text: 'Мастер выехал' });
    await tell({ kind: 'MESSAGE', byStaff: false, text: 'Спасибо' });
    expect(
      told()
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Заявка № 7: исполнена', 'Заявка № 7: новый ответ', 'Заявка № 7: нужен ваш ответ']);
    expect(told().some(({ text }) => text.includes('Заменили прокладку'))).toBe(true);
  });
});
