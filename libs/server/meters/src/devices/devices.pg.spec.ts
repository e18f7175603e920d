import { civilDate, quantity } from '@kvartal/domain';
import { NotFound, type Staff, row, rows } from '@kvartal/platform';
import { type UnderTest, aColleague, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { MetersModule } from '../meters.module';
import { ReadingIntake } from '../intake.service';
import { IntakeScene, cutOctober, refusalsOf } from '../testing';
import { Devices } from './devices.service';
import type { MeterStateInput, ReplaceMeterInput } from './device.types';
import { MeterReplacements } from './replacements.service';

let at: UnderTest;
let scene: IntakeScene;
let devices: Devices;
let replacements: MeterReplacements;
let staff: Staff;
let keys = 0;

beforeAll(async () => {
  at = await underTest(MetersModule);
  devices = at.module.get(Devices);
  replacements = at.module.get(MeterReplacements);
});
beforeEach(async () => {
  scene = await IntakeScene.begin(at);
  staff = await aColleague(at.owner, scene.town.portalId, scene.organizationId);
});
afterEach(() => expectBooksBalanced(at.owner));
afterAll(() => at.close());

const codes = async (work: Promise<unknown>): Promise<string[]> =>
  (await refusalsOf(work)).map(({ code, path = [] }) => `${code} at ${path.join('.')}`);

const found = (over: Partial<MeterStateInput>): MeterStateInput => ({
  organizationId: scene.organizationId,
  meterId: scene.meterId,
  state: 'BROKEN',
  from: civilDate('2026-10-05'),
  document: ' Акт № 1 ',
  clientKey: `key-${(keys += 1)}`,
  ...over,
});
const record = (over: Partial<MeterStateInput> = {}) => devices.record(staff, found(over));

/** What is known of the meter now, of one kind or of all. */
async function facts(meterId = scene.meterId): Promise<string[]> {
  const known = await rows<{ line: string }>(
    at.owner,
    `select concat_ws(' ', kind, (value / 1000000)::int, valid) as line from fact where organization_id = $1
       and subject = 'METER' and subject_id = $2 and upper_inf(known) order by kind, lower(valid) nulls first`,
    [scene.organizationId, meterId],
  );
  return known.map(({ line }) => line);
}
const meter = async () => {
  const { organizationId, accountId } = scene;
  const [first] = await devices.ofAccount({ organizationId, accountId });
  return first;
};

describe('what is found out of a meter', () => {
  it('holds on its days only; the days around stay as they were, and what was known is kept', async () => {
    await record({ to: civilDate('2026-10-20') });
    expect((await facts()).slice(0, 4)).toEqual([
      'METER_VERIFIED 1 [2024-01-01,2030-01-01)',
      'METER_WORKING 1 [2020-01-01,2026-10-05)',
      'METER_WORKING 0 [2026-10-05,2026-10-21)',
      'METER_WORKING 1 [2026-10-21,)',
    ]);
    const ended = await rows(
      at.owner,
      `select from fact where organization_id = $1 and subject_id = $2 and kind = 'METER_WORKING' and not upper_inf(known)`,
      [scene.organizationId, scene.meterId],
    );
    expect(ended).toHaveLength(1);
    expect((await meter())?.meter).toMatchObject({ works: false, removedOn: '2026-10-05' });
    expect((await meter())?.facts.find(({ isSo }) => !isSo)).toMatchObject({
      kind: 'METER_WORKING',
      from: '2026-10-05',
      to: '2026-10-20',
      document: 'Акт № 1',
    });
    const [written] = await rows(at.owner, `select action, object_id, details from audit_event`);
    expect(written).toMatchObject({
      action: 'meter.state',
      details: { state: 'BROKEN', from: '2026-10-05' },
    });
  });

  it('is taken back by a meter that works again', async () => {
    await record();
    await record({ state: 'LOST', from: civilDate('2026-10-08') });
    await record({ state: 'WORKING', from: civilDate('2026-10-10') });
    expect((await facts()).filter((one) => !one.startsWith('METER_VERIFIED'))).toEqual([
      'METER_LOST 1 [2026-10-08,2026-10-10)',
      'METER_WORKING 1 [2020-01-01,2026-10-05)',
      'METER_WORKING 0 [2026-10-05,2026-10-10)',
      'METER_WORKING 1 [2026-10-10,)',
    ]);
  });

  it('keeps residents from reading what is lost', async () => {
    await record({ state: 'LOST' });
    expect(await codes(scene.submit({ value: '104' }))).toEqual(['METER_REMOVED at readings.0.value']);
  });

  it('begins and ends a verification, also one that nobody recorded', async () => {
    await record({ state: 'VERIFIED', from: civilDate('2026-10-01'), to: civilDate('2032-09-30') });
    expect((await facts())[1]).toBe('METER_VERIFIED 1 [2026-10-01,2032-10-01)');
    await record({ state: 'UNVERIFIED', from: civilDate('2026-10-12') });
    expect((await facts()).filter((one) => one.startsWith('METER_VERIFIED')).at(-1)).toBe(
      'METER_VERIFIED 1 [2026-10-01,2026-10-12)',
    );
    expect((await meter())?.meter.verifyUntil).toBe('2026-10-12');
    await rows(
      at.owner,
      `update fact set known = tstzrange(lower(known), now()) where kind = 'METER_VERIFIED' and upper_inf(known)`,
    );
    await record({ state: 'UNVERIFIED', from: civilDate('2026-10-13') });
    expect((await facts())[0]).toBe('METER_VERIFIED 1 (,2026-10-13)');
  });

  it('says that a meter waters a garden, and does so no longer', async () => {
    await record({ state: 'IRRIGATION', from: civilDate('2026-05-01') });
    await record({ state: 'INDOORS', from: civilDate('2026-10-01') });
    expect((await facts())[0]).toBe('METER_IRRIGATION 1 [2026-05-01,2026-10-01)');
  });

  it('is entered once under a key, and refused with all that is wrong', async () => {
    const input = found({});
    await devices.record(staff, input);
    await devices.record(staff, input);
    expect(await facts()).toHaveLength(3);
    expect(await codes(devices.record(staff, { ...input, state: 'LOST' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED at input.clientKey',
    ]);
    expect(await codes(record({ to: civilDate('2026-10-04'), document: ' ' }))).toEqual([
      'DAYS_ORDER at to',
      'REQUIRED at document',
    ]);
    expect(await codes(record({ from: civilDate('2062-10-04') }))).toEqual(['DATE_OUT_OF_RANGE at from']);
    expect(await codes(record({ state: 'VERIFIED' }))).toEqual(['REQUIRED at to']);
    await expect(
      devices.record(staff, found({ meterId: scene.town.second.meterIds[0] ?? '' })),
    ).rejects.toBeInstanceOf(NotFound);
  });

  it('is charged anew where the days are of a closed month', async () => {
    await cutOctober(at.owner, scene.organizationId, 'CLOSED');
    await record({ from: civilDate('2026-10-10'), to: civilDate('2026-10-20') });
    const due = await row(
      at.owner,
      `select account_id as account, first_month::text as month, cause from recalculation_due where organization_id = $1 limit 1`,
      [scene.organizationId],
    );
    expect(due).toEqual({ account: scene.accountId, month: '2026-10-01', cause: 'fact' });
  });
});

describe('a replacement', () => {
  const change = (over: Partial<ReplaceMeterInput> = {}): ReplaceMeterInput => ({
    organizationId: scene.organizationId,
    meterId: scene.meterId,
    on: civilDate('2026-10-12'),
    registers: [{ registerId: scene.registerId, final: quantity('104.5'), initial: quantity('0.25') }],
    serial: ' 77-88 ',
    digits: 5,
    decimals: 3,
    verifiedTo: civilDate('2032-10-11'),
    document: 'Акт замены № 2',
    clientKey: `key-${(keys += 1)}`,
    ...over,
  });

  it('ends the old meter with its last value and begins the new one with its first', async () => {
    await scene.submit({ value: '103' });
    const input = change();
    await replacements.replace(staff, input);
    await replacements.replace(staff, input);
    expect((await facts()).at(-1)).toBe('METER_WORKING 1 [2020-01-01,2026-10-12)');
    const meters = await devices.ofAccount({
      organizationId: scene.organizationId,
      accountId: scene.accountId,
    });
    expect(meters.map(({ meter: { serial, works, place } }) => [serial, works, place])).toEqual([
      ['77-88', true, 'кухня'],
      [`W-${scene.accountId}`, false, 'кухня'],
    ]);
    expect(await facts(meters[0]?.meter.id)).toEqual([
      'METER_VERIFIED 1 [2026-10-12,2032-10-12)',
      'METER_WORKING 1 [2026-10-12,)',
    ]);
    const read = await rows<{ line: string }>(
      at.owner,
      `select concat_ws(' ', m.serial = '77-88', r.source, (r.value / 1000000.0)::float, r.taken_on, r.settles) as line
       from reading r join register g on g.id = r.register_id join meter m on m.id = g.meter_id
       where r.organization_id = $1 and m.account_id = $2 and r.month = '2026-10-01' order by r.id`,
      [scene.organizationId, scene.accountId],
    );
    expect(read.map(({ line }) => line)).toEqual([
      'f SITE 103 2026-10-15 f',
      'f CONTROLLER 104.5 2026-10-12 t',
      't INSTALLATION 0.25 2026-10-12 f',
    ]);
    const intake = await at.module
      .get(ReadingIntake)
      .of({ organizationId: scene.organizationId, accountId: scene.accountId });
    expect(intake.meters[0]?.registers[0]?.previous?.value).toBe(quantity('0.25'));
  });

  it('is refused where its values do not fit, or its month is over', async () => {
    expect(
      await codes(
        replacements.replace(
          staff,
          change({
            serial: ' ',
            digits: 1,
            decimals: 0,
            verifiedTo: civilDate('2026-10-11'),
            registers: [{ registerId: scene.registerId, final: quantity('99'), initial: quantity('12.5') }],
          }),
        ),
      ),
    ).toEqual([
      'REQUIRED at serial',
      'DAYS_ORDER at verifiedTo',
      'TOO_MANY_DIGITS at registers.0.initial',
      'LESS_THAN_PREVIOUS at registers.0.final',
    ]);
    expect(await codes(replacements.replace(staff, change({ on: civilDate('2026-10-16') })))).toEqual([
      'DATE_OUT_OF_RANGE at on',
    ]);
    expect(await codes(replacements.replace(staff, change({ registers: [] })))).toEqual([
      'REQUIRED at registers',
    ]);
    await cutOctober(at.owner, scene.organizationId, 'CLOSED');
    expect(await codes(replacements.replace(staff, change()))).toEqual(['PERIOD_NOT_OPEN at on']);
  });

  it('happens once to a meter', async () => {
    await replacements.replace(staff, change());
    expect(await codes(replacements.replace(staff, change({ on: civilDate('2026-10-14') })))).toEqual([
      'METER_REMOVED at on',
    ]);
  });
});
