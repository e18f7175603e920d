import { AccountsModule } from '@kvartal/accounts';
import { quantity } from '@kvartal/domain';
import { Clock, NotFound, rows } from '@kvartal/platform';
import { type UnderTest, aResident, expectBooksBalanced, linked, underTest } from '@kvartal/platform/testing';
import { IntakeQueries } from './intake.queries';
import { ReadingIntake } from './intake.service';
import { MetersModule } from './meters.module';
import { IntakeScene, aSecondMeter, cutOctober, endFact, refusalsOf } from './testing';

let at: UnderTest;
let intake: ReadingIntake;
let scene: IntakeScene;

beforeAll(async () => {
  at = await underTest(AccountsModule, MetersModule);
  intake = at.module.get(ReadingIntake);
});
afterAll(() => at.close());
beforeEach(async () => {
  scene = await IntakeScene.begin(at);
});
afterEach(() => expectBooksBalanced(at.owner));

describe('a corrected month', () => {
  const correct = (value: number, month = '2026-09-01') =>
    rows(
      at.owner,
      `insert into reading_correction (organization_id, house_id, register_id, month, taken_on, value, document, known, created_at)
       values ($1, $2, $3, $4, $4::date + 24, $5::bigint * 1000000, 'Акт', tstzrange(now(), null), now())`,
      [scene.organizationId, scene.town.first.houseId, scene.registerId, month, value],
    );
  const previous = async () => {
    const { organizationId, accountId } = scene;
    return (await intake.of({ organizationId, accountId })).meters[0]?.registers[0]?.previous;
  };

  it('is what the next reading is shown and compared with', async () => {
    await correct(95);
    expect(await previous()).toMatchObject({ value: quantity('95'), takenOn: '2026-09-25' });
    const [reading] = await scene.submit({ value: '97' });
    expect(reading).toMatchObject({ value: quantity('97'), consumption: quantity('2'), state: 'ACCEPTED' });
  });

  it('refuses what is less than it, and stands where nothing had been read', async () => {
    await correct(130);
    expect(
      (await refusalsOf(scene.submit({ value: '104' }))).map(({ code, params }) => [code, params]),
    ).toEqual([['LESS_THAN_PREVIOUS', { value: '104', previous: '130' }]]);
    await rows(at.owner, 'update reading set settles = false where organization_id = $1', [
      scene.organizationId,
    ]);
    expect((await previous())?.value).toBe(quantity('130'));
  });
});

describe('a reading that is right', () => {
  it('is accepted, settles the month, and says its consumption', async () => {
    const [reading] = await scene.submit({ value: '103,5' });
    expect(reading).toMatchObject({
      registerId: scene.registerId,
      month: '2026-10',
      takenOn: '2026-10-15',
      value: quantity('103.5'),
      consumption: quantity('3.5'),
      source: 'SITE',
      state: 'ACCEPTED',
      settles: true,
      unusual: false,
      deletable: true,
      resource: 'COLD_WATER',
      zone: 'SINGLE',
    });
    expect(
      await rows(at.owner, 'select id, created_by, register_id from reading where id = $1', [reading?.id]),
    ).toEqual([{ id: reading?.id, created_by: scene.ivan.userId, register_id: scene.registerId }]);
  });

  it('says that the house has to be computed again', async () => {
    await scene.submit({ value: '103' });
    expect(
      await rows(
        at.owner,
        `select house_id, kind from input_change where organization_id = $1 and kind = 'reading' order by xid desc limit 1`,
        [scene.organizationId],
      ),
    ).toEqual([{ house_id: scene.town.first.houseId, kind: 'reading' }]);
  });

  it('may be edited: the earlier version is kept, and is believed no more', async () => {
    await scene.submit({ value: '103' });
    const [edited] = await scene.submit({ value: '102' });
    expect(edited).toMatchObject({ value: quantity('102'), consumption: quantity('2'), settles: true });
    expect(await scene.stored()).toEqual([
      { value: '103', state: 'SUPERSEDED', settles: false, version: 1, believed: false },
      { value: '102', state: 'ACCEPTED', settles: true, version: 2, believed: true },
    ]);
  });

  it('is entered once under its key, and another value under the same key is refused', async () => {
    const first = scene.page([{ value: '103' }]);
    const said = (value: string) => ({
      ...first,
      readings: first.readings.map((reading) => ({ ...reading, value })),
    });
    const [one] = await intake.submit(scene.ivan, first);
    for (const same of ['103', '103,000', ' 103.0 '])
      expect(await intake.submit(scene.ivan, said(same))).toEqual([one]);
    for (const other of ['109', 'x'])
      await expect(intake.submit(scene.ivan, said(other))).rejects.toMatchObject({
        refusals: [{ code: 'IDEMPOTENCY_KEY_REUSED', path: ['readings', 0, 'clientKey'] }],
      });
    expect(await scene.stored()).toHaveLength(1);
  });

  it('answers a key of an earlier month with what it entered then', async () => {
    const october = scene.page([{ value: '103' }]);
    const [one] = await intake.submit(scene.ivan, october);
    await cutOctober(at.owner, scene.organizationId, 'CLOSED');
    await at.itIs('2026-12-15T09:00:00Z');
    const [other] = await intake.submit(scene.ivan, october);
    expect(other).toMatchObject({ id: one?.id, month: '2026-10', value: quantity('103'), deletable: false });
  });

  it('is accepted with no consumption at all', async () => {
    expect((await scene.submit({ value: '100' }))[0]).toMatchObject({
      consumption: quantity('0'),
      unusual: false,
    });
  });

  it('may pass over the zero, and is marked for a look', async () => {
    await at.owner.query(`update reading set value = 99998500000 where register_id = $1`, [scene.registerId]);
    expect((await scene.submit({ value: '3.25' }))[0]).toMatchObject({
      consumption: quantity('4.75'),
      unusual: true,
    });
  });
});

