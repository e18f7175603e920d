import type { DataSource } from 'typeorm';
import { rows } from '../transaction';

/** Every law of the books that holds after any test, as SQL that must find nothing. */
const LAWS: Readonly<Record<string, string>> = {
  'a line balances': `select * from statement_line
    where closing <> opening + charged + recalculated + underdelivered + benefit + adjusted - paid`,
  'an opening is the closing of the month before': `
    with line as (select p.month, l.* from statement_line l
      join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id)
    select * from line l join period before on before.organization_id = l.organization_id
        and before.month = l.month - interval '1 month' and before.closing_id is not null
      left join line b on b.organization_id = l.organization_id and b.account_id = l.account_id
        and b.service_id = l.service_id and b.supplier_id = l.supplier_id and b.month = before.month
    where l.opening <> coalesce(b.closing, 0)`,
  'what was paid in a closed month is its movements': `
    select * from (
      select organization_id, account_id, service_id, supplier_id, closing_id, paid from statement_line
      where closing_id in (select closing_id from period)) l
    full join (
      select m.organization_id, m.account_id, m.service_id, m.supplier_id, p.closing_id, -sum(m.amount) as paid from movement m
      join period p on p.organization_id = m.organization_id and p.id = m.period_id and p.closing_id is not null
      where m.kind in ('PAYMENT', 'REFUND') or (m.kind = 'REVERSAL' and exists (
        select from movement r where r.organization_id = m.organization_id and r.id = m.reverses and r.kind in ('PAYMENT', 'REFUND')))
      group by 1, 2, 3, 4, 5) m using (organization_id, account_id, service_id, supplier_id, closing_id)
    where coalesce(l.paid, 0) <> coalesce(m.paid, 0)`,
  'a payment is split whole': `
    select p.id from payment p
    left join payment_allocation a on a.organization_id = p.organization_id and a.payment_id = p.id
    where p.state = 'SUCCEEDED' group by p.organization_id, p.id, p.amount having p.amount <> coalesce(sum(a.amount), 0)`,
  'a payment moved the ledger by its amount': `
    select p.id from payment p
    left join movement m on m.organization_id = p.organization_id and m.source_kind = 'PAYMENT' and m.source_id = p.id and m.kind = 'PAYMENT'
    where p.state in ('SUCCEEDED', 'REFUNDED', 'REVERSED') group by p.organization_id, p.id, p.amount having p.amount <> -coalesce(sum(m.amount), 0)`,
  'a reversed payment has left the ledger as it came': `
    select p.id from payment p
    left join movement m on m.organization_id = p.organization_id and m.source_kind = 'PAYMENT' and m.source_id = p.id
    where p.state = 'REVERSED' group by p.organization_id, p.id having coalesce(sum(m.amount), 0) <> 0 or count(m.id) = 0`,
};

/** Throws naming the law that does not hold. Run after every test on a database, and nightly over production. */
export async function expectBooksBalanced(db: DataSource): Promise<void> {
  for (const [law, broken] of Object.entries(LAWS)) {
    const found = await rows<object>(db, `${broken} limit 3`);
    if (found.length)
      throw new Error(`The books are broken: not every time ${law}: ${JSON.stringify(found)}`);
  }
}
