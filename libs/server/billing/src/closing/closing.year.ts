import {
  type Quantity,
  type YearMonth,
  addMonths,
  divideHalfAway,
  measuredYear,
  priceOf,
  quantityOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { type Drafts, NOTHING_TO_PLACE, type Placing, type SnapshotScope } from './closing.drafts';
import { copyOut, literal, near } from './copy';

const MONTHS_A_YEAR = 12;

/** What a house shared of a service in a closed month, and what its meter and its premises said. */
interface SharedMonth {
  houseId: string;
  serviceId: string;
  closingId: string;
  counted: string | null;
  individual: string;
  distributed: string;
}

/** A month of last year as it is settled: by its closing. */
type SettledMonths = ReadonlyMap<number, Pick<YearMonth, 'measured' | 'distributed'>>;

/**
 * What last year says of this month, for services of which that was decided: a month of it stands for the meter, or its
 * readings settle what was charged by norm or average. Of all others nothing is read.
 */
export async function readLastYear(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Placing> {
  const { settled, takesAverages } = catalogue.lastYear;
  const year = addMonths(catalogue.period.month, -MONTHS_A_YEAR).slice(0, 4);
  const closings = scope.closed.flatMap(({ month, closingId }) => (month.startsWith(year) ? closingId : []));
  if ((!takesAverages && settled.length === 0) || closings.length === 0) return NOTHING_TO_PLACE;
  // oldest first
  closings.reverse();
  const toSettle = new Map<string, SettledMonths>();
  for (const [key, months] of await readShared(tx, scope, closings)) {
    const [houseId = '', serviceId = ''] = key.split(' ');
    const measured = measuredYear(
      months.map(({ counted, individual }) => ({
        counted: counted === null ? null : quantityOf(BigInt(counted)),
        individual: quantityOf(BigInt(individual)),
      })),
    );
    const house = drafts.houses.get(Number(houseId));
    const isHeat = catalogue.service(serviceId).resource === 'HEAT';
    const average = averageOf(measured, isHeat, closings.length);
    if (house && average !== undefined) (house.averages ??= new Map()).set(serviceId, average);
    if (settled.includes(serviceId)) toSettle.set(key, settledMonths(months, measured));
  }
  return toSettle.size > 0
    ? settleYears(tx, { scope, drafts, closings, settled }, toSettle)
    : NOTHING_TO_PLACE;
}

async function readShared(
  tx: Tx,
  { organizationId, houseIds }: SnapshotScope,
  closings: readonly string[],
): Promise<Map<string, SharedMonth[]>> {
  const found = await rows<SharedMonth>(
    tx,
    `select h.house_id as "houseId", c."serviceId", h.closing_id as "closingId",
       coalesce(c."houseMeter", c.counted) as counted, c.individual, c.distributed
     from closing_house h, jsonb_to_recordset(h.commons) as
       c("serviceId" text, "houseMeter" text, counted text, individual text, distributed text)
     where h.organization_id = $1 and h.closing_id = any($2::bigint[]) and h.house_id = any($3::bigint[])
     order by array_position($2::bigint[], h.closing_id)`,
    [organizationId, closings, houseIds],
  );
  const byHouse = new Map<string, SharedMonth[]>();
  for (const month of found) {
    const key = `${month.houseId} ${month.serviceId}`;
    const known = byHouse.get(key);
    if (known) known.push(month);
    else byHouse.set(key, [month]);
  }
  return byHouse;
}

/**
 * A month of a year: of what is used in common, the average of the months up to the last reading; of heat a twelfth, and
 * none unless the whole year is closed.
 */
function averageOf(
  measured: readonly Quantity[],
  isHeat: boolean,
  closedMonths: number,
): Quantity | undefined {
  if (measured.length === 0 || (isHeat && closedMonths < MONTHS_A_YEAR)) return undefined;
  const total = measured.reduce((sum, one) => sum + one, 0n);
  const months = BigInt(isHeat ? MONTHS_A_YEAR : measured.length);
  return quantityOf(total > 0n ? divideHalfAway(total, months) : 0n);
}

const settledMonths = (months: readonly SharedMonth[], measured: readonly Quantity[]): SettledMonths =>
  new Map(
    measured.map((volume, place) => {
      const { closingId = '0', distributed = '0' } = months[place] ?? {};
      return [Number(closingId), { measured: volume, distributed: quantityOf(BigInt(distributed)) }];
    }),
  );

interface YearWanted {
  scope: SnapshotScope;
  drafts: Drafts;
  closings: readonly string[];
  settled: readonly string[];
}

/** Gives accounts the months of last year that are settled: their lines, beside what their houses used. */
async function settleYears(
  tx: Tx,
  { scope, drafts, closings, settled }: YearWanted,
  toSettle: ReadonlyMap<string, SettledMonths>,
): Promise<Placing> {
  const found = await copyOut(
    tx,
    `select l.account_id, l.service_id, l.supplier_id, l.closing_id,
       case l.method when 'HEATING_HOUSE_METER' then l.quantity else l.common_quantity end, l.price
     from statement_line l
     where l.organization_id = ${literal(scope.organizationId)} and l.closing_id in (${literal(closings)})
       and l.service_id in (${literal(settled)}) and ${near('l.account_id', drafts.accounts.keys())}
     order by l.account_id, l.service_id, l.supplier_id, l.closing_id`,
  );
  const rows = drafts.byAccount(found);
  return ({ slot, houseId }) => {
    const own = rows.of(slot);
    while (own.next()) {
      const account = drafts.accounts.get(own.id());
      const service = own.id();
      const supplier = own.id();
      const closing = own.id();
      const line = { quantity: quantityOf(own.big()), price: priceOf(own.big()) };
      const month = toSettle.get(`${houseId} ${service}`)?.get(closing);
      const draft = account?.services.find(
        ({ placed, from, to }) => placed.service === service && placed.supplier === supplier && from < to,
      );
      if (draft && month) draft.year = [...(draft.year ?? []), { ...month, ...line, id: String(closing) }];
    }
  };
}
