import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargedMonth,
  type CommonShare,
  type CommonTerms,
  type HouseShare,
  type Month,
  type Quantity,
  periodDays,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { NotFound, Refusal, row, rows, type Tx } from '@kvartal/platform';
import { BooksKeeper } from '../books';
import { readCatalogue } from '../closing/closing.catalogue';
import { readHolds } from '../closing/closing.holds';
import { type ClosingKey, findClosing } from '../closing/closing.lock';
import { readHouses } from '../closing/closing.snapshot';

/** A month of the books that has been computed: one that stands closed, or a closing under review. */
export interface ComputedMonth extends ClosingKey {
  month: Month;
  periodId: string;
  /** What the closing knew: of facts that were corrected later, those that it took. Null for what is known now. */
  knownAt: Date | null;
}

/** Whose month: houses with all their accounts, or one account of a house. */
export interface Whose {
  houseIds: readonly string[];
  accountId?: string;
}

/**
 * Reads again what a computed month was computed from: the closing's own reads, as known when it was closed, and what the
 * houses shared, as the closing wrote it down. The same rules make the same lines of it.
 */
@Injectable()
export class ComputedMonths {
  constructor(@Inject(BooksKeeper) private readonly books: BooksKeeper) {}

  /** The closing that stands for a month. Refuses PERIOD_NOT_CLOSED. */
  async closed(tx: Tx, organizationId: string, month: Month): Promise<ComputedMonth> {
    const found = await row<{ closingId: string; periodId: string; knownAt: Date }>(
      tx,
      `select c.id as "closingId", p.id as "periodId", c.knew_at as "knownAt"
       from period p join closing c on c.organization_id = p.organization_id and c.id = p.closing_id
       where p.organization_id = $1 and p.month = $2::date`,
      [organizationId, `${month}-01`],
    );
    if (!found) throw new Refusal('PERIOD_NOT_CLOSED', { params: { month } });
    return { organizationId, month, ...found };
  }

  /** A closing whose lines can be read: one under review is explained by what is known now. Throws NotFound. */
  async ofClosing(tx: Tx, key: ClosingKey): Promise<ComputedMonth> {
    const { state, month, periodId } = await findClosing(tx, key);
    if (state === 'DISCARDED') throw new NotFound();
    if (state === 'COMMITTED') return this.closed(tx, key.organizationId, month);
    return { ...key, month, periodId, knownAt: null };
  }

  /** The accounts' facts of that month, each with what its house shared. */
  async read(tx: Tx, computed: ComputedMonth, { houseIds, accountId }: Whose): Promise<ChargedMonth[]> {
    const { organizationId, month, periodId, knownAt } = computed;
    const moment = knownAt ? { knownAt } : {};
    const catalogue = await readCatalogue(tx, organizationId, month, knownAt ?? undefined);
    const closed = (await this.books.read(organizationId, tx)).closed.filter((one) => one.month < month);
    const only = accountId === undefined ? {} : { accountId };
    // what late charges estimated is in the readings that come now
    const { estimates: late } = await readHolds(tx, computed, { houseIds, closed, ...moment });
    const scope = { organizationId, houseIds, periodId, closed, late, ...only, ...moment };
    const houses = await readHouses(tx, catalogue, scope);
    const shares = await readShares(tx, computed, houseIds);
    const nothing: HouseShare = { period: periodDays(month), commons: [] };
    return houses.flatMap(({ houseId, accounts }) =>
      accounts.map((account) => ({ account, share: shares.get(houseId) ?? nothing })),
    );
  }
}

/** Volumes as JSON keeps them: digits. */
type Digits<T> = {
  [K in keyof T]: T[K] extends bigint ? string : T[K] extends bigint | null ? string | null : T[K];
};
type CommonRow = Digits<
  Omit<CommonTerms, 'average' | 'sharedBy'> & Omit<CommonShare, 'terms'> & { average: Quantity | null }
> & { houseId: string; sharedBy: { kind: 'HEATED_AREA' | 'PEOPLE'; whole: string } | null };

/** What each house's accounts shared, as its computation wrote it down. */
async function readShares(
  tx: Tx,
  { organizationId, closingId, month }: ComputedMonth,
  houseIds: readonly string[],
): Promise<Map<string, HouseShare>> {
  const found = await rows<CommonRow>(
    tx,
    `select h.house_id as "houseId", c.* from closing_house h, jsonb_to_recordset(h.commons) as c(
       "serviceId" text, resource text, zone text, "houseMeter" text, "carryIn" text, norm text, "commonArea" text,
       "totalArea" text, "capByNorm" boolean, "negativePolicy" text, average text, "sharedBy" jsonb, basis text,
       individual text, "houseVolume" text, "normVolume" text, distributed text, excess text, "carryOut" text)
     where h.organization_id = $1 and h.closing_id = $2 and h.house_id = any($3::bigint[])`,
    [organizationId, closingId, houseIds],
  );
  const period = periodDays(month);
  const shares = new Map(houseIds.map((id) => [id, { period, commons: new Array<CommonShare>() }]));
  for (const common of found) shares.get(common.houseId)?.commons.push(commonOf(common));
  return shares;
}

const volume = (digits: string): Quantity => quantityOf(BigInt(digits));
const volumeOrNull = (digits: string | null): Quantity | null => (digits === null ? null : volume(digits));

function commonOf({ average, sharedBy, basis, ...row }: CommonRow): CommonShare {
  const terms: CommonTerms = {
    serviceId: row.serviceId,
    resource: row.resource,
    zone: row.zone,
    houseMeter: volumeOrNull(row.houseMeter),
    carryIn: volume(row.carryIn),
    norm: row.norm === null ? null : ratioOf(BigInt(row.norm)),
    commonArea: volume(row.commonArea),
    totalArea: volume(row.totalArea),
    capByNorm: row.capByNorm,
    negativePolicy: row.negativePolicy,
    ...(average === null ? {} : { average: volume(average) }),
    ...(sharedBy === null ? {} : { sharedBy: { kind: sharedBy.kind, whole: BigInt(sharedBy.whole) } }),
  };
  return {
    terms,
    basis,
    individual: volume(row.individual),
    houseVolume: volume(row.houseVolume),
    normVolume: volume(row.normVolume),
    distributed: volume(row.distributed),
    excess: volume(row.excess),
    carryOut: volume(row.carryOut),
  };
}
