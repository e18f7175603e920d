import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { HouseSnapshot } from '@kvartal/domain';
import { Clock, Refusal, inTransaction, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import { readCatalogue } from './closing.catalogue';
import { type ClosingKey, type ClosingRow, dirtyHouses, findClosing } from './closing.lock';
import { previewTable } from './closing.queries';
import { readHolds } from './closing.holds';
import { readHouses } from './closing.snapshot';
import {
  believedLines,
  type Column,
  COLUMNS,
  keyOf,
  lateMonthBy,
  type OpinionLine,
  type SecondOpinion,
} from './second-opinion.lines';

export type { SecondOpinion } from './second-opinion.lines';

/** Where the process that runs the check gives the evaluator: a module of the server may not know it. */
export const SECOND_OPINION = Symbol('SECOND_OPINION');

/** A line about which the two do not agree. */
export interface Difference {
  houseId: string;
  accountId: string;
  serviceId: string;
  supplierId: string;
  /** The first column that differs; LINE where only one of them knows the line. */
  column: Column | 'LINE';
  engine: string | null;
  reference: string | null;
}

/** How much was computed again, and what differed. */
export interface Opinion {
  houses: number;
  lines: number;
  differences: readonly Difference[];
}

interface BookedRow extends Record<Column, string> {
  houseId: string;
  accountId: string;
  serviceId: string;
  supplierId: string;
}

const MOST_DIFFERENCES = 100;
/** So many houses before a closing is published; the night takes more. */
const HOUSES_AT_ONCE = 2;

/** Whether the latest second opinion about closing `c` differs: then nothing of it is published. */
export const DIFFERS = `exists (select from (
  select s.differences from second_opinion s where s.organization_id = c.organization_id and s.closing_id = c.id
  order by s.id desc limit 1) latest where latest.differences <> '[]')`;

/** Has a sample of a closing's houses computed by the independent evaluator, and keeps what it found. */
@Injectable()
export class SecondOpinions {
  private readonly logger = new Logger(SecondOpinions.name);

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(Clock) private readonly clock: Clock,
    @Optional() @Inject(SECOND_OPINION) private readonly opinion?: SecondOpinion,
  ) {}

  /** The check that comes before anything of a closing is published; one that was made is not made again. */
  async checkOnce(key: ClosingKey): Promise<void> {
    const made = await row(
      this.db,
      'select from second_opinion where organization_id = $1 and closing_id = $2 limit 1',
      [key.organizationId, key.closingId],
    );
    if (!made) await this.check(key, { houses: HOUSES_AT_ONCE, seed: key.closingId });
  }

  /** The last closing of every organisation: one under review, or the one that stands. */
  async checkLast(houses: number, seed: string): Promise<void> {
    const last = await rows<ClosingKey>(
      this.db,
      `select distinct on (c.organization_id) c.organization_id as "organizationId", c.id as "closingId"
       from closing c join period p on p.organization_id = c.organization_id and p.id = c.period_id
       where c.state = 'READY' or (p.state = 'CLOSED' and p.closing_id = c.id)
       order by c.organization_id, p.month desc`,
    );
    for (const key of last) await this.check(key, { houses, seed });
  }

  /**
   * Computes so many houses of a closing again, which ones the seed says. A computed one is read as things are known now,
   * without the houses that changed since; a committed one as they were known to it. Undefined where this process has no
   * evaluator, or where the closing is neither.
   */
  async check(key: ClosingKey, sample: { houses: number; seed: string }): Promise<Opinion | undefined> {
    const { opinion } = this;
    if (!opinion) return undefined;
    return inTransaction(
      this.db,
      async (tx) => {
        const closing = await findClosing(tx, key);
        if (closing.state !== 'READY' && closing.state !== 'COMMITTED') return undefined;
        const houseIds = await sampleOf(tx, closing, sample);
        const believed = await this.believed(tx, closing, { houseIds, opinion });
        const found = compare(believed, await readBooked(tx, closing, houseIds));
        await this.keep(tx, closing, found);
        return found;
      },
      'REPEATABLE READ',
    );
  }

  /** All lines of the houses, as the second opinion has them. */
  private async believed(
    tx: Tx,
    closing: ClosingRow,
    { houseIds, opinion }: { houseIds: readonly string[]; opinion: SecondOpinion },
  ): Promise<Believed> {
    if (houseIds.length === 0) return [];
    const { organizationId, periodId, month } = closing;
    const knownAt = await knewAt(tx, closing);
    const catalogue = await readCatalogue(tx, organizationId, month, knownAt);
    const closed = (await this.books.read(organizationId, tx)).closed.filter((one) => one.month < month);
    const compute = lateMonthBy(opinion);
    const holds = await readHolds(tx, closing, { houseIds, closed, knownAt, compute });
    const houses = await readHouses(tx, catalogue, {
      organizationId,
      periodId,
      houseIds,
      closed,
      late: holds.estimates,
      ...(knownAt === undefined ? {} : { knownAt }),
    });
    return houses.map((house) => ({ house, lines: believedLines(house, holds, opinion) }));
  }

  private async keep(tx: Tx, { organizationId, closingId }: ClosingRow, found: Opinion): Promise<void> {
    await rows(
      tx,
      `insert into second_opinion (organization_id, closing_id, houses, lines, differences, created_at)
       values ($1, $2, $3, $4, $5::jsonb, $6)`,
      [
        organizationId,
        closingId,
        found.houses,
        found.lines,
        JSON.stringify(found.differences),
        await this.clock.now(),
      ],
    );
    const [first] = found.differences;
    if (first) this.logger.error({ closingId, differences: found.differences.length, first });
  }
}

