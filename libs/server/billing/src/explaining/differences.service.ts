import { Inject, Injectable } from '@nestjs/common';
import {
  type ChargedMonth,
  type LineDifference,
  type Month,
  difference,
  moneyOf,
  sum,
} from '@kvartal/domain';
import { NotFound, Refusal, inTransaction, requireIds, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { AccountKey } from '../statements/services.queries';
import { type ComputedMonth, ComputedMonths } from './computed-months';
import type { Difference, DifferentLine } from './differences.types';
import { houseOf } from './explanations.service';
import { readStoredLines } from './stored-lines';

/** Tells why an account costs another sum in one closed month than in another, in kopeks that add up. */
@Injectable()
export class Differences {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(ComputedMonths) private readonly months: ComputedMonths,
  ) {}

  /**
   * The later month against the earlier one; where both are the same, the month by what is known now against it as it was
   * closed: what a recalculation changes. Refuses PERIOD_NOT_CLOSED, and EXPLANATION_DIFFERS where what was computed
   * again is not what was stored; throws NotFound.
   */
  ofMonths(account: AccountKey, month: Month, since: Month): Promise<Difference> {
    requireIds(account.organizationId, account.accountId);
    return inTransaction(
      this.db,
      async (tx) => {
        const houseId = await houseOf(tx, account);
        const before = await this.read(tx, account, houseId, since);
        const after =
          month === since
            ? await this.again(tx, before, houseId)
            : await this.read(tx, account, houseId, month);
        const lines = difference(before.charged, after.charged);
        const told = await named(tx, account.organizationId, lines);
        const totals = {
          before: sum(told.map((one) => one.before)),
          after: sum(told.map((one) => one.after)),
        };
        if (totals.before !== before.stored) throw differs(since);
        if ('stored' in after && totals.after !== after.stored) throw differs(month);
        return { month, since, ...totals, lines: told };
      },
      'REPEATABLE READ',
    );
  }

  private async read(tx: Tx, { organizationId, accountId }: AccountKey, houseId: string, month: Month) {
    const computed = await this.months.closed(tx, organizationId, month);
    const [charged] = await this.months.read(tx, computed, { houseIds: [houseId], accountId });
    if (!charged) throw new NotFound();
    return { computed, charged, stored: await storedSum(tx, computed, charged) };
  }

  /** The same month with what has been learnt since. What the house shared stays, and so do penalties: they correct themselves. */
  private async again(
    tx: Tx,
    before: { computed: ComputedMonth; charged: ChargedMonth },
    houseId: string,
  ): Promise<{ charged: ChargedMonth }> {
    const { accountId, services } = before.charged.account;
    const known = { ...before.computed, knownAt: null };
    const [found] = await this.months.read(tx, known, { houseIds: [houseId], accountId });
    if (!found) throw new NotFound();
    const others = found.account.services.filter(({ method }) => method !== 'PENALTY');
    const penalties = services.filter(({ method }) => method === 'PENALTY');
    return { charged: { ...found, account: { ...found.account, services: [...others, ...penalties] } } };
  }
}

const differs = (month: Month): Refusal => new Refusal('EXPLANATION_DIFFERS', { params: { month } });

/** What a month added to the balances of an account: everything but payments. */
async function storedSum(tx: Tx, computed: ComputedMonth, { account }: ChargedMonth): Promise<bigint> {
  const stored = await readStoredLines(tx, computed, [account.accountId]);
  return sum(
    stored.map(({ charged, recalculated, underdelivered, benefit, adjusted }) =>
      moneyOf(
        [charged, recalculated, underdelivered, benefit, adjusted].reduce(
          (all, one) => all + BigInt(one),
          0n,
        ),
      ),
    ),
  );
}

/** Differences with the names of their services, in the order of the bill; lines that are nothing in both are left out. */
export async function named(
  tx: Tx,
  organizationId: string,
  lines: readonly LineDifference[],
): Promise<DifferentLine[]> {
  const services = await rows<{ id: string; name: string; unit: string }>(
    tx,
    `select id, name, unit from service where organization_id = $1 and id = any($2::bigint[]) order by calc_order, id`,
    [organizationId, lines.map(({ serviceId }) => serviceId)],
  );
  return services.flatMap(({ id, name, unit }) =>
    lines
      .filter((line) => line.serviceId === id && (line.before !== 0n || line.after !== 0n))
      .map(({ causes, ...line }) => ({
        ...line,
        service: name,
        unit,
        causes: causes.map(({ cause, amount, quantity, price }) => ({
          cause,
          amount,
          quantityBefore: quantity?.before ?? null,
          quantityAfter: quantity?.after ?? null,
          priceBefore: price?.before ?? null,
          priceAfter: price?.after ?? null,
        })),
      })),
  );
}
