import { AccountsModule } from '@kvartal/accounts';
import { quantity } from '@kvartal/domain';
import { Clock, NotFound, type Resident, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aResident,
  aTown,
  expectBooksBalanced,
  linked,
  underTest,
} from '@kvartal/platform/testing';
import { IntakeQueries } from './intake.queries';
import { ReadingIntake } from './intake.service';
import type { ReadingInput, SubmitReadingsInput } from './intake.types';
import { MetersModule } from './meters.module';
import type { Reading } from './meters.types';
import { aSecondMeter, cutOctober, endFact, refusalsOf } from './testing';

let at: UnderTest;
let town: Town;
let towns = 0;
let keys = 0;
let ivan: Resident;
let intake: ReadingIntake;
let organizationId: string;
let accountId: string;
let registerId: string;
let meterId: string;

beforeAll(async () => {
  at = await underTest(AccountsModule, MetersModule);
  intake = at.module.get(ReadingIntake);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-15T09:00:00Z');
  towns += 1;
  town = await aTown(at.owner, `town-${towns}`);
  organizationId = town.first.organizationId;
  accountId = town.first.accountIds[0] ?? '';
  registerId = town.first.registerIds[0] ?? '';
  meterId = town.first.meterIds[0] ?? '';
  ivan = await aResident(at.owner, town.portalId, 'ivan');
  await linked(at.owner, ivan, { organizationId, accountId });
});
afterEach(() => expectBooksBalanced(at.owner));

type Sent = Partial<ReadingInput> & { value: string };

const page = (readings: readonly Sent[], change: Partial<SubmitReadingsInput> = {}): SubmitReadingsInput => ({
  organizationId,
  accountId,
  confirmPartial: false,
  readings: readings.map((reading) => {
    keys += 1;
    return { registerId, confirmUnusual: false, clientKey: `key-${keys}`, ...reading };
  }),
  ...change,
});
const submit = (...readings: Sent[]): Promise<Reading[]> => intake.submit(ivan, page(readings));

interface Stored {
  value: string;
  state: string;
  settles: boolean;
  version: number;
  believed: boolean;
}
const stored = (): Promise<Stored[]> =>
  rows<Stored>(
    at.owner,
    `select (value / 1000000)::text as value, state, settles, version, upper_inf(known) as believed from reading
     where organization_id = $1 and register_id = $2 and month = '2026-10-01' order by id`,
    [organizationId, registerId],
  );

const organizationSays = (settings: object) =>
  at.owner.query('update organization set settings = $2 where id = $1', [
    organizationId,
    { readings: settings },
  ]);

