import { type CivilDate, type Month, firstDay, moneyOf } from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import { grouped } from '../grouped';
import type { MovementKind } from '../ledger';
import type { LineMovement } from './explaining.types';

interface MovementRow {
  line: string;
  kind: MovementKind;
  amount: string;
  on: CivilDate;
  document: string;
  forMonth: Month | null;
  recordedAt: Date;
  author: string | null;
}

/** A payment's number is the provider's: our own of its order opens the page of the person who paid. */
const PAYMENT = `concat_ws(' ', nullif(p.place, ''), '№ ' || coalesce(p.operation_id, p.provider_order_id))`;

/** What moved an account's lines in a month, by service and supplier, in the order in which it was entered. */
export async function readLineMovements(
  tx: Tx,
  { organizationId, accountId, month }: { organizationId: string; accountId: string; month: Month },
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
  const byLine = [...grouped(found, ({ line }) => line)];
  return new Map(byLine.map(([line, moved]) => [line, moved.map(movementOf)]));
}

const movementOf = ({ line: _, amount, ...movement }: MovementRow): LineMovement => ({
  ...movement,
  amount: moneyOf(BigInt(amount)),
});
