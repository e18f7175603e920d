import { Inject, Injectable } from '@nestjs/common';
import { addressLine } from '@kvartal/accounts';
import {
  type CivilDate,
  type DueDayRule,
  type Money,
  type Month,
  type PayableLine,
  type TotalMode,
  dueDates,
  moneyOf,
  totalToPay,
} from '@kvartal/domain';
import { Clock, Outbox, currentRequestId, inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BILL_ISSUED } from '../billing.events';
import { type Books, BooksKeeper, totalModeOf } from '../books';
import { type ClosingKey } from '../closing/closing.lock';
import { ACCOUNTS_A_BATCH, BATCH_SETTINGS } from '../closing/closing.start';
import { copyOut, literal, near } from '../closing/copy';
import { DIFFERS } from '../closing/second-opinion';
import { grouped } from '../grouped';
import { readPrinted } from './bill.printed';
import { type Payer, type Recipient, joinCodes, paymentCode } from './bill.qr';

/** The closing whose bills are made, and the dates that they print. */
interface Issue extends ClosingKey {
  month: Month;
  periodId: string;
  /** Closings of the month that were committed before, and opened again: the bills of this one replace theirs. */
  replaced: readonly string[];
  country: 'RU' | 'KZ';
  issuedOn: CivilDate;
  /** The moment whose knowledge they print. */
  committedAt: Date;
  payBy: CivilDate;
  mode: TotalMode;
  suppliers: ReadonlyMap<string, Supplier>;
  groups: ReadonlyMap<string, PayableLine['group']>;
}

/** A supplier, and whose bank account takes its money. */
type Supplier = Recipient & { recipientId: string };

interface NewBill {
  accountId: string;
  number: string;
  total: string;
  qr: string | null;
}

/**
 * Makes bills and debt lots of a committed month, a batch of houses at a time: what is marked is there, so a job that
 * is killed or done twice issues nothing twice.
 */
@Injectable()
export class BillIssuing {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The next batch of houses; whether there was one. None while the second opinion about the closing differs. `mail` says
   * whether the accounts that want it hear of it.
   */
  async issueBatch(key: ClosingKey, mail = true): Promise<boolean> {
    return inTransaction(this.db, async (tx) => {
      await rows(tx, BATCH_SETTINGS);
      const issue = await this.prepare(tx, key);
      const houses = issue ? await takeHouses(tx, key) : [];
      if (!issue || houses.length === 0) return false;
      const accounts = await readAccounts(tx, issue, houses);
      await addLots(tx, issue, [...accounts.keys()].map(String));
      const issued = await addBills(tx, issue, billsOf(issue, accounts));
      if (mail) this.outbox.announce(tx, await tellOf(tx, issue, issued));
      await rows(
        tx,
        `update closing_house set issued_at = $4
         where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[])`,
        [key.organizationId, key.closingId, houses, await this.clock.now()],
      );
      return true;
    });
  }

  /** Every batch, one after another. */
  async issueAll(key: ClosingKey, mail = true): Promise<void> {
    while (await this.issueBatch(key, mail));
  }

  private async prepare(tx: Tx, key: ClosingKey): Promise<Issue | undefined> {
    const closing = await row<Pick<Issue, 'month' | 'periodId' | 'replaced' | 'issuedOn' | 'committedAt'>>(
      tx,
      `select to_char(p.month, 'YYYY-MM') as month, p.id as "periodId",
         array(select e.id::text from closing e where e.organization_id = c.organization_id
           and e.period_id = c.period_id and e.id < c.id and e.committed_at is not null) as replaced,
         (c.committed_at at time zone o.time_zone)::date::text as "issuedOn", c.committed_at as "committedAt"
       from closing c join period p on p.organization_id = c.organization_id and p.id = c.period_id
       join organization o on o.id = c.organization_id
       where c.organization_id = $1 and c.id = $2 and c.state = 'COMMITTED' and not ${DIFFERS}`,
      [key.organizationId, key.closingId],
    );
    if (!closing) return undefined;
    const books = await this.books.read(key.organizationId, tx);
    const { settings, suppliers } = (await readPrinted(tx, key)) ?? { settings: {}, suppliers: {} };
    const { country } = books;
    return {
      ...key,
      ...closing,
      country: books.country,
      payBy: await payByOf(tx, { country, settings }, closing.month, closing.committedAt),
      mode: totalModeOf({ settings }),
      suppliers: new Map(Object.entries(suppliers).map(([id, one]) => [id, { ...one, id }])),
      groups: await readGroups(tx, key.organizationId),
    };
  }
}

