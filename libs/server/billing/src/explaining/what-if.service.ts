import { Inject, Injectable } from '@nestjs/common';
import {
  type AccountSnapshot,
  type Change,
  type ChargedMonth,
  type Quantity,
  consumption,
  counted,
  quantity,
  quantityOf,
  sum,
  whatIf,
  withMeter,
  withReading,
  withResidents,
  volumesFor,
} from '@kvartal/domain';
import { NotFound, RateLimits, Refusal, inTransaction, requireIds, rows, type Tx } from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { BooksKeeper } from '../books';
import type { AccountKey } from '../statements/services.queries';
import { type ComputedMonth, ComputedMonths } from './computed-months';
import type { Difference } from './differences.types';
import { named } from './differences.service';
import { houseOf } from './explanations.service';
import type { WhatIfBase, WhatIfInput } from './what-if.types';
import { byTwoZones, readTwoZones, twoZonesView } from './what-if.zones';

/** An account's own numbers may be turned about once a second, for a while. */
const LIMIT = { name: 'what-if', points: 60, seconds: 60 };
const NOBODY = quantityOf(0n);
const MOST_RESIDENTS = quantity('50');
const MOST_VOLUME = quantity('1000000');
const ALL = quantity('100');
const UNIT = 1_000_000n;

/** What the last closed month would have cost with other facts: the closing's own rules, nothing is stored. */
@Injectable()
export class WhatIfs {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(BooksKeeper) private readonly books: BooksKeeper,
    @Inject(ComputedMonths) private readonly months: ComputedMonths,
    @Inject(RateLimits) private readonly limits: RateLimits,
  ) {}

  /** What one may change; null where no month is closed, or the account was charged nothing in the last. */
  base(account: AccountKey): Promise<WhatIfBase | null> {
    return this.onMonth(account, async (tx, found) => (found ? baseOf(tx, found) : null));
  }

  /**
   * The month as it was against the month with the changes. Refuses NOT_A_NUMBER where a value is out of bounds,
   * NO_ZONE_TARIFF, PERIOD_NOT_CLOSED and TOO_MANY_ATTEMPTS; throws NotFound.
   */
  async answer(account: AccountKey, input: WhatIfInput): Promise<Difference> {
    refuseImpossible(input);
    await this.limits.spend(LIMIT, `${account.organizationId}:${account.accountId}`);
    return this.onMonth(account, async (tx, found) => {
      if (!found) throw new Refusal('PERIOD_NOT_CLOSED');
      const { month } = found.computed;
      const { differences } = whatIf(found.charged, ...(await changesOf(tx, input, found)));
      const lines = await named(tx, account.organizationId, differences);
      const totals = {
        before: sum(lines.map(({ before }) => before)),
        after: sum(lines.map(({ after }) => after)),
      };
      return { month, since: month, ...totals, lines };
    });
  }

  private async onMonth<T>(
    { organizationId, accountId }: AccountKey,
    work: (tx: Tx, found: LastMonth | undefined) => Promise<T>,
  ): Promise<T> {
    requireIds(organizationId, accountId);
    return inTransaction(
      this.db,
      async (tx) => {
        const houseId = await houseOf(tx, { organizationId, accountId });
        const [last] = (await this.books.read(organizationId, tx)).closed;
        if (!last) return work(tx, undefined);
        const computed = await this.months.closed(tx, organizationId, last.month);
        const [charged] = await this.months.read(tx, computed, { houseIds: [houseId], accountId });
        return work(tx, charged && { computed, charged });
      },
      'REPEATABLE READ',
    );
  }
}

/** The month that stands closed last, and what the account was charged from in it. */
interface LastMonth {
  computed: ComputedMonth;
  charged: ChargedMonth;
}

function refuseImpossible({ residents, volumes, meters, nightPercent }: WhatIfInput): void {
  const isOut = (value: Quantity, most: Quantity): boolean => value < 0n || value > most;
  if (residents && isOut(residents, MOST_RESIDENTS))
    throw new Refusal('NOT_A_NUMBER', { path: ['change', 'residents'] });
  if (nightPercent && isOut(nightPercent, ALL))
    throw new Refusal('NOT_A_NUMBER', { path: ['change', 'nightPercent'] });
  for (const [name, list] of [['volumes', volumes] as const, ['meters', meters] as const])
    for (const [place, { volume }] of list.entries())
      if (isOut(volume, MOST_VOLUME))
        throw new Refusal('NOT_A_NUMBER', { path: ['change', name, place, 'volume'] });
}

/** How many live there on the month's last day. */
const residentsOf = ({ residents, period }: AccountSnapshot): Quantity =>
  residents.find(({ from, to }) => from < period.to && period.to <= to)?.value ?? NOBODY;

async function changesOf(
  tx: Tx,
  { residents, volumes, meters, nightPercent }: WhatIfInput,
  { computed, charged: { account } }: LastMonth,
): Promise<Change[]> {
  const changes: Change[] = [];
  if (residents !== undefined && residents !== null)
    changes.push(withResidents(quantityOf(residents - residentsOf(account)), account.period.from));
  for (const { registerId, volume } of volumes) {
    const register = account.registers.find((one) => one.registerId === registerId);
    if (!register?.previous) throw new NotFound();
    const { previous, current, shape } = register;
    const shown = (volume * UNIT) / (shape.factor ?? UNIT);
    const on = current?.on ?? account.period.to - 1;
    changes.push(withReading(registerId, { value: quantityOf(previous.value + shown), on }));
  }
  for (const { resource, zone, volume } of meters) changes.push(withMeter(resource, zone, volume));
  if (nightPercent !== undefined && nightPercent !== null)
    changes.push(byTwoZones(await readTwoZones(tx, computed, account), nightPercent));
  return changes;
}

async function baseOf(tx: Tx, { computed, charged: { account } }: LastMonth): Promise<WhatIfBase> {
  const { organizationId } = computed;
  const places = new Map(
    (
      await rows<{ id: string; place: string }>(
        tx,
        `select g.id, m.place from register g
         join meter m on m.organization_id = g.organization_id and m.id = g.meter_id
         where g.organization_id = $1 and g.id = any($2::bigint[])`,
        [organizationId, account.registers.map(({ registerId }) => registerId)],
      )
    ).map(({ id, place }) => [id, place]),
  );
  const volumes = consumption(account);
  const twoZones = await readTwoZones(tx, computed, account);
  return {
    month: account.period.month,
    residents: residentsOf(account),
    registers: account.registers.flatMap(({ registerId, resource, zone, previous, current, shape }) =>
      previous && current
        ? [
            {
              registerId,
              resource,
              zone,
              place: places.get(registerId) ?? '',
              used: quantityOf(counted(previous.value, current.value, shape)),
            },
          ]
        : [],
    ),
    unmetered: account.services.flatMap((service) => {
      const { resource, zone } = service.terms;
      if (service.method !== 'NORM_PERSON' || resource === null || zone === null) return [];
      const [used] = volumesFor(volumes, service, account);
      return [{ resource, zone, used: used?.quantity ?? NOBODY }];
    }),
    twoZones: twoZones ? twoZonesView(twoZones) : null,
  };
}
