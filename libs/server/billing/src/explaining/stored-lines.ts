import { type LineMethod, type StatementLine } from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import { previewTable } from '../closing/closing.queries';
import type { ComputedMonth } from './computed-months';

const NUMBERS = [
  'quantity',
  'commonQuantity',
  'price',
  'opening',
  'charged',
  'vat',
  'excess',
  'recalculated',
  'underdelivered',
  'benefit',
  'adjusted',
  'paid',
  'closing',
] as const;

/** A line as the ledger keeps it: numbers as digits. */
export type StoredLine = Record<(typeof NUMBERS)[number], string> & {
  accountId: string;
  serviceId: string;
  supplierId: string;
  method: LineMethod;
  tariffId: string | null;
  service: string;
  supplier: string;
  unit: string;
};

/**
 * The lines of accounts as they stand in a closing's own table, in the order of the bill, without what was held back in
 * earlier months and charged late: that is the explanation of another month.
 */
export function readStoredLines(
  tx: Tx,
  { organizationId, closingId }: ComputedMonth,
  accountIds: readonly string[],
): Promise<StoredLine[]> {
  return rows<StoredLine>(
    tx,
    `select l.account_id as "accountId", l.service_id as "serviceId", l.supplier_id as "supplierId", l.method,
       l.tariff_id as "tariffId", l.quantity, l.common_quantity as "commonQuantity", l.price, l.opening, l.charged, l.vat, l.excess,
       l.recalculated - late.charged as recalculated, l.underdelivered, l.benefit, l.adjusted, l.paid, l.closing - late.charged as closing,
       s.name as service, u.name as supplier, s.unit
     from ${previewTable(closingId)} l
     join service s on s.organization_id = l.organization_id and s.id = l.service_id
     join supplier u on u.organization_id = l.organization_id and u.id = l.supplier_id
     cross join lateral (
       select coalesce(sum(t.recalculated), 0)::bigint as charged from late_line t
       where t.organization_id = l.organization_id and t.closing_id = $3 and t.account_id = l.account_id
         and t.service_id = l.service_id and t.supplier_id = l.supplier_id) late
     where l.organization_id = $1 and l.account_id = any($2::bigint[])
     order by l.account_id, s.calc_order, s.id, u.id`,
    [organizationId, accountIds, closingId],
  );
}

/** Whether a line that was computed again is the one that was stored, in every number of it. */
export function isSame(line: StatementLine, stored: StoredLine): boolean {
  return (
    line.method === stored.method &&
    line.tariffId === stored.tariffId &&
    NUMBERS.every((name) => line[name] === BigInt(stored[name]))
  );
}
