import { AccountsModule } from '@kvartal/accounts';
import { quantity } from '@kvartal/domain';
import { NotFound, type Resident, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aResident,
  aTown,
  expectBooksBalanced,
  linked,
  underTest,
} from '@kvartal/platform/testing';
import { ReadingIntake } from './intake.service';
import { MetersModule } from './meters.module';
import { ReadingsQueries } from './readings.queries';
import { ReadingsService } from './readings.service';
import { cutOctober, refusalsOf } from './testing';

let at: UnderTest;
let town: Town;
let towns = 0;
let keys = 0;
let ivan: Resident;
let readings: ReadingsService;
let organizationId: string;
let accountId: string;
let registerId: string;

beforeAll(async () => {
  at = await underTest(AccountsModule, MetersModule);
  readings = at.module.get(ReadingsService);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-15T09:00:00Z');
  towns += 1;
  town = await aTown(at.owner, `town-${towns}`);
  organizationId = town.first.organizationId;
  accountId = town.first.accountIds[0] ?? '';
  registerId = town.first.registerIds[0] ?? '';
  ivan = await aResident(at.owner, town.portalId, 'ivan');
  await linked(at.owner, ivan, { organizationId, accountId });
});
afterEach(() => expectBooksBalanced(at.owner));

/** Sends a reading as the resident; returns its id. */
async function sent(value: string): Promise<string> {
  keys += 1;
  const [reading] = await at.module.get(ReadingIntake).submit(ivan, {
    organizationId,
    accountId,
    confirmPartial: true,
    readings: [{ registerId, value, confirmUnusual: false, clientKey: `key-${keys}` }],
  });
  return reading?.id ?? '';
}