/** The last day to pay the bill of a month without a penalty, by the law as it was known at a moment. */
export async function payByOf(
  tx: Pick<Tx, 'query'>,
  { country, settings }: Pick<Books, 'country' | 'settings'>,
  month: Month,
  knownAt: Date,
): Promise<CivilDate> {
  const daysOff = settings['shiftToWorkday'] === true ? new Set<CivilDate>() : undefined;
  return dueDates(month, await readDueDays(tx, country, knownAt), daysOff).dueDate;
}

async function readDueDays(tx: Pick<Tx, 'query'>, country: string, knownAt: Date): Promise<DueDayRule[]> {
  const rules = await rows<{ from: Month; day: number }>(
    tx,
    `select to_char(lower(valid), 'YYYY-MM') as "from", (value / 100000000)::int as day from rate
     where country = $1 and kind = 'DUE_DAY' and known @> $2::timestamptz order by lower(valid)`,
    [country, knownAt],
  );
  return rules;
}

async function readGroups(tx: Tx, organizationId: string): Promise<Map<string, PayableLine['group']>> {
  const found = await rows<{ id: string; group: PayableLine['group'] }>(
    tx,
    'select id, service_group as "group" from service where organization_id = $1',
    [organizationId],
  );
  return new Map(found.map(({ id, group }) => [id, group]));
}

async function takeHouses(tx: Tx, { organizationId, closingId }: ClosingKey): Promise<string[]> {
  const taken = await rows<{ houseId: string }>(
    tx,
    `select house_id as "houseId" from closing_house
     where organization_id = $1 and closing_id = $2 and issued_at is null order by house_id
     limit (select greatest(1, round($3::numeric / greatest(1, avg(accounts))))::bigint from closing_house
       where organization_id = $1 and closing_id = $2)
     for update skip locked`,
    [organizationId, closingId, ACCOUNTS_A_BATCH],
  );
  return taken.map(({ houseId }) => houseId);
}

/**
 * What is still owed of this very month: its charge, or what is left where earlier debts are paid and a part of it too.
 * A penalty bears no penalty. A lot that is there already is a fault: the houses' marks say that it is not.
 */
async function addLots(
  tx: Tx,
  { organizationId, closingId, payBy, groups }: Issue,
  accounts: readonly string[],
): Promise<void> {
  const penalties = [...groups].flatMap(([id, group]) => (group === 'PENALTY' ? [id] : []));
  await rows(
    tx,
    `insert into debt_lot (organization_id, closing_id, account_id, service_id, supplier_id, due_on, principal)
     select l.organization_id, l.closing_id, l.account_id, l.service_id, l.supplier_id, $3,
       least(l.charged + l.recalculated + l.underdelivered + l.benefit, l.closing)
     from statement_line l
     where l.organization_id = $1 and l.closing_id = $2 and l.service_id <> all($4::bigint[])
       and ${near('l.account_id', accounts.map(Number))}
       and l.account_id in (select unnest($5::bigint[]))
       and least(l.charged + l.recalculated + l.underdelivered + l.benefit, l.closing) > 0`,
    [organizationId, closingId, payBy, penalties, accounts],
  );
}

interface AccountLines {
  payer: Payer;
  lines: PayableLine[];
}

/** The batch's accounts: who pays, and the lines that the total is made of. */
async function readAccounts(
  tx: Tx,
  issue: Issue,
  houses: readonly string[],
): Promise<Map<number, AccountLines>> {
  const accounts = await readPayers(tx, issue, houses);
  if (accounts.size === 0) return accounts;
  const found = await copyOut(
    tx,
    `select l.account_id, l.service_id, l.supplier_id, l.closing from statement_line l
     where l.organization_id = ${literal(issue.organizationId)} and l.closing_id = ${literal(issue.closingId)}
       and ${near('l.account_id', accounts.keys())}`,
  );
  while (found.next()) {
    const account = accounts.get(found.id());
    const group = issue.groups.get(String(found.id()));
    const supplier = issue.suppliers.get(String(found.id()));
    const closing = moneyOf(found.big());
    if (account && group && supplier)
      account.lines.push({ supplierId: supplier.id, recipientId: supplier.recipientId, group, closing });
  }
  return accounts;
}

