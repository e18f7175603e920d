import { AccountsModule } from '@kvartal/accounts';
import { type UnderTest, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
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

const organizationSays = (readings: object) =>
  at.owner.query('update organization set settings = $2 where id = $1', [scene.organizationId, { readings }]);

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
    expect(await refusalsOf(scene.submit({ value }))).toEqual([{ ...refusal, path: at0 }]);
    expect(await scene.stored()).toEqual([]);
  });

  it('because the meter has no serial number', async () => {
    await at.owner.query('update meter set serial = null where id = $1', [scene.meterId]);
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([
      { code: 'METER_NO_SERIAL', path: at0 },
    ]);
  });

  it('because the meter was removed', async () => {
    await endFact(at.owner, scene.town.first, 'METER_WORKING', '[2020-01-01,2026-03-12)');
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([
      { code: 'METER_REMOVED', params: { removedOn: '2026-03-12' }, path: at0 },
    ]);
  });

  it('because the verification has expired, unless the organisation only notes it', async () => {
    await endFact(at.owner, scene.town.first, 'METER_VERIFIED', '[2020-01-01,2026-10-15)');
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([
      { code: 'VERIFICATION_EXPIRED', params: { until: '2026-10-15' }, path: at0 },
    ]);
    await organizationSays({ afterVerification: 'WARN' });
    expect(await scene.submit({ value: '103' })).toHaveLength(1);
  });

  it('before the window, by the organisation’s own midnight', async () => {
    const closed = {
      code: 'READING_WINDOW_CLOSED',
      params: { from: '2026-10-10', to: '2026-10-25' },
      path: at0,
    };
    await at.itIs('2026-10-09T20:59:00Z');
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([closed]);
    await at.itIs('2026-10-09T21:00:00Z');
    expect(await scene.submit({ value: '103' })).toHaveLength(1);
  });

  it('after the window, naming the next one', async () => {
    await at.itIs('2026-10-25T20:59:00Z');
    expect(await scene.submit({ value: '103' })).toHaveLength(1);
    await at.itIs('2026-10-25T21:00:00Z');
    expect(await refusalsOf(scene.submit({ value: '104' }))).toEqual([
      { code: 'READING_WINDOW_CLOSED', params: { from: '2026-11-10', to: '2026-11-25' }, path: at0 },
    ]);
  });

  it('outside the days that the organisation has set', async () => {
    await organizationSays({ from: 20, to: 23 });
    expect(await refusalsOf(scene.submit({ value: '103' }))).toMatchObject([
      { code: 'READING_WINDOW_CLOSED', params: { from: '2026-10-20', to: '2026-10-23' } },
    ]);
  });

  it.each(['CLOSING', 'CLOSED'] as const)('once the month is %s', async (state) => {
    await cutOctober(at.owner, scene.organizationId, state);
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([
      { code: 'READING_PROCESSED', params: { month: '2026-10' }, path: at0 },
    ]);
  });

  it('while the books are not open at all', async () => {
    await at.owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [
      scene.organizationId,
    ]);
    expect(await refusalsOf(scene.submit({ value: '103' }))).toEqual([{ code: 'PERIOD_NOT_OPEN' }]);
  });

  it('because it is unusual, until that is confirmed', async () => {
    await scene.hadBefore(['2026-06-01', 88], ['2026-07-01', 92], ['2026-08-01', 96]);
    expect(await refusalsOf(scene.submit({ value: '148' }))).toEqual([
      {
        code: 'IMPLAUSIBLE_JUMP',
        params: { consumption: '48', unit: 'м³', usualTo: '4', times: '12' },
        path: at0,
      },
    ]);
    expect((await scene.submit({ value: '148', confirmUnusual: true }))[0]).toMatchObject({
      unusual: true,
      settles: true,
    });
  });

  it('as a whole page, each at its field, where only one of them is wrong', async () => {
    const [day = '', night = ''] = await aSecondMeter(at.owner, scene.town.first, ['DAY', 'NIGHT']);
    const refusals = await refusalsOf(
      scene.submit({ value: '103' }, { value: '5.5', registerId: day }, { value: 'x', registerId: night }),
    );
    expect(refusals).toEqual([
      { code: 'TOO_MANY_DECIMALS', params: { decimals: 0, entered: 1 }, path: ['readings', 1, 'value'] },
      { code: 'NOT_A_NUMBER', path: ['readings', 2, 'value'] },
    ]);
    expect(await scene.stored()).toEqual([]);
  });

  it('where nothing was sent, or a key is none', async () => {
    expect(await refusalsOf(scene.submit())).toEqual([{ code: 'REQUIRED', path: ['readings'] }]);
    expect(await refusalsOf(scene.submit({ value: '103', clientKey: '' }))).toEqual([
      { code: 'REQUIRED', path: ['readings', 0, 'clientKey'] },
    ]);
  });
});

describe('some of the registers only', () => {
  it('asks first, and enters nothing until it is confirmed', async () => {
    await aSecondMeter(at.owner, scene.town.first);
    const only = scene.page([{ value: '103' }]);
    expect(await refusalsOf(intake.submit(scene.ivan, only))).toEqual([
      { code: 'READING_PARTIAL', params: { filled: 1, total: 2 } },
    ]);
    expect(await scene.stored()).toEqual([]);
    expect(await intake.submit(scene.ivan, { ...only, confirmPartial: true })).toHaveLength(1);
  });

  it('does not ask again where the others have their reading already', async () => {
    const [other = ''] = await aSecondMeter(at.owner, scene.town.first);
    await scene.submit({ value: '103' }, { value: '12', registerId: other });
    expect(await scene.submit({ value: '104' })).toHaveLength(1);
  });

  it('does not count registers that take no reading', async () => {
    await aSecondMeter(at.owner, scene.town.first);
    await at.owner.query(
      `update meter set serial = null where account_id = $1 and resource = 'ELECTRICITY'`,
      [scene.accountId],
    );
    expect(await scene.submit({ value: '103' })).toHaveLength(1);
  });

  it('asks for both confirmations at once', async () => {
    await aSecondMeter(at.owner, scene.town.first);
    expect((await refusalsOf(scene.submit({ value: '900' }))).map(({ code }) => code)).toEqual([
      'IMPLAUSIBLE_JUMP',
      'READING_PARTIAL',
    ]);
  });
});
