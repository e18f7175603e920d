import { month } from '@kvartal/domain';
import { type Staff, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from '../closing/closing.computing';
import { ClosingDecisions } from '../closing/closing.decisions';
import type { ClosingKey } from '../closing/closing.lock';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { PeriodReopenings } from '../closing/reopening.service';
import { aStaff, moreHouses } from '../testing';
import { Recalculations } from './recalculations.service';

const NOVEMBER = month('2026-11');

let town: ChargedTown;
let staff: Staff;
beforeEach(async () => {
  town = await ChargedTown.build();
  staff = await aStaff(town.at.owner, town.town, 'OWNER');
  await town.waters('3', '4', '5');
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const run = () => town.at.module.get(Recalculations).run('system', town.first.organizationId);

/** What was posted: account, service, month, sum. */
async function posted(): Promise<string[]> {
  const found = await rows<{ line: string }>(
    town.at.owner,
    `select concat_ws(' ', array_position($2::bigint[], m.account_id), s.code, left(m.for_month::text, 7), m.amount / 100.0::float) as line
     from movement m join service s on s.organization_id = m.organization_id and s.id = m.service_id
     where m.organization_id = $1 and m.kind = 'RECALCULATION' order by m.id`,
    [town.first.organizationId, town.first.accountIds],
  );
  return found.map(({ line }) => line);
}

/** What a service of an account was charged in all months together, late charges and recalculations with them. */
async function chargedInAll(account: number, service: string): Promise<number> {
  const [found] = await rows<{ charged: number }>(
    town.at.owner,
    `select (sum(l.charged + l.recalculated) / 100.0)::float as charged from statement_line l
     join period p on p.organization_id = l.organization_id and p.closing_id = l.closing_id
     where l.organization_id = $1 and l.account_id = $2 and l.service_id = $3`,
    [town.first.organizationId, town.first.accountIds[account], service],
  );
  return found?.charged ?? 0;
}

/** October with the first account's maintenance held by somebody who asks about every charge above 1,000.00. */
async function octoberHeld(): Promise<ClosingKey> {
  await rows(
    town.at.owner,
    `update organization set settings = settings || '{"closing": {"bound": 100000}}' where id = $1`,
    [town.first.organizationId],
  );
  const key = await town.computed();
  const decisions = town.at.module.get(ClosingDecisions);
  const line = { accountId: town.first.accountIds[0] ?? '', serviceId: town.first.services.MAINT };
  const over = { kind: 'OVER_BOUND' as const, reason: 'Проверим площадь' };
  await decisions.decide(staff, key, { ...over, choice: 'HOLD', lines: [line] });
  await town.at.module.get(ClosingComputing).computeAll(key);
  await town.commit(key);
  return key;
}

describe('a line that is held', () => {
  it('waits for the month that charges it: a recalculation leaves it alone, and the month charges what is known then', async () => {
    await octoberHeld();
    // a price from October on that was learnt of in November: 40.00 in place of 31.77 for 50 m²
    await town.price(town.first.services.MAINT, 40_000_000);
    await run();
    expect((await posted()).filter((line) => line.includes('MAINT'))).toEqual([
      '2 MAINT 2026-10 411.5',
      '3 MAINT 2026-10 411.5',
    ]);
    await town.close(NOVEMBER);
    expect(await chargedInAll(0, town.first.services.MAINT)).toBe(4000);
    expect(await chargedInAll(1, town.first.services.MAINT)).toBe(4000);
    expect(await run()).toMatchObject({ months: 0, failures: [] });
  });

  it('is recalculated once it was charged, against what the later month has charged for it', async () => {
    await octoberHeld();
    await town.close(NOVEMBER);
    await town.price(town.first.services.MAINT, 40_000_000);
    await run();
    const ofMaintenance = (await posted()).filter((line) => line.startsWith('1 MAINT'));
    expect(ofMaintenance).toEqual(['1 MAINT 2026-10 411.5', '1 MAINT 2026-11 411.5']);
    expect(await run()).toMatchObject({ months: 0, failures: [] });
  });
});

describe('a month that is opened again', () => {
  it('takes back what was recalculated of it, once its new lines have it', async () => {
    const first = await town.close();
    await town.at.module.get(BillIssuing).issueAll(first);
    await town.price(town.first.services.MAINT, 40_000_000);
    await run();
    const { organizationId } = town.first;
    const reopening = { organizationId, month: OCTOBER, reason: 'Тариф пришёл после закрытия' };
    await town.at.module.get(PeriodReopenings).reopen(staff, reopening);
    await town.close();
    await run();
    expect((await posted()).filter((line) => line.startsWith('1 MAINT'))).toEqual([
      '1 MAINT 2026-10 411.5',
      '1 MAINT 2026-10 -411.5',
    ]);
    expect(await run()).toMatchObject({ months: 0, failures: [] });
  });
});

describe('many houses', () => {
  it('are charged anew together, and one that cannot be does not stop the others', async () => {
    const [broken = ''] = await moreHouses(town.at.owner, town.first, 4);
    await town.close();
    // nobody knows the price of this house's own tariff group in October
    const { organizationId, services, supplierId } = town.first;
    await rows(
      town.at.owner,
      `update account_service set known = tstzrange(lower(known), now())
       where organization_id = $1 and house_id = $2 and service_id = $3`,
      [organizationId, broken, services.MAINT],
    );
    await rows(
      town.at.owner,
      `insert into account_service (known, organization_id, house_id, account_id, service_id, supplier_id, method, tariff_group, valid)
       select tstzrange(now(), null), $1, $2, a.id, $3, $4, 'AREA', 7, '[2020-01-01,)' from account a
       where a.organization_id = $1 and a.house_id = $2`,
      [organizationId, broken, services.MAINT, supplierId],
    );
    await town.price(services.MAINT, 40_000_000);
    const { months, accounts, failures } = await run();
    expect([months, accounts]).toEqual([12, 12]);
    expect(failures).toMatchObject([{ houseId: broken, failure: expect.stringContaining('No tariff') }]);
    expect((await posted()).filter((line) => line.includes('MAINT'))).toHaveLength(12);
  });
});
