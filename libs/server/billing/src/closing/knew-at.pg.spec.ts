import { civilDate, quantity } from '@kvartal/domain';
import { inTransaction, row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { Explanations } from '../explaining/explanations.service';
import { Papers } from '../papers/papers.service';
import { Recalculations } from '../recalculation/recalculations.service';
import { aStaff } from '../testing';
import type { ClosingKey } from './closing.lock';
import { ChargedTown, OCTOBER } from './closing.testing';

let town: ChargedTown;
beforeEach(async () => {
  town = await ChargedTown.build();
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

/** Until so many wait for the organisation's lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const found = await row<{ waiting: number }>(
      town.at.owner,
      `select count(*)::int as waiting from pg_locks l join pg_database d on d.oid = l.database
       where l.locktype = 'advisory' and not l.granted and d.datname = current_database()`,
    );
    if ((found?.waiting ?? 0) >= count) return;
  }
}

/**
 * Starts a commit and, once it waits for the organisation's lock, whatever enters a fact; then lets both go, the commit
 * first.
 */
async function commitBefore<T>(key: ClosingKey, enter: () => Promise<T>): Promise<T> {
  const { commit, entered } = await inTransaction(town.at.owner, async (tx) => {
    await rows(tx, 'select pg_advisory_xact_lock(ledger_key($1))', [key.organizationId]);
    const started = town.commit(key);
    await waiting(1);
    const entering = enter();
    await waiting(2);
    return { commit: { done: started }, entered: { done: entering } };
  });
  await commit.done;
  return entered.done;
}

it('knows nothing of a fact that waited at the door while the month was committed: it is of a later day', async () => {
  await town.waters('3', '4', '5');
  const staff = await aStaff(town.at.owner, town.town, 'OWNER');
  const key = await town.computed();
  const account = { organizationId: key.organizationId, accountId: town.first.accountIds[1] ?? '' };
  const before = await town.lines(town.first.services.COLD_WATER, key);
  await commitBefore(key, () =>
    town.at.module.get(Papers).recordAct(staff, {
      ...account,
      kind: 'INTERRUPTION',
      wholeHouse: false,
      serviceId: town.first.services.COLD_WATER,
      from: civilDate('2026-10-05'),
      to: civilDate('2026-10-20'),
      hours: quantity('50'),
      allowedHours: quantity('8'),
      document: 'Акт № 4',
      clientKey: 'one',
    }),
  );
  expect(await town.lines(town.first.services.COLD_WATER, key)).toEqual(before);
  const known = await row<{ isLater: boolean }>(
    town.at.owner,
    `select lower(a.known) > c.knew_at as "isLater" from account_act a, closing c where c.id = $1`,
    [key.closingId],
  );
  expect(known).toEqual({ isLater: true });
  // the month is explained as it was charged, and what came too late is recalculated
  const told = await town.at.module.get(Explanations).ofMonth(account, OCTOBER);
  expect(told.lines.length).toBeGreaterThan(0);
  const { months, failures } = await town.at.module.get(Recalculations).run('system', account.organizationId);
  expect([months, failures]).toEqual([1, []]);
});