describe('a reading that is right', () => {
  it('is accepted, settles the month, and says its consumption', async () => {
    const [reading] = await submit({ value: '103,5' });
    expect(reading).toMatchObject({
      registerId,
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
    ).toEqual([{ id: reading?.id, created_by: ivan.userId, register_id: registerId }]);
  });

  it('says that the house has to be computed again', async () => {
    await submit({ value: '103' });
    expect(
      await rows(
        at.owner,
        `select house_id, kind from input_change where organization_id = $1 and kind = 'reading' order by xid desc limit 1`,
        [organizationId],
      ),
    ).toEqual([{ house_id: town.first.houseId, kind: 'reading' }]);
  });

  it('may be edited: the earlier version is kept, and is believed no more', async () => {
    await submit({ value: '103' });
    const [edited] = await submit({ value: '102' });
    expect(edited).toMatchObject({ value: quantity('102'), consumption: quantity('2'), settles: true });
    expect(await stored()).toEqual([
      { value: '103', state: 'SUPERSEDED', settles: false, version: 1, believed: false },
      { value: '102', state: 'ACCEPTED', settles: true, version: 2, believed: true },
    ]);
  });

  it('is entered once under its key, whatever is sent with it later', async () => {
    const first = page([{ value: '103' }]);
    const again = { ...first, readings: first.readings.map((reading) => ({ ...reading, value: '109' })) };
    const [one] = await intake.submit(ivan, first);
    const [other] = await intake.submit(ivan, again);
    expect(other).toEqual(one);
    expect(await stored()).toHaveLength(1);
  });

  it('answers a key of an earlier month with what it entered then', async () => {
    const october = page([{ value: '103' }]);
    const [one] = await intake.submit(ivan, october);
    await cutOctober(at.owner, organizationId, 'CLOSED');
    await at.itIs('2026-12-15T09:00:00Z');
    const [other] = await intake.submit(ivan, october);
    expect(other).toMatchObject({ id: one?.id, month: '2026-10', value: quantity('103'), deletable: false });
  });

  it('is accepted with no consumption at all', async () => {
    expect((await submit({ value: '100' }))[0]).toMatchObject({ consumption: quantity('0'), unusual: false });
  });

  it('may pass over the zero, and is marked for a look', async () => {
    await at.owner.query(`update reading set value = 99998500000 where register_id = $1`, [registerId]);
    expect((await submit({ value: '3.25' }))[0]).toMatchObject({
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
    const sent = await Promise.all(values.map((value) => elsewhere().submit(ivan, page([{ value }]))));
    expect(sent.flat()).toHaveLength(6);
    const kept = await stored();
    expect(kept.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(kept.filter(({ settles }) => settles)).toHaveLength(1);
    expect(kept.filter(({ state }) => state === 'ACCEPTED')).toEqual(kept.filter(({ believed }) => believed));
  });

  it('come one after the other within a process', async () => {
    const sent = await Promise.all(['101', '102', '103'].map((value) => submit({ value })));
    expect(sent.flat()).toHaveLength(3);
    expect(await stored()).toMatchObject([
      { state: 'SUPERSEDED' },
      { state: 'SUPERSEDED' },
      { value: '103', settles: true },
    ]);
  });

  it('enter one reading where both send the same key', async () => {
    const same = page([{ value: '103' }]);
    const answers = await Promise.all([
      intake.submit(ivan, same),
      elsewhere().submit(ivan, same),
      intake.submit(ivan, same),
    ]);
    expect(new Set(answers.map(([reading]) => reading?.id)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
  });
});

describe('many who send at the same moment', () => {
  const people = async () =>
    Promise.all(
      town.first.accountIds.map(async (account, n) => {
        const person = await aResident(at.owner, town.portalId, `person-${n}`);
        await linked(at.owner, person, { organizationId, accountId: account });
        return { person, account, register: town.first.registerIds[n] ?? '' };
      }),
    );

  it('each get their own answer', async () => {
    const values = ['103', '99', '104'];
    const all = await people();
    const answers = await Promise.allSettled(
      [...all, ...all].map(({ person, account, register }, n) =>
        intake.submit(
          person,
          page([{ value: values[n % 3] ?? '', registerId: register }], { accountId: account }),
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
        [organizationId],
      ),
    ).toEqual([
      { created_by: all[0]?.person.userId, value: '103' },
      { created_by: all[2]?.person.userId, value: '104' },
    ]);
  });

  it('do not see each other’s accounts', async () => {
    const [one, other] = await people();
    if (!one || !other) throw new Error('The town is empty');
    const answers = await Promise.allSettled([
      intake.submit(ivan, page([{ value: '103' }])),
      intake.submit(
        one.person,
        page([{ value: '103', registerId: other.register }], { accountId: other.account }),
      ),
      intake.submit(
        other.person,
        page([{ value: '103', registerId: one.register }], { accountId: other.account }),
      ),
    ]);
    expect(
      answers.map((answer) => (answer.status === 'rejected' ? answer.reason.message : 'entered')),
    ).toEqual(['entered', 'NOT_FOUND', 'READING_UNKNOWN_METER']);
  });
});

describe('a reading that is refused', () => {
  const at0 = ['readings', 0, 'value'];

  it.each([
    [
      'less than the last',
      '99,9',
      { code: 'LESS_THAN_PREVIOUS', params: { value: '99.9', previous: '100' } },
    ],
    ['too long', '123456', { code: 'TOO_MANY_DIGITS', params: { digits: 5, entered: 6 } }],
    ['too exact', '103.1234', { code: 'TOO_MANY_DECIMALS', params: { decimals: 3, entered: 4 } }],
    ['no number', 'сто', { code: 'NOT_A_NUMBER' }],
    ['empty', '', { code: 'NOT_A_NUMBER' }],
    ['negative', '-5', { code: 'NOT_A_NUMBER' }],
  ])('because it is %s', async (_, value, refusal) => {
    expect(await refusalsOf(submit({ value }))).toEqual([{ ...refusal, path: at0 }]);
    expect(await stored()).toEqual([]);
  });

  it('because the meter has no serial number', async () => {
    await at.owner.query('update meter set serial = null where id = $1', [meterId]);
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([{ code: 'METER_NO_SERIAL', path: at0 }]);
  });

  it('because the meter was removed', async () => {
    await endFact(at.owner, town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([
      { code: 'METER_REMOVED', params: { removedOn: '2026-03-12' }, path: at0 },
    ]);
  });

  it('because the verification has expired, unless the organisation only notes it', async () => {
    await endFact(at.owner, town.first, 'METER_VERIFIED', '[2020-01-01,2026-10-15)');
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([
      { code: 'VERIFICATION_EXPIRED', params: { until: '2026-10-15' }, path: at0 },
    ]);
    await organizationSays({ afterVerification: 'WARN' });
    expect(await submit({ value: '103' })).toHaveLength(1);
  });

  it('before the window, by the organisation’s own midnight', async () => {
    const closed = {
      code: 'READING_WINDOW_CLOSED',
      params: { from: '2026-10-10', to: '2026-10-25' },
      path: at0,
    };
    await at.itIs('2026-10-09T20:59:00Z');
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([closed]);
    await at.itIs('2026-10-09T21:00:00Z');
    expect(await submit({ value: '103' })).toHaveLength(1);
  });

  it('after the window, naming the next one', async () => {
    await at.itIs('2026-10-25T20:59:00Z');
    expect(await submit({ value: '103' })).toHaveLength(1);
    await at.itIs('2026-10-25T21:00:00Z');
    expect(await refusalsOf(submit({ value: '104' }))).toEqual([
      { code: 'READING_WINDOW_CLOSED', params: { from: '2026-11-10', to: '2026-11-25' }, path: at0 },
    ]);
  });

  it('outside the days that the organisation has set', async () => {
    await organizationSays({ from: 20, to: 23 });
    expect(await refusalsOf(submit({ value: '103' }))).toMatchObject([
      { code: 'READING_WINDOW_CLOSED', params: { from: '2026-10-20', to: '2026-10-23' } },
    ]);
  });

  it.each(['CLOSING', 'CLOSED'] as const)('once the month is %s', async (state) => {
    await cutOctober(at.owner, organizationId, state);
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([
      { code: 'READING_PROCESSED', params: { month: '2026-10' }, path: at0 },
    ]);
  });

  it('while the books are not open at all', async () => {
    await at.owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
    expect(await refusalsOf(submit({ value: '103' }))).toEqual([{ code: 'PERIOD_NOT_OPEN' }]);
  });

  it('because it is unusual, until that is confirmed', async () => {
    await at.owner.query(
      `insert into reading (organization_id, house_id, register_id, month, taken_on, value, source)
       select $1, $2, $3, m, m + 19, v * 1000000, 'SITE'
       from (values ('2026-06-01'::date, 88), ('2026-07-01', 92), ('2026-08-01', 96)) old(m, v)`,
      [organizationId, town.first.houseId, registerId],
    );
    expect(await refusalsOf(submit({ value: '148' }))).toEqual([
      {
        code: 'IMPLAUSIBLE_JUMP',
        params: { consumption: '48', unit: 'м³', usualTo: '4', times: '12' },
        path: at0,
      },
    ]);
    expect((await submit({ value: '148', confirmUnusual: true }))[0]).toMatchObject({
      unusual: true,
      settles: true,
    });
  });

  it('as a whole page, each at its field, where only one of them is wrong', async () => {
    const [day = '', night = ''] = await aSecondMeter(at.owner, town.first, ['DAY', 'NIGHT']);
    const refusals = await refusalsOf(
      submit({ value: '103' }, { value: '5.5', registerId: day }, { value: 'x', registerId: night }),
    );
    expect(refusals).toEqual([
      { code: 'TOO_MANY_DECIMALS', params: { decimals: 0, entered: 1 }, path: ['readings', 1, 'value'] },
      { code: 'NOT_A_NUMBER', path: ['readings', 2, 'value'] },
    ]);
    expect(await stored()).toEqual([]);
  });

  it('where nothing was sent, or a key is none', async () => {
    expect(await refusalsOf(submit())).toEqual([{ code: 'REQUIRED', path: ['readings'] }]);
    expect(await refusalsOf(submit({ value: '103', clientKey: '' }))).toEqual([
      { code: 'REQUIRED', path: ['readings', 0, 'clientKey'] },
    ]);
  });
});

describe('some of the registers only', () => {
  it('asks first, and enters nothing until it is confirmed', async () => {
    await aSecondMeter(at.owner, town.first);
    const only = page([{ value: '103' }]);
    expect(await refusalsOf(intake.submit(ivan, only))).toEqual([
      { code: 'READING_PARTIAL', params: { filled: 1, total: 2 } },
    ]);
    expect(await stored()).toEqual([]);
    expect(await intake.submit(ivan, { ...only, confirmPartial: true })).toHaveLength(1);
  });

  it('does not ask again where the others have their reading already', async () => {
    const [other = ''] = await aSecondMeter(at.owner, town.first);
    await submit({ value: '103' }, { value: '12', registerId: other });
    expect(await submit({ value: '104' })).toHaveLength(1);
  });

  it('does not count registers that take no reading', async () => {
    await aSecondMeter(at.owner, town.first);
    await at.owner.query(
      `update meter set serial = null where account_id = $1 and resource = 'ELECTRICITY'`,
      [accountId],
    );
    expect(await submit({ value: '103' })).toHaveLength(1);
  });

  it('asks for both confirmations at once', async () => {
    await aSecondMeter(at.owner, town.first);
    expect((await refusalsOf(submit({ value: '900' }))).map(({ code }) => code)).toEqual([
      'IMPLAUSIBLE_JUMP',
      'READING_PARTIAL',
    ]);
  });
});

describe('what is not the viewer’s own', () => {
  it('is not there: somebody else’s account', async () => {
    const anna = await aResident(at.owner, town.portalId, 'anna');
    await expect(intake.submit(anna, page([{ value: '103' }]))).rejects.toThrow(NotFound);
    const foreign = { organizationId: town.second.organizationId };
    await expect(intake.submit(ivan, page([{ value: '103' }], foreign))).rejects.toThrow(NotFound);
    await expect(intake.submit(ivan, page([{ value: '103' }], { accountId: 'x' }))).rejects.toThrow(NotFound);
    await expect(intake.submit(ivan, page([{ value: '103' }], { organizationId: '999' }))).rejects.toThrow(
      NotFound,
    );
  });

  it('is unknown: a register of another account', async () => {
    for (const foreign of [town.first.registerIds[1], town.second.registerIds[0], '999', 'x'])
      expect(await refusalsOf(submit({ value: '103', registerId: foreign }))).toMatchObject([
        { code: 'READING_UNKNOWN_METER', path: ['readings', 0, 'registerId'] },
      ]);
    expect(
      await rows(at.owner, `select from reading where organization_id in ($1, $2) and month = '2026-10-01'`, [
        organizationId,
        town.second.organizationId,
      ]),
    ).toEqual([]);
  });

  it('ends with the link', async () => {
    await at.owner.query('update account_link set ended_at = now() where user_id = $1', [ivan.userId]);
    await expect(submit({ value: '103' })).rejects.toThrow(NotFound);
  });
});

describe('beside a controller’s reading', () => {
  it('a resident’s is kept, and does not settle', async () => {
    await at.owner.query(
      `insert into reading (organization_id, house_id, register_id, month, taken_on, value, source)
       values ($1, $2, $3, '2026-10-01', '2026-10-12', 102000000, 'CONTROLLER')`,
      [organizationId, town.first.houseId, registerId],
    );
    const [reading] = await submit({ value: '103' });
    expect(reading).toMatchObject({ state: 'ACCEPTED', settles: false, consumption: null });
    expect(await stored()).toMatchObject([
      { value: '102', state: 'ACCEPTED', settles: true },
      { value: '103', state: 'ACCEPTED', settles: false, version: 2 },
    ]);
  });
});

describe('the page of readings', () => {
  it('shows the meters with what is known of them', async () => {
    await submit({ value: '103' });
    const shown = await intake.of({ organizationId, accountId });
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
        id: meterId,
        resource: 'COLD_WATER',
        place: 'кухня',
        works: true,
        removedOn: null,
        verifiedOn: '2024-01-01',
        verifyUntil: '2030-01-01',
        refusal: null,
        registers: [
          {
            id: registerId,
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
    const refusal = async () => (await intake.of({ organizationId, accountId })).meters[0]?.refusal;
    await at.itIs('2026-10-26T09:00:00Z');
    expect(await refusal()).toMatchObject({
      code: 'READING_WINDOW_CLOSED',
      params: [
        { name: 'from', value: '2026-11-10' },
        { name: 'to', value: '2026-11-25' },
      ],
    });
    await at.itIs('2026-10-15T09:00:00Z');
    await cutOctober(at.owner, organizationId, 'CLOSING');
    expect(await refusal()).toMatchObject({ code: 'READING_PROCESSED' });
    expect((await intake.of({ organizationId, accountId })).window.isOpen).toBe(false);
    await endFact(at.owner, town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    expect(await refusal()).toMatchObject({ code: 'METER_REMOVED' });
    await at.owner.query('update meter set serial = null where id = $1', [meterId]);
    expect(await refusal()).toMatchObject({ code: 'METER_NO_SERIAL' });
  });

  it('shows both zones of one meter together, and removed meters last', async () => {
    await aSecondMeter(at.owner, town.first, ['DAY', 'NIGHT']);
    await endFact(at.owner, town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    const { meters, window } = await intake.of({ organizationId, accountId });
    expect(
      meters.map(({ resource, works, registers }) => [resource, works, registers.map(({ zone }) => zone)]),
    ).toEqual([
      ['ELECTRICITY', true, ['DAY', 'NIGHT']],
      ['COLD_WATER', false, ['SINGLE']],
    ]);
    expect(window).toMatchObject({ registers: 2, submitted: 0 });
  });

  it('says what is usual', async () => {
    await at.owner.query(
      `insert into reading (organization_id, house_id, register_id, month, taken_on, value, source)
       select $1, $2, $3, m, m + 19, v * 1000000, 'SITE'
       from (values ('2026-06-01'::date, 88), ('2026-07-01', 90), ('2026-08-01', 96)) old(m, v)`,
      [organizationId, town.first.houseId, registerId],
    );
    const [meter] = (await intake.of({ organizationId, accountId })).meters;
    expect(meter?.registers[0]).toMatchObject({ usualFrom: quantity('2'), usualTo: quantity('6') });
  });
});
