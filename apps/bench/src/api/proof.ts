import type pg from 'pg';
import type { Query } from './queries';
import type { Target } from './town';

/** What stands in an answer only if it is about this very account: the product's and the yardstick's alike. */
export const signOf = (query: Query, { number }: Target): string =>
  query === 'home' ? `"${number}"` : '"ReadingsSubmitted"';

/** What the product's first page says of an account, as far as it is compared with the books. */
export interface HomeAnswer {
  data: { me: { home: { balanceToday: string; lines: { closing: string }[]; services: object[] } } };
}

interface BooksOfAccount {
  balance: string;
  lines: number;
  closing: string;
  services: number;
}

const BOOKS = `
  select (l.closing + m.moved)::text as balance, l.lines, l.closing::text, s.services
  from (select count(*)::int as lines, coalesce(sum(closing), 0)::bigint as closing from statement_line
    where account_id = $1 and closing_id = (select closing_id from period where state = 'CLOSED' order by month desc limit 1)) l,
   (select coalesce(sum(amount), 0)::bigint as moved from movement
    where account_id = $1 and period_id in (select id from period where state <> 'CLOSED')) m,
   (select count(*)::int as services from account_service
    where account_id = $1 and valid @> current_date and upper_inf(known)) s`;

const minor = (amount: string): bigint => BigInt(amount.replace('.', ''));

/** Compares an answer with the books, read by other statements. @throws Error where they differ */
export async function proveHome(
  client: pg.Client,
  { accountId, number }: Target,
  { data }: HomeAnswer,
): Promise<void> {
  const { rows } = await client.query<BooksOfAccount>(BOOKS, [accountId]);
  const { balanceToday, lines, services } = data.me.home;
  const said: BooksOfAccount = {
    balance: String(minor(balanceToday)),
    lines: lines.length,
    closing: String(lines.reduce((sum, { closing }) => sum + minor(closing), 0n)),
    services: services.length,
  };
  if (JSON.stringify(said) !== JSON.stringify(rows[0]) || lines.length === 0)
    throw new Error(`${number}: the page says ${JSON.stringify(said)}, the books ${JSON.stringify(rows[0])}`);
}

/**
 * Every reading that was answered stands in the database, each register's month is settled by one of them, the greatest: each
 * request moves the registers on. @throws Error where anything was lost, doubled or settled otherwise
 */
export async function proveSubmitted(client: pg.Client, readingsSent: number): Promise<void> {
  const { rows } = await client.query<{ entered: number; registers: number; settled: number }>(
    `select count(*)::int as entered, count(distinct register_id)::int as registers,
       count(*) filter (where settles and value = greatest)::int as settled
     from (select *, max(value) over (partition by register_id, month) as greatest from reading
       where client_key is not null) r`,
  );
  const [found = { entered: 0, registers: 0, settled: -1 }] = rows;
  if (found.entered !== readingsSent || found.settled !== found.registers)
    throw new Error(`${readingsSent} readings were sent, the database holds ${JSON.stringify(found)}`);
}
