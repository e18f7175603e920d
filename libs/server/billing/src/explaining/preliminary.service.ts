import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargedMonth,
  type Explanation,
  type Money,
  type Month,
  type StatementLine,
  ZERO,
  calculateHouse,
  explainStatement,
  sum,
} from '@kvartal/domain';
import { Clock, RateLimits, Refusal, inTransaction, requireIds, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import { readCatalogue } from '../closing/closing.catalogue';
import { readHouses } from '../closing/closing.snapshot';
import type { AccountKey } from '../statements/services.queries';
import type { Preliminary } from './explaining.types';
import { type LineNames, houseOf, told } from './explanations.service';

/** A whole house is computed for one account, so an account asks for it now and then. */
const LIMIT = { name: 'preliminary', points: 60, seconds: 60 };

/**
 * What the open month would charge if it were closed at this moment: the closing's own reads and rules on the facts and
 * readings as they are. It is no bill, and nothing is stored.
 */
@Injectable()
export class Preliminaries {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The oldest month that is not closed. Refuses PERIOD_NOT_OPEN where there is none, TOO_MANY_ATTEMPTS; throws NotFound. */
  async ofOpenMonth(account: AccountKey): Promise<Preliminary> {
    const { organizationId, accountId } = account;
    requireIds(organizationId, accountId);
    await this.limits.spend(LIMIT, `${organizationId}:${accountId}`);
    const asOf = await this.clock.now();
    return inTransaction(
      this.db,
      async (tx) => {
        const houseId = await houseOf(tx, account);
        const { month, periodId } = await openMonth(tx, organizationId);
        const charged = await this.read(tx, account, { houseId, month, periodId });
        const explained = charged ? explainStatement(charged.account, charged.share) : [];
        const names = await namesOf(tx, organizationId, explained);
        const lines = explained.flatMap((explanation) => {
          const stored = names.get(keyOf(explanation.line));
          return stored ? [{ stored, explanation }] : [];
        });
        const views = await told(tx, { at: { ...account, month, houseId }, lines });
        const amounts = lines.map(({ explanation: { line } }) => addedBy(line));
        const unpriced = new Set(charged?.missing);
        return {
          month,
          asOf,
          total: sum(amounts),
          unpriced: views.flatMap(({ serviceId, service }) => (unpriced.has(serviceId) ? [service] : [])),
          lines: views.map((explanation, place) => ({ explanation, amount: amounts[place] ?? ZERO })),
        };
      },
      'REPEATABLE READ',
    );
  }

  /** The account's facts with what its house would share; undefined where it is charged nothing. */
  private async read(
    tx: Tx,
    { organizationId, accountId }: AccountKey,
    { houseId, month, periodId }: OpenMonth & { houseId: string },
  ): Promise<(ChargedMonth & { missing: readonly string[] }) | undefined> {
    const catalogue = await readCatalogue(tx, organizationId, month);
    const closed = (await this.books.read(organizationId, tx)).closed.filter((one) => one.month < month);
    const scope = { organizationId, houseIds: [houseId], periodId, closed };
    const [house] = await readHouses(tx, catalogue, scope);
    const account = house?.accounts.find((one) => one.accountId === accountId);
    if (!house || !account) return undefined;
    const { share, statements } = calculateHouse(house);
    const own = statements.find((one) => one.accountId === accountId);
    return { account, share, missing: own?.missingTariffs ?? [] };
  }
}

interface OpenMonth {
  month: Month;
  periodId: string;
}

async function openMonth(tx: Tx, organizationId: string): Promise<OpenMonth> {
  const found = await row<OpenMonth>(
    tx,
    `select to_char(month, 'YYYY-MM') as month, id as "periodId" from period
     where organization_id = $1 and closing_id is null order by period.month limit 1`,
    [organizationId],
  );
  if (!found) throw new Refusal('PERIOD_NOT_OPEN');
  return found;
}

/** What the month adds to a balance, payments left out. */
const addedBy = ({ charged, recalculated, underdelivered, benefit, adjusted }: StatementLine): Money =>
  sum([charged, recalculated, underdelivered, benefit, adjusted]);

const keyOf = ({ serviceId, supplierId }: Pick<LineNames, 'serviceId' | 'supplierId'>): string =>
  `${serviceId} ${supplierId}`;

async function namesOf(
  tx: Tx,
  organizationId: string,
  explained: readonly Explanation[],
): Promise<Map<string, LineNames>> {
  const found = await rows<LineNames>(
    tx,
    `select s.id as "serviceId", u.id as "supplierId", s.name as service, u.name as supplier, s.unit
     from unnest($2::bigint[], $3::bigint[]) as l (service, supplier)
     join service s on s.organization_id = $1 and s.id = l.service
     join supplier u on u.organization_id = $1 and u.id = l.supplier`,
    [
      organizationId,
      explained.map(({ line }) => line.serviceId),
      explained.map(({ line }) => line.supplierId),
    ],
  );
  return new Map(found.map((one) => [keyOf(one), one]));
}
