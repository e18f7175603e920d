import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargedMonth,
  type Money,
  type Month,
  type StatementLine,
  ZERO,
  calculateHouse,
  carryForward,
  explainStatement,
  sum,
} from '@kvartal/domain';
import { Clock, RateLimits, Refusal, inTransaction, requireIds, row, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { type ClosedMonth, BooksKeeper } from '../books';
import { readCatalogue } from '../closing/closing.catalogue';
import { readHolds } from '../closing/closing.holds';
import { type LateLine, sumOf } from '../closing/closing.late';
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
        const late = charged?.late ?? [];
        const keys = [...explained.map(({ line }) => line), ...late];
        const names = await namesOf(tx, organizationId, keys);
        const lines = explained.flatMap((explanation) => {
          const stored = names.get(keyOf(explanation.line));
          return stored ? [{ stored, explanation }] : [];
        });
        const views = await told(tx, { at: { ...account, month, houseId, knownAt: null }, lines });
        const written = new Map(charged?.written.map((line) => [keyOf(line), line]));
        const amounts = lines.map(({ explanation: { line } }) => addedBy(written.get(keyOf(line)) ?? line));
        const unpriced = new Set(charged?.missing);
        const namedBy = (key: ServiceKey) => names.get(keyOf(key))?.service ?? '';
        return {
          month,
          asOf,
          total: sum([...written.values()].map(addedBy)),
          unpriced: views.flatMap(({ serviceId, service }) => (unpriced.has(serviceId) ? [service] : [])),
          held: lines.flatMap(({ stored }) =>
            written.get(keyOf(stored))?.method === 'HELD' ? [stored.service] : [],
          ),
          late: late.map((one) => ({ month: one.month, service: namedBy(one), amount: one.amount })),
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
  ): Promise<OpenCharge | undefined> {
    const catalogue = await readCatalogue(tx, organizationId, month);
    const closed = (await this.books.read(organizationId, tx)).closed.filter((one) => one.month < month);
    const houseIds = [houseId];
    const closingId = (await closingOf(tx, organizationId, periodId)) ?? NO_CLOSING;
    const holds = await readHolds(tx, { organizationId, closingId }, { houseIds, closed });
    const scope = { organizationId, houseIds, periodId, closed, late: holds.estimates };
    const [house] = await readHouses(tx, catalogue, scope);
    const account = house?.accounts.find((one) => one.accountId === accountId);
    if (!house || !account) return undefined;
    const computed = calculateHouse(holds.prepared(house));
    const written = holds.isWhole(houseId) ? carryForward(house) : holds.applied(computed, house);
    const own = <T extends { accountId: string }>(of: readonly T[]) =>
      of.find((one) => one.accountId === accountId);
    return {
      account,
      share: computed.share,
      missing: own(computed.statements)?.missingTariffs ?? [],
      written: own(written.statements)?.lines ?? [],
      late: holds.lateCharges
        .filter((one) => one.accountId === accountId)
        .map((line) => lateOf(line, closed)),
    };
  }
}

/** An account's open month: as its facts would charge it, and as it would be written down. */
interface OpenCharge extends ChargedMonth {
  readonly missing: readonly string[];
  readonly written: readonly StatementLine[];
  readonly late: readonly (ServiceKey & { month: Month; amount: Money })[];
}

type ServiceKey = Pick<LineNames, 'serviceId' | 'supplierId'>;

const NO_CLOSING = '0';

/** The closing of a month that is not closed yet, where one is being made: people may hold charges of it. */
async function closingOf(tx: Tx, organizationId: string, periodId: string): Promise<string | undefined> {
  const found = await row<{ id: string }>(
    tx,
    `select id from closing where organization_id = $1 and period_id = $2 and state in ('COMPUTING', 'READY', 'FAILED')
     order by id desc limit 1`,
    [organizationId, periodId],
  );
  return found?.id;
}

function lateOf(
  { serviceId, supplierId, heldClosingId, line }: LateLine,
  closed: readonly ClosedMonth[],
): OpenCharge['late'][number] {
  const held = closed.find(({ closingId }) => closingId === heldClosingId);
  if (!held) throw new RangeError(`Closing ${heldClosingId} is not closed`);
  return { serviceId, supplierId, month: held.month, amount: sumOf(line) };
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

const keyOf = ({ serviceId, supplierId }: ServiceKey): string => `${serviceId} ${supplierId}`;

async function namesOf(
  tx: Tx,
  organizationId: string,
  keys: readonly ServiceKey[],
): Promise<Map<string, LineNames>> {
  const found = await rows<LineNames>(
    tx,
    `select s.id as "serviceId", u.id as "supplierId", s.name as service, u.name as supplier, s.unit
     from (select distinct * from unnest($2::bigint[], $3::bigint[]) as l (service, supplier)) l
     join service s on s.organization_id = $1 and s.id = l.service
     join supplier u on u.organization_id = $1 and u.id = l.supplier`,
    [organizationId, keys.map(({ serviceId }) => serviceId), keys.map(({ supplierId }) => supplierId)],
  );
  return new Map(found.map((one) => [keyOf(one), one]));
}
