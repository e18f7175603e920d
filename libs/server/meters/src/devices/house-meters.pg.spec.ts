import { civilDate } from '@kvartal/domain';
import { NotFound, type Staff, row, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aColleague,
  aTown,
  expectBooksBalanced,
  underTest,
} from '@kvartal/platform/testing';
import { MetersModule } from '../meters.module';
import { cutOctober, refusalsOf } from '../testing';
import type { HouseReadingInput } from './device.types';
import { Devices } from './devices.service';
import { HouseMeters } from './house-meters.service';

let at: UnderTest;
let meters: HouseMeters;
let town: Town;
let staff: Staff;
let house: { organizationId: string; houseId: string };
let registerId: string;
let towns = 0;
let keys = 0;

beforeAll(async () => {
  at = await underTest(MetersModule);
  meters = at.module.get(HouseMeters);
});
beforeEach(async () => {
  await at.itIs('2026-10-15T09:00:00Z');
  town = await aTown(at.owner, `house-meters-${(towns += 1)}`);
  const { organizationId, houseId } = town.first;
  house = { organizationId, houseId };
  staff = await aColleague(at.owner, town.portalId, organizationId);
  registerId = await aCommonMeter();
});
afterEach(() => expectBooksBalanced(at.owner));
afterAll(() => at.close());

/** A water meter of the house that stood on 1,200 in September; returns its register. */
async function aCommonMeter(): Promise<string> {
  const found = await row<{ register: string }>(
    at.owner,
    `with m as (insert into meter (organization_id, house_id, resource, serial, place)
       values ($1, $2, 'COLD_WATER', 'ОДПУ-7', 'подвал') returning *),
     f as (insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
       select tstzrange(now(), null), $1, $2, 'METER', id, 'METER_WORKING', 1000000, '[2020-01-01,)' from m),
     g as (insert into register (organization_id, meter_id, zone, digits, decimals)
       select $1, id, 'SINGLE', 6, 3 from m returning id)
     select id as register from g`,
    [house.organizationId, house.houseId],
  );
  await at.owner.query(
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     values (now(), tstzrange(now(), null), $1, $2, $3, '2026-09-01', '2026-09-28', 1200000000, 'CONTROLLER')`,
    [house.organizationId, house.houseId, found?.register],
  );
  return found?.register ?? '';
}

const reading = (over: Partial<HouseReadingInput> = {}): HouseReadingInput => ({
  organizationId: house.organizationId,
  registerId,
  value: '1224,5',
  takenOn: civilDate('2026-10-02'),
  confirmUnusual: false,
  clientKey: `key-${(keys += 1)}`,
  ...over,
});
const october = () =>
  rows<{ value: string; source: string; settles: boolean; by: string }>(
    at.owner,
    `select (value / 1000)::text as value, source, settles, created_by as by from reading
     where organization_id = $1 and register_id = $2 and month = '2026-10-01' order by id`,
    [house.organizationId, registerId],
  );
const codes = async (over: Partial<HouseReadingInput>): Promise<string[]> =>
  (await refusalsOf(meters.read(staff, reading(over)))).map(
    ({ code, path = [] }) => `${code} at ${path.join('.')}`,
  );

it('a house has its own meters, and those of its accounts are not among them', async () => {
  const known = await meters.of(house);
  expect(known).toMatchObject([
    {
      meter: {
        serial: 'ОДПУ-7',
        place: 'подвал',
        works: true,
        registers: [{ id: registerId, previous: { takenOn: '2026-09-28' }, current: null }],
      },
      facts: [{ kind: 'METER_WORKING', isSo: true, from: '2020-01-01', to: null }],
    },
  ]);
  const { organizationId, houseId } = town.second;
  expect(await meters.of({ organizationId, houseId })).toEqual([]);
  await expect(meters.of({ organizationId, houseId: house.houseId })).rejects.toBeInstanceOf(NotFound);
});

it('is read on any day of the open month, once under a key, and the books say by whom', async () => {
  const input = reading();
  await meters.read(staff, input);
  await meters.read(staff, input);
  expect(await october()).toEqual([{ value: '1224500', source: 'OFFICE', settles: true, by: staff.userId }]);
  const [known] = await meters.of(house);
  expect(known?.meter.registers[0]?.current?.takenOn).toBe('2026-10-02');
  const [written] = await rows(at.owner, `select action, object_id as "meterId", details from audit_event`);
  expect(written).toMatchObject({ action: 'meter.reading', meterId: known?.meter.id });
});

it('two who read at once leave one reading that settles', async () => {
  const [one, other] = [
    reading({ value: '1220' }),
    reading({ value: '1221', takenOn: civilDate('2026-10-03') }),
  ];
  await Promise.all([meters.read(staff, one), meters.read(staff, other)]);
  expect((await october()).filter(({ settles }) => settles)).toMatchObject([{ value: '1221000' }]);
});

it('is refused where it does not fit, is of a day to come or of a month that is cut off', async () => {
  expect(await codes({ value: '1199' })).toEqual(['LESS_THAN_PREVIOUS at value']);
  expect(await codes({ value: '1200,1234' })).toEqual(['TOO_MANY_DECIMALS at value']);
  expect(await codes({ takenOn: civilDate('2026-10-16') })).toEqual(['DATE_OUT_OF_RANGE at takenOn']);
  expect(await codes({ value: '9000' })).toEqual(['IMPLAUSIBLE_JUMP at value']);
  const entered = reading({ value: '9000', confirmUnusual: true });
  await meters.read(staff, entered);
  expect(await codes({ ...entered, takenOn: civilDate('2026-10-03') })).toEqual([
    'IDEMPOTENCY_KEY_REUSED at clientKey',
  ]);
  await cutOctober(at.owner, house.organizationId, 'CLOSED');
  expect(await codes({ value: '9001' })).toEqual(['READING_PROCESSED at value']);
});

it('nobody reads an account’s meter this way, nor one of others', async () => {
  for (const foreign of [town.first.registerIds[0], town.second.registerIds[0]])
    await expect(meters.read(staff, reading({ registerId: foreign ?? '' }))).rejects.toBeInstanceOf(NotFound);
});

it('is said to be broken as a flat’s meter is', async () => {
  const [known] = await meters.of(house);
  await at.module.get(Devices).record(staff, {
    organizationId: house.organizationId,
    meterId: known?.meter.id ?? '',
    state: 'BROKEN',
    from: civilDate('2026-10-05'),
    document: 'Акт № 3',
    clientKey: `key-${(keys += 1)}`,
  });
  expect((await meters.of(house))[0]?.meter).toMatchObject({ works: false, removedOn: '2026-10-05' });
  expect(await codes({ takenOn: civilDate('2026-10-06') })).toEqual(['METER_REMOVED at value']);
});