/** Refuses CLOSING_DIFFERS, naming the first line, while the latest second opinion about a closing differs. */
export async function requireAgreement(tx: Tx, { organizationId, closingId }: ClosingKey): Promise<void> {
  const differs = await row<{ account: string; service: string }>(
    tx,
    `select a.number as account, s.name as service
     from closing c
     join lateral (select o.differences -> 0 as first from second_opinion o
       where o.organization_id = c.organization_id and o.closing_id = c.id order by o.id desc limit 1) o on true
     join account a on a.organization_id = c.organization_id and a.id = (o.first ->> 'accountId')::bigint
     join service s on s.organization_id = c.organization_id and s.id = (o.first ->> 'serviceId')::bigint
     where c.organization_id = $1 and c.id = $2 and o.first is not null`,
    [organizationId, closingId],
  );
  if (differs) throw new Refusal('CLOSING_DIFFERS', { params: differs });
}

async function knewAt(tx: Tx, closing: ClosingRow): Promise<Date | undefined> {
  if (closing.state !== 'COMMITTED') return undefined;
  const found = await row<{ knewAt: Date }>(
    tx,
    'select knew_at as "knewAt" from closing where organization_id = $1 and id = $2',
    [closing.organizationId, closing.closingId],
  );
  return found?.knewAt;
}

/** Houses by chance, but for those that changed since they were computed. */
async function sampleOf(
  tx: Tx,
  closing: ClosingRow,
  { houses, seed }: { houses: number; seed: string },
): Promise<string[]> {
  const { organizationId, closingId } = closing;
  const dirty = closing.state === 'READY' ? await dirtyHouses(tx, closing) : [];
  const taken = await rows<{ houseId: string }>(
    tx,
    `select h.house_id as "houseId" from closing_house h
     where h.organization_id = $1 and h.closing_id = $2 and h.state = 'DONE' and h.house_id <> all($3::bigint[])
     order by md5(h.house_id || ' ' || $4) limit $5`,
    [organizationId, closingId, dirty, seed, houses],
  );
  return taken.map(({ houseId }) => houseId);
}

async function readBooked(
  tx: Tx,
  { organizationId, closingId }: ClosingRow,
  houseIds: readonly string[],
): Promise<BookedRow[]> {
  return rows<BookedRow>(
    tx,
    `select house_id as "houseId", account_id as "accountId", service_id as "serviceId", supplier_id as "supplierId",
       quantity, common_quantity as "commonQuantity", charged, vat, excess, recalculated, underdelivered,
       benefit, closing
     from ${previewTable(closingId)} where organization_id = $1 and house_id = any($2::bigint[])
     order by account_id, service_id, supplier_id`,
    [organizationId, houseIds],
  );
}

type Believed = readonly { house: HouseSnapshot; lines: readonly OpinionLine[] }[];

/** Line by line: none that is written down is left out, nor any that ought to be. */
function compare(houses: Believed, booked: readonly BookedRow[]): Opinion {
  const believed = new Map(
    houses.flatMap(({ house: { houseId }, lines }) =>
      lines.map((line) => [keyOf(line), { houseId, line }] as const),
    ),
  );
  const differences: Difference[] = [];
  for (const row of booked) {
    const difference = differenceOf(row, believed.get(keyOf(row))?.line);
    believed.delete(keyOf(row));
    if (difference) differences.push(difference);
  }
  for (const { houseId, line } of believed.values())
    differences.push({ ...placeOf({ houseId, ...line }), column: 'LINE', engine: null, reference: 'LINE' });
  return {
    houses: houses.length,
    lines: booked.length,
    differences: differences.slice(0, MOST_DIFFERENCES),
  };
}

const placeOf = ({
  houseId,
  accountId,
  serviceId,
  supplierId,
}: Omit<Difference, 'column' | 'engine' | 'reference'>) => ({
  houseId,
  accountId,
  serviceId,
  supplierId,
});

function differenceOf(row: BookedRow, line: OpinionLine | undefined): Difference | undefined {
  if (!line) return { ...placeOf(row), column: 'LINE', engine: 'LINE', reference: null };
  const column = COLUMNS.find((one) => BigInt(row[one]) !== line[one]);
  if (!column) return undefined;
  return { ...placeOf(row), column, engine: row[column], reference: line[column].toString() };
}
