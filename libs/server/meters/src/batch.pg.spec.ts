import { AccountsModule } from '@kvartal/accounts';
import { civilDate, quantity } from '@kvartal/domain';
import { type Machine, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aMachine,
  aTown,
  expectBooksBalanced,
  underTest,
} from '@kvartal/platform/testing';
import { ReadingIntake } from './intake.service';
import type { BatchReadingAnswer, BatchReadingInput } from './intake.types';
import { MetersModule } from './meters.module';
import { cutOctober, refusalsOf } from './testing';

let at: UnderTest;
let town: Town;
let towns = 0;
let keys = 0;
let machine: Machine;
let intake: ReadingIntake;
let organizationId: string;
let registerId: string;

beforeAll(async () => {
  at = await underTest(AccountsModule, MetersModule);
  intake = at.module.get(ReadingIntake);
});
afterAll(() => at.close());
beforeEach(async () => {
  await at.itIs('2026-10-20T09:00:00Z');
  towns += 1;
  town = await aTown(at.owner, `town-${towns}`);
  organizationId = town.first.organizationId;
  registerId = town.first.registerIds[0] ?? '';
  machine = await aMachine(at.owner, town.portalId, organizationId);
});
afterEach(() => expectBooksBalanced(at.owner));

const reading = (change: Partial<BatchReadingInput> & { value: string }): BatchReadingInput => {
  keys += 1;
  return {
    registerId,
    takenOn: civilDate('2026-10-15'),
    clientKey: `key-${keys}`,
    confirmUnusual: false,
    ...change,
  };
};
const submit = (...readings: BatchReadingInput[]) => intake.submitBatch(machine, readings);
const codesOf = (answers: readonly BatchReadingAnswer[]) =>
  answers.map(({ refusals }) => refusals.map(({ code }) => code).join());