describe('two at once on one register', () => {
  /** Another process of the api: it shares nothing with this one but the database. */
  const elsewhere = () => new ReadingIntake(at.db, at.module.get(IntakeQueries), at.module.get(Clock));

  it('leave exactly one that settles, and all versions', async () => {
    const values = ['101', '102', '103', '104', '105', '106'];
    const sent = await Promise.all(
      values.map((value) => elsewhere().submit(scene.ivan, scene.page([{ value }]))),
    );
    expect(sent.flat()).toHaveLength(6);
    const kept = await scene.stored();
    expect(kept.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kept.filter(({ settles }) => settles)).toHaveLength(1);
    expect(kept.filter(({ state }) => state === 'ACCEPTED')).toEqual(kept.filter(({ believed }) => believed));
  });

  it('come one after the other within a process', async () => {
    const sent = await Promise.all(['101', '102', '103'].map((value) => scene.submit({ value })));
    expect(sent.flat()).toHaveLength(3);
    expect(await scene.stored()).toMatchObject([
      { state: 'SUPERSEDED' },
      { state: 'SUPERSEDED' },
      { value: '103', settles: true },
    ]);
  });

  it('enter one reading where both send the same key', async () => {
    const same = scene.page([{ value: '103' }]);
    const answers = await Promise.all([
      intake.submit(scene.ivan, same),
      elsewhere().submit(scene.ivan, same),
      intake.submit(scene.ivan, same),
    ]);
    expect(new Set(answers.map(([reading]) => reading?.id)).size).toBe(1);
    expect(await scene.stored()).toHaveLength(1);
  });
});

describe('many who send at the same moment', () => {
  const people = async () =>
    Promise.all(
      scene.town.first.accountIds.map(async (account, n) => {
        const person = await aResident(at.owner, scene.town.portalId, `person-${n}`);
        await linked(at.owner, person, { organizationId: scene.organizationId, accountId: account });
        return { person, account, register: scene.town.first.registerIds[n] ?? '' };
      }),
    );

  it('each get their own answer', async () => {
    const values = ['103', '99', '104'];
    const all = await people();
    const answers = await Promise.allSettled(
      [...all, ...all].map(({ person, account, register }, n) =>
        intake.submit(
          person,
          scene.page([{ value: values[n % 3] ?? '', registerId: register }], { accountId: account }),
        ),
      ),
    );
    expect(
      answers.map((answer) =>
        answer.status === 'fulfilled' ? answer.value[0]?.value : answer.reason.message,
      ),
    ).toEqual([
      quantity('103'),
      'LESS_THAN_PREVIOUS',
      quantity('104'),
      quantity('103'),
      'LESS_THAN_PREVIOUS',
      quantity('104'),
    ]);
    expect(
      await rows(
        at.owner,
        `select created_by, value / 1000000 as value from reading where organization_id = $1 and settles
        and month = '2026-10-01' order by created_by`,
        [scene.organizationId],
      ),
    ).toEqual([
      { created_by: all[0]?.person.userId, value: '103' },
      { created_by: all[2]?.person.userId, value: '104' },
    ]);
  });

  it('do not see each other’s accounts', async () => {
    const [one, other] = await people();
    if (!one || !other) throw new Error('The scene.town is empty');
    const answers = await Promise.allSettled([
      intake.submit(scene.ivan, scene.page([{ value: '103' }])),
      intake.submit(
        one.person,
        scene.page([{ value: '103', registerId: other.register }], { accountId: other.account }),
      ),
      intake.submit(
        other.person,
        scene.page([{ value: '103', registerId: one.register }], { accountId: other.account }),
      ),
    ]);
    expect(
      answers.map((answer) => (answer.status === 'rejected' ? answer.reason.message : 'entered')),
    ).toEqual(['entered', 'NOT_FOUND', 'READING_UNKNOWN_METER']);
  });
});

