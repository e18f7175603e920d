import { type CivilDate, type Month, firstDay, moneyOf } from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import { grouped } from '../grouped';
import type { LineMovementKind } from './explaining.enums';
import type { LineMovement } from './explaining.types';

interface MovementRow {
  line: string;
  kind: LineMovementKind;
  amount: string;
  on: CivilDate;
  document: string;
  forMonth: Month | null;
  recordedAt: Date;
  author: string | null;
}

/** A payment's number is the provider's: our own of its order opens the page of the person who paid. */
const PAYMENT = `concat_ws(' ', nullif(p.place, ''), '№ ' || coalesce(p.operation_id, p.provider_order_id))`;

/** An account in a month, and the closing that charged it, where one did. */
interface MovedMonth {
  organizationId: string;
  accountId: string;
  month: Month;
  closingId?: string;
}

/**
 * What moved an account's lines in a month, by service and supplier, in the order in which it was entered; then what the
 * closing charged for months that were held.
 */
export async function readLineMovements(
  tx: Tx,
  { organizationId, accountId, month, closingId }: MovedMonth,
): Promise<ReadonlyMap<string, readonly LineMovement[]>> {
  const found = await rows<MovementRow>(
    tx,
    `select m.service_id || ' ' || m.supplier_id as line, m.kind, m.amount::text, m.value_date::text as "on",
       coalesce(nullif(m.reason, ''), ${PAYMENT}) as document, to_char(m.for_month, 'YYYY-MM') as "forMonth",
       m.created_at as "recordedAt", coalesce(nullif(u.name, ''), u.login) as author
     from movement m
     join period d on d.organization_id = m.organization_id and d.id = m.period_id
     left join payment p on m.source_kind = 'PAYMENT' and p.organization_id = m.organization_id and p.id = m.source_id
     left join portal_user u on u.id = m.created_by
     where m.organization_id = $1 and m.account_id = $2 and d.month = $3 order by m.id`,
    [organizationId, accountId, firstDay(month)],
  );
  const late = closingId === undefined ? [] : await readLate(tx, { organizationId, accountId, closingId });
  const byLine = [...grouped([...found, ...late], ({ line }) => line)];
  return new Map(byLine.map(([line, moved]) => [line, moved.map(movementOf)]));
}

const movementOf = ({ line: _, amount, ...movement }: MovementRow): LineMovement => ({
  ...movement,
  amount: moneyOf(BigInt(amount)),
});

/** What a closing charged for months that were held, the oldest first. */
const readLate = (
  tx: Tx,
  { organizationId, accountId, closingId }: Required<Omit<MovedMonth, 'month'>>,
): Promise<MovementRow[]> =>
  rows<MovementRow>(
    tx,
    `select t.service_id || ' ' || t.supplier_id as line, 'LATE' as kind, t.recalculated::text as amount,
       d.month::text as "on", '' as document, to_char(d.month, 'YYYY-MM') as "forMonth", t.created_at as "recordedAt", null as author
     from late_line t
     join closing h on h.organization_id = t.organization_id and h.id = t.held_closing_id
     join period d on d.organization_id = h.organization_id and d.id = h.period_id
     where t.organization_id = $1 and t.account_id = $2 and t.closing_id = $3 and t.recalculated <> 0
     order by d.month`,
    [organizationId, accountId, closingId],
  );