const billsOf = (issue: Issue, accounts: ReadonlyMap<number, AccountLines>): NewBill[] =>
  [...accounts].flatMap(([accountId, account]) =>
    account.lines.length === 0 ? [] : { accountId: String(accountId), ...billOf(issue, account) },
  );

async function readPayers(
  tx: Tx,
  issue: Issue,
  houses: readonly string[],
): Promise<Map<number, AccountLines>> {
  const found = await rows<PayerRow>(
    tx,
    `select a.id, a.number, coalesce(r.surname, '') as surname, h.city, h.street, h.number as house, p.number as flat,
       p.kind as "premisesKind"
     from account a
     join house h on h.organization_id = a.organization_id and h.id = a.house_id
     join premises p on p.organization_id = a.organization_id and p.id = a.premises_id
     left join holder r on r.organization_id = a.organization_id and r.account_id = a.id
       and r.known @> $4::timestamptz and r.valid @> $3::date
     where a.organization_id = $1 and a.house_id = any($2::bigint[]) order by a.id`,
    [issue.organizationId, houses, issue.issuedOn, issue.committedAt],
  );
  return new Map(
    found.map(({ id, number, surname, ...address }) => [
      Number(id),
      { payer: { number, surname, address: addressLine(address) }, lines: [] },
    ]),
  );
}

interface PayerRow {
  id: string;
  number: string;
  surname: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
}

function billOf(issue: Issue, { payer, lines }: AccountLines): Omit<NewBill, 'accountId'> {
  const { month, replaced } = issue;
  const again = replaced.length > 0 ? `-${replaced.length + 1}` : '';
  const number = `${payer.number}-${month.slice(2, 4)}${month.slice(5)}${again}`;
  return { number, total: totalToPay(lines, issue.mode).toString(), qr: codesFor(issue, payer, lines) };
}

/** One code for each recipient that something is due to. Kazakhstan pays by providers' own codes. */
function codesFor(issue: Issue, payer: Payer, lines: readonly PayableLine[]): string | null {
  if (issue.country !== 'RU') return null;
  const codes: string[] = [];
  for (const [recipientId, own] of grouped(lines, (line) => line.recipientId)) {
    const amount: Money = totalToPay(own, issue.mode);
    const recipient = issue.suppliers.get(recipientId);
    const code = recipient && paymentCode(recipient, payer, { month: issue.month, amount });
    if (code) codes.push(code);
  }
  return joinCodes(codes);
}

async function addBills(tx: Tx, issue: Issue, bills: readonly NewBill[]): Promise<string[]> {
  const added = await rows<{ id: string }>(
    tx,
    `insert into bill (organization_id, account_id, period_id, closing_id, number, issued_on, pay_by, total, qr, replaces_id)
     select $1, b."accountId", $2, $3, b.number, $4, $5, b.total, b.qr, (
       select o.id from bill o where o.organization_id = $1 and o.account_id = b."accountId"
         and o.closing_id = any($7::bigint[]) order by o.closing_id desc limit 1)
     from jsonb_to_recordset($6::jsonb) as b("accountId" bigint, number text, total bigint, qr text)
     on conflict on constraint bill_one_per_account_and_closing do nothing returning id`,
    [
      issue.organizationId,
      issue.periodId,
      issue.closingId,
      issue.issuedOn,
      issue.payBy,
      JSON.stringify(bills),
      issue.replaced,
    ],
  );
  return added.map(({ id }) => id);
}

/** Writes down a fact for each bill that somebody wants to hear of: who is linked, has an address, and did not say no. */
async function tellOf(tx: Tx, issue: Issue, billIds: readonly string[]): Promise<string[]> {
  const told = await rows<{ id: string }>(
    tx,
    `insert into outbox (organization_id, fact, payload, request_id)
     select $1, $2, jsonb_build_object('billId', b.id::text, 'accountId', b.account_id::text, 'month', $3::text), $5
     from bill b join account a on a.organization_id = b.organization_id and a.id = b.account_id
     where b.organization_id = $1 and b.id = any($4::bigint[]) and exists (
       select from account_link k
       join portal_user u on u.id = k.user_id and u.state = 'ACTIVE' and u.email is not null
       left join preference w on w.user_id = u.id and w.topic = 'BILL' and w.channel = 'EMAIL'
       where k.organization_id = a.organization_id and k.account_id = a.id and k.ended_at is null
         and coalesce(w.wanted, true))
     returning id`,
    [issue.organizationId, BILL_ISSUED, issue.month, billIds, currentRequestId() ?? null],
  );
  return told.map(({ id }) => id);
}