/** So many registers of the first account, each of a meter of its own, that stand on 100. */
async function manyRegisters(count: number): Promise<string[]> {
  const { houseId, accountIds } = town.first;
  const added: { id: string }[] = await at.owner.query(
    `with meters as (
       insert into meter (organization_id, house_id, account_id, resource, serial)
       select $1, $2, $3, 'COLD_WATER', 'M-' || n from generate_series(1, $4::int) n returning id),
     working as (
       insert into fact (known, organization_id, house_id, subject, subject_id, kind, value, valid)
       select tstzrange(now(), null), $1, $2, 'METER', id, 'METER_WORKING', 1000000, '[2020-01-01,)' from meters),
     registers as (
       insert into register (organization_id, meter_id, zone, digits, decimals) select $1, id, 'SINGLE', 5, 3 from meters returning id)
     select id from registers order by id`,
    [organizationId, houseId, accountIds[0], count],
  );
  await at.owner.query(
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     select now(), tstzrange(now(), null), $1, $2, r, '2026-09-01', '2026-09-20', 100000000, 'API' from unnest($3::bigint[]) r`,
    [organizationId, houseId, added.map(({ id }) => id)],
  );
  return added.map(({ id }) => id);
}

const stored = (register = registerId) =>
  rows<{ value: string; state: string; settles: boolean; source: string }>(
    at.owner,
    `select (value / 1000000)::text as value, state, settles, source from reading
     where register_id = $1 and month = '2026-10-01' order by version`,
    [register],
  );

describe('a batch of readings', () => {
  it('answers a thousand of them, right and wrong, each by itself and in their order', async () => {
    const registers = await manyRegisters(1000);
    const values = ['105', '99', 'x', '103.1234'];
    const readings = registers.map((register, n) =>
      reading({ registerId: register, value: values[n % 4] ?? '' }),
    );
    const answers = await submit(...readings);
    expect(answers.map(({ clientKey }) => clientKey)).toEqual(readings.map(({ clientKey }) => clientKey));
    expect(codesOf(answers.slice(0, 8))).toEqual([
      '',
      'LESS_THAN_PREVIOUS',
      'NOT_A_NUMBER',
      'TOO_MANY_DECIMALS',
      '',
      'LESS_THAN_PREVIOUS',
      'NOT_A_NUMBER',
      'TOO_MANY_DECIMALS',
    ]);
    expect(answers[1]?.refusals).toEqual([
      {
        code: 'LESS_THAN_PREVIOUS',
        path: ['readings', '1', 'value'],
        params: [
          { name: 'value', value: '99' },
          { name: 'previous', value: '100' },
        ],
      },
    ]);
    expect(answers[4]?.reading).toMatchObject({
      registerId: registers[4],
      consumption: quantity('5'),
      source: 'API',
      deletable: false,
    });
    expect(answers.filter((answer) => answer.reading)).toHaveLength(250);
    expect(
      await rows(
        at.owner,
        `select from reading where organization_id = $1 and month = '2026-10-01' and settles`,
        [organizationId],
      ),
    ).toHaveLength(250);
  });

  it('enters nothing twice when it is sent again, whole or in part', async () => {
    const readings = [reading({ value: '105' }), reading({ value: 'x' })];
    const first = await submit(...readings);
    const again = await submit(...readings, reading({ value: '106' }));
    expect(again.slice(0, 2)).toMatchObject([{ reading: { id: first[0]?.reading?.id } }, { reading: null }]);
    expect(await stored()).toHaveLength(2);
  });

  it('enters one reading where two send the same batch at once', async () => {
    const readings = [
      reading({ value: '105' }),
      reading({ value: '106', registerId: town.first.registerIds[1] }),
    ];
    const [one, other] = await Promise.all([submit(...readings), submit(...readings)]);
    expect(one?.map((answer) => answer.reading?.id)).toEqual(other?.map((answer) => answer.reading?.id));
    expect(await stored()).toHaveLength(1);
  });

  it('takes duplicates inside itself: one key once, several readings of a month by their day', async () => {
    const same = reading({ value: '105', takenOn: civilDate('2026-10-16') });
    const answers = await submit(
      reading({ value: '103', takenOn: civilDate('2026-10-12') }),
      same,
      { ...same, value: '105.0' },
      { ...same, value: '999' },
      reading({ value: '104', takenOn: civilDate('2026-10-14') }),
    );
    expect(answers[3]?.refusals).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(
      answers.map((answer) => [answer.reading?.value, answer.reading?.state, answer.reading?.settles]),
    ).toEqual([
      [quantity('103'), 'SUPERSEDED', false],
      [quantity('105'), 'ACCEPTED', true],
      [quantity('105'), 'ACCEPTED', true],
      [undefined, undefined, undefined],
      [quantity('104'), 'SUPERSEDED', false],
    ]);
    expect(await stored()).toMatchObject([
      { value: '103' },
      { value: '105', settles: true },
      { value: '104' },
    ]);
  });

  it('replaces what a resident sent before, and not what the controller read', async () => {
    const [, second = ''] = town.first.registerIds;
    for (const [register, source] of [
      [registerId, 'SITE'],
      [second, 'CONTROLLER'],
    ])
      await at.owner.query(
        `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
         values (now(), tstzrange(now(), null), $1, $2, $3, '2026-10-01', '2026-10-12', 102000000, $4)`,
        [organizationId, town.first.houseId, register, source],
      );
    await submit(reading({ value: '105' }), reading({ value: '105', registerId: second }));
    expect(await stored()).toMatchObject([
      { value: '102', state: 'SUPERSEDED' },
      { value: '105', settles: true },
    ]);
    expect(await stored(second)).toMatchObject([
      { value: '102', settles: true },
      { value: '105', state: 'ACCEPTED', settles: false },
    ]);
  });

  it('knows only registers of the key’s organisation', async () => {
    const foreign = [town.second.registerIds[0], '987654321', 'x', '9'.repeat(30), ''];
    const answers = await submit(
      ...foreign.map((register) => reading({ value: '105', registerId: register })),
    );
    expect(codesOf(answers)).toEqual(foreign.map(() => 'READING_UNKNOWN_METER'));
    expect(await stored(town.second.registerIds[0])).toEqual([]);
  });

  it('goes by the day that was read', async () => {
    const on = (day: string) => reading({ value: '105', takenOn: civilDate(day) });
    const days = ['2026-10-09', '2026-10-21', '2026-09-15', '9999-12-31', '0000-01-01', '2026-10-10'];
    expect(codesOf(await submit(...days.map(on)))).toEqual([
      'READING_WINDOW_CLOSED',
      'DATE_OUT_OF_RANGE',
      'READING_PROCESSED',
      'DATE_OUT_OF_RANGE',
      'DATE_OUT_OF_RANGE',
      '',
    ]);
  });

  it('may bring readings of the window after it is over, until the cut', async () => {
    await at.itIs('2026-11-02T09:00:00Z');
    expect(codesOf(await submit(reading({ value: '105' })))).toEqual(['']);
    await cutOctober(at.owner, organizationId, 'CLOSING');
    expect(codesOf(await submit(reading({ value: '106' })))).toEqual(['READING_PROCESSED']);
  });

  it('takes no reading for a month before one that is settled already', async () => {
    await at.itIs('2026-11-15T09:00:00Z');
    const november = reading({ value: '110', takenOn: civilDate('2026-11-12') });
    expect(codesOf(await submit(november, reading({ value: '120' })))).toEqual(['', 'DATE_OUT_OF_RANGE']);
  });

  it('asks to confirm what is unusual', async () => {
    const unusual = reading({ value: '900' });
    expect(codesOf(await submit(unusual))).toEqual(['IMPLAUSIBLE_JUMP']);
    expect((await submit({ ...unusual, confirmUnusual: true }))[0]?.reading).toMatchObject({ unusual: true });
  });

  it('wants a key of a sensible length', async () => {
    const answers = await submit(
      reading({ value: '105', clientKey: '' }),
      reading({ value: '105', clientKey: 'k'.repeat(101) }),
      reading({ value: '105', clientKey: 'a\u0000b' }),
      reading({ value: '105', clientKey: '\ud800' }),
      reading({ value: '105', clientKey: 'ключ 😀'.padEnd(100, 'k') }),
    );
    expect(codesOf(answers)).toEqual(['REQUIRED', 'TOO_LONG', 'REQUIRED', 'REQUIRED', '']);
  });

  it('has a thousand readings at most', async () => {
    const many = Array.from({ length: 1001 }, () => reading({ value: '105' }));
    expect(await refusalsOf(submit(...many))).toEqual([
      { code: 'BATCH_TOO_LONG', params: { max: 1000, length: 1001 } },
    ]);
    expect(await submit()).toEqual([]);
    expect(await stored()).toEqual([]);
  });

  it('is written down under its key', async () => {
    await submit(reading({ value: '105' }), reading({ value: 'x' }));
    expect(
      await rows(
        at.owner,
        `select actor, actor_id, action, details from audit_event where organization_id = $1`,
        [organizationId],
      ),
    ).toEqual([{ actor: 'KEY', actor_id: machine.keyId, action: 'reading.batch', details: { entered: 1 } }]);
  });
});