describe('what is not the viewer’s own', () => {
  it('is not there: somebody else’s account', async () => {
    const anna = await aResident(at.owner, scene.town.portalId, 'anna');
    await expect(intake.submit(anna, scene.page([{ value: '103' }]))).rejects.toThrow(NotFound);
    const foreign = { organizationId: scene.town.second.organizationId };
    await expect(intake.submit(scene.ivan, scene.page([{ value: '103' }], foreign))).rejects.toThrow(
      NotFound,
    );
    await expect(
      intake.submit(scene.ivan, scene.page([{ value: '103' }], { accountId: 'x' })),
    ).rejects.toThrow(NotFound);
    await expect(
      intake.submit(scene.ivan, scene.page([{ value: '103' }], { organizationId: '999' })),
    ).rejects.toThrow(NotFound);
  });

  it('is unknown: a register of another account', async () => {
    for (const foreign of [scene.town.first.registerIds[1], scene.town.second.registerIds[0], '999', 'x'])
      expect(await refusalsOf(scene.submit({ value: '103', registerId: foreign }))).toMatchObject([
        { code: 'READING_UNKNOWN_METER', path: ['readings', 0, 'registerId'] },
      ]);
    expect(
      await rows(at.owner, `select from reading where organization_id in ($1, $2) and month = '2026-10-01'`, [
        scene.organizationId,
        scene.town.second.organizationId,
      ]),
    ).toEqual([]);
  });

  it('ends with the link', async () => {
    await at.owner.query('update account_link set ended_at = now() where user_id = $1', [scene.ivan.userId]);
    await expect(scene.submit({ value: '103' })).rejects.toThrow(NotFound);
  });
});

describe('beside a controller’s reading', () => {
  it('a resident’s is kept, and does not settle', async () => {
    await at.owner.query(
      `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
       values (now(), tstzrange(now(), null), $1, $2, $3, '2026-10-01', '2026-10-12', 102000000, 'CONTROLLER')`,
      [scene.organizationId, scene.town.first.houseId, scene.registerId],
    );
    const [reading] = await scene.submit({ value: '103' });
    expect(reading).toMatchObject({ state: 'ACCEPTED', settles: false, consumption: null });
    expect(await scene.stored()).toMatchObject([
      { value: '102', state: 'ACCEPTED', settles: true },
      { value: '103', state: 'ACCEPTED', settles: false, version: 2 },
    ]);
  });
});

describe('the page of readings', () => {
  it('shows the meters with what is known of them', async () => {
    await scene.submit({ value: '103' });
    const shown = await intake.of(scene);
    expect(shown.window).toEqual({
      month: '2026-10',
      from: '2026-10-10',
      to: '2026-10-25',
      isOpen: true,
      registers: 1,
      submitted: 1,
    });
    expect(shown.meters).toMatchObject([
      {
        id: scene.meterId,
        resource: 'COLD_WATER',
        place: 'кухня',
        works: true,
        removedOn: null,
        verifiedOn: '2024-01-01',
        verifyUntil: '2030-01-01',
        refusal: null,
        registers: [
          {
            id: scene.registerId,
            unit: 'м³',
            editable: true,
            usualFrom: null,
            previous: { month: '2026-09', value: quantity('100'), takenOn: '2026-09-20', deletable: false },
            current: { value: quantity('103'), deletable: true },
          },
        ],
      },
    ]);
  });

  it('says why nothing may be entered', async () => {
    const refusal = async () => (await intake.of(scene)).meters[0]?.refusal;
    await at.itIs('2026-10-26T09:00:00Z');
    expect(await refusal()).toMatchObject({
      code: 'READING_WINDOW_CLOSED',
      params: [
        { name: 'from', value: '2026-11-10' },
        { name: 'to', value: '2026-11-25' },
      ],
    });
    await at.itIs('2026-10-15T09:00:00Z');
    await cutOctober(at.owner, scene.organizationId, 'CLOSING');
    expect(await refusal()).toMatchObject({ code: 'READING_PROCESSED' });
    expect((await intake.of(scene)).window.isOpen).toBe(false);
    await endFact(at.owner, scene.town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    expect(await refusal()).toMatchObject({ code: 'METER_REMOVED' });
    await at.owner.query('update meter set serial = null where id = $1', [scene.meterId]);
    expect(await refusal()).toMatchObject({ code: 'METER_NO_SERIAL' });
  });

  it('shows both zones of one meter together, and removed meters last', async () => {
    await aSecondMeter(at.owner, scene.town.first, ['DAY', 'NIGHT']);
    await endFact(at.owner, scene.town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    const { meters, window } = await intake.of(scene);
    expect(
      meters.map(({ resource, works, registers }) => [resource, works, registers.map(({ zone }) => zone)]),
    ).toEqual([
      ['ELECTRICITY', true, ['DAY', 'NIGHT']],
      ['COLD_WATER', false, ['SINGLE']],
    ]);
    expect(window).toMatchObject({ registers: 2, submitted: 0 });
  });

  it('says what is usual', async () => {
    await scene.hadBefore(['2026-06-01', 88], ['2026-07-01', 90], ['2026-08-01', 96]);
    const [meter] = (await intake.of(scene)).meters;
    expect(meter?.registers[0]).toMatchObject({ usualFrom: quantity('2'), usualTo: quantity('6') });
  });
});
