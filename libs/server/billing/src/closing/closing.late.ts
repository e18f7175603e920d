import {
  type HouseSnapshot,
  type LineKey,
  type Money,
  type Quantity,
  type StatementLine,
  calculateHouse,
  moneyOf,
} from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import { findLack } from './closing.lacks';
import type { ClosingRow } from './closing.lock';

/** What is taken of a line of an earlier month. */
export type LateSource = Pick<
  StatementLine,
  | 'quantity'
  | 'commonQuantity'
  | 'price'
  | 'tariffId'
  | 'charged'
  | 'vat'
  | 'excess'
  | 'recalculated'
  | 'underdelivered'
  | 'benefit'
> & { readonly method: string };

/** A line of an earlier month that is charged now, whatever it comes to: a later reading settles it. */
export interface LateLine extends LineKey {
  houseId: string;
  heldClosingId: string;
  method: string;
  line: LateSource;
  /** What its price alone charged, as a later reading settles it: minor units. */
  net: Money;
}

/** A house's month as somebody computes it: its lines, and what it leaves of common volumes. */
export interface LateMonth {
  readonly lines: readonly (LineKey & LateSource)[];
  readonly carried: readonly { readonly serviceId: string; readonly quantity: Quantity }[];
  readonly lack?: ReturnType<typeof findLack>;
}

/** The engine's month. */
export function byEngine(house: HouseSnapshot): LateMonth {
  const computed = calculateHouse(house);
  const { statements, share } = computed;
  return {
    lines: statements.flatMap(({ accountId, lines }) => lines.map((line) => ({ ...line, accountId }))),
    carried: share.commons.map(({ terms, carryOut }) => ({
      serviceId: terms.serviceId,
      quantity: carryOut,
    })),
    lack: findLack(computed, house),
  };
}

/** What a line of an earlier month charges now. */
export const sumOf = ({ charged, recalculated, underdelivered, benefit }: LateSource): Money =>
  moneyOf(charged + recalculated + underdelivered + benefit);

/** Writes down which earlier months are in this closing's recalculations, in place of what was written before. */
export async function writeLate(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  { houseIds, late }: { houseIds: readonly string[]; late: readonly LateLine[] },
): Promise<void> {
  await rows(
    tx,
    'delete from late_line where organization_id = $1 and closing_id = $2 and house_id = any($3::bigint[])',
    [organizationId, closingId, houseIds],
  );
  if (late.length === 0) return;
  await rows(
    tx,
    `insert into late_line (organization_id, closing_id, held_closing_id, house_id, account_id, service_id, supplier_id,
       method, quantity, common_quantity, price, tariff_id, recalculated, net_charged)
     select $1, $2, l."heldClosingId", l."houseId", l."accountId", l."serviceId", l."supplierId", l.method, l.quantity,
       l."commonQuantity", l.price, l."tariffId", l.recalculated, l.net
     from jsonb_to_recordset($3::jsonb) as l("heldClosingId" bigint, "houseId" bigint, "accountId" bigint,
       "serviceId" bigint, "supplierId" bigint, method text, quantity bigint, "commonQuantity" bigint, price bigint,
       "tariffId" bigint, recalculated bigint, net bigint)`,
    [organizationId, closingId, JSON.stringify(late.map(lateRowOf))],
  );
}

const lateRowOf = ({ line, net, ...late }: LateLine) => ({
  ...late,
  net: net.toString(),
  quantity: line.quantity.toString(),
  commonQuantity: line.commonQuantity.toString(),
  price: line.price.toString(),
  tariffId: line.tariffId,
  recalculated: sumOf(line).toString(),
});