async function readBy(source: string, value: number): Promise<string> {
  const added: { id: string }[] = await at.owner.query(
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source, settles, version)
     values (now(), tstzrange(now(), null), $1, $2, $3, '2026-10-01', '2026-10-12', $4::bigint * 1000000, $5, false, 100) returning id`,
    [organizationId, town.first.houseId, registerId, value, source],
  );
  return added[0]?.id ?? '';
}

const stored = () =>
  rows<{ value: string; state: string; settles: boolean }>(
    at.owner,
    `select (value / 1000000)::text as value, state, settles from reading
     where organization_id = $1 and register_id = $2 and month = '2026-10-01' order by id`,
    [organizationId, registerId],
  );
const takeBack = (id: string, viewer = ivan) => readings.takeBack(viewer, organizationId, id);

describe('taking a reading back', () => {
  it('keeps it in the history, believed no more, and writes down who did it', async () => {
    const id = await sent('103');
    await takeBack(id);
    expect(await stored()).toEqual([{ value: '103', state: 'DELETED', settles: false }]);
    expect(
      await rows(at.owner, 'select upper_inf(known) as believed from reading where id = $1', [id]),
    ).toEqual([{ believed: false }]);
    expect(
      await rows(
        at.owner,
        `select actor_id, object_id from audit_event where organization_id = $1 and action = 'reading.delete'`,
        [organizationId],
      ),
    ).toEqual([{ actor_id: ivan.userId, object_id: id }]);
  });

  it('changes nothing the second time', async () => {
    const id = await sent('103');
    await Promise.all([takeBack(id), takeBack(id)]);
    await takeBack(id);
    expect(await stored()).toEqual([{ value: '103', state: 'DELETED', settles: false }]);
    expect(
      await rows(at.owner, `select from audit_event where organization_id = $1`, [organizationId]),
    ).toHaveLength(1);
  });

  it('does not bring back the version before, and makes way for another', async () => {
    await sent('103');
    await takeBack(await sent('104'));
    expect((await stored()).filter(({ settles }) => settles)).toEqual([]);
    await sent('102');
    expect(await stored()).toEqual([
      { value: '103', state: 'SUPERSEDED', settles: false },
      { value: '104', state: 'DELETED', settles: false },
      { value: '102', state: 'ACCEPTED', settles: true },
    ]);
  });

  it('lets settle what else was read that month', async () => {
    const id = await sent('103');
    await readBy('ESTIMATE', 105);
    await takeBack(id);
    expect(await stored()).toEqual([
      { value: '103', state: 'DELETED', settles: false },
      { value: '105', state: 'ACCEPTED', settles: true },
    ]);
  });

  it('leaves one that settles where another is sent at the same moment', async () => {
    const id = await sent('103');
    await Promise.all([takeBack(id).catch(() => undefined), sent('104')]);
    expect(await stored()).toContainEqual({ value: '104', state: 'ACCEPTED', settles: true });
    expect((await stored()).filter(({ state }) => state === 'ACCEPTED')).toHaveLength(1);
  });

  it('is possible until the last day of the window', async () => {
    const [one, other] = [await sent('103'), await sent('104')];
    await at.itIs('2026-10-25T20:59:00Z');
    await takeBack(other);
    const last = await sent('105');
    await at.itIs('2026-10-25T21:00:00Z');
    expect(await refusalsOf(takeBack(last))).toEqual([
      { code: 'READING_WINDOW_CLOSED', params: { from: '2026-11-10', to: '2026-11-25' } },
    ]);
    expect(await refusalsOf(takeBack(one))).toEqual([{ code: 'READING_PROCESSED' }]);
  });

  it.each(['CLOSING', 'CLOSED'] as const)('ends with the cut: %s', async (state) => {
    const id = await sent('103');
    await cutOctober(at.owner, organizationId, state);
    expect(await refusalsOf(takeBack(id))).toEqual([{ code: 'READING_PROCESSED' }]);
    expect(await stored()).toEqual([{ value: '103', state: 'ACCEPTED', settles: true }]);
  });

  it('is not possible while the books are not open at all', async () => {
    const id = await sent('103');
    await at.owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
    expect(await refusalsOf(takeBack(id))).toEqual([{ code: 'PERIOD_NOT_OPEN' }]);
  });

  it('is not for what somebody else read', async () => {
    for (const source of ['CONTROLLER', 'OFFICE', 'API', 'ASKUE']) {
      const id = await readBy(source, 103);
      expect(await refusalsOf(takeBack(id))).toEqual([{ code: 'READING_PROCESSED' }]);
      await at.owner.query('delete from reading where id = $1', [id]);
    }
  });

  it('does not know readings of accounts that are not linked', async () => {
    const id = await sent('103');
    const anna = await aResident(at.owner, town.portalId, 'anna');
    await expect(takeBack(id, anna)).rejects.toThrow(NotFound);
    await expect(readings.takeBack(ivan, town.second.organizationId, id)).rejects.toThrow(NotFound);
    await expect(takeBack('987654321')).rejects.toThrow(NotFound);
    await expect(takeBack('x')).rejects.toThrow(NotFound);
    await at.owner.query('update account_link set ended_at = now() where user_id = $1', [ivan.userId]);
    await expect(takeBack(id)).rejects.toThrow(NotFound);
    expect(await stored()).toEqual([{ value: '103', state: 'ACCEPTED', settles: true }]);
  });

  it('does not know readings of a house’s meter', async () => {
    const id = await sent('103');
    await at.owner.query('update meter set account_id = null where id = $1', [town.first.meterIds[0]]);
    await expect(takeBack(id)).rejects.toThrow(NotFound);
  });
});

describe('the history of an account', () => {
  it('shows everything, the latest first, with source, state and consumption', async () => {
    await sent('103');
    await sent('104.5');
    const { items, total } = await at.module
      .get(ReadingsQueries)
      .page({ organizationId, accountId }, undefined, true);
    expect(total).toBe(3);
    expect(items).toMatchObject([
      {
        month: '2026-10',
        value: quantity('104.5'),
        consumption: quantity('4.5'),
        state: 'ACCEPTED',
        source: 'SITE',
        deletable: true,
      },
      {
        month: '2026-10',
        value: quantity('103'),
        consumption: null,
        state: 'SUPERSEDED',
        settles: false,
        deletable: false,
      },
      {
        month: '2026-09',
        value: quantity('100'),
        consumption: null,
        settles: true,
        takenOn: '2026-09-20',
        deletable: false,
      },
    ]);
    expect(items[0]).toMatchObject({ resource: 'COLD_WATER', zone: 'SINGLE', serial: `W-${accountId}` });
  });

  it('says what a reading of a closed month was corrected to, and counts from there', async () => {
    await sent('104.5');
    await at.owner.query(
      `insert into reading_correction (organization_id, house_id, register_id, month, taken_on, value, document, known, created_at)
       values ($1, $2, $3, '2026-09-01', '2026-09-20', 98000000, 'Акт', tstzrange(now(), null), now())`,
      [organizationId, town.first.houseId, town.first.registerIds[0]],
    );
    const { items } = await at.module
      .get(ReadingsQueries)
      .page({ organizationId, accountId }, undefined, true);
    expect(items).toMatchObject([
      { value: quantity('104.5'), correctedTo: null, consumption: quantity('6.5') },
      { value: quantity('100'), correctedTo: quantity('98') },
    ]);
  });

  it('comes in pages, and lets nobody but residents take anything back', async () => {
    await sent('103');
    const queries = at.module.get(ReadingsQueries);
    const second = await queries.page({ organizationId, accountId }, { number: 2, size: 1 }, true);
    expect(second).toMatchObject({ total: 2, items: [{ month: '2026-09' }] });
    const staff = await queries.page({ organizationId, accountId }, undefined, false);
    expect(staff.items.map(({ deletable }) => deletable)).toEqual([false, false]);
  });

  it('holds nothing of another account', async () => {
    const other = { organizationId, accountId: town.first.accountIds[1] ?? '' };
    await sent('103');
    expect(await at.module.get(ReadingsQueries).page(other, undefined, true)).toMatchObject({
      total: 1,
      items: [{ registerId: town.first.registerIds[1] }],
    });
  });
});
