import { civilDate, money, moneyText, month } from '@kvartal/domain';
import { Clock, Refusal, type Staff, inTransaction, row, rows } from '@kvartal/platform';
import { type Town, aTown } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillingLedger } from '../ledger';
import { ClosingComputing } from '../closing/closing.computing';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { type UnderTest, underTest } from '../testing';
import { PenaltyForecasts } from './penalty.forecast.service';
import { PenaltyRulesService } from './penalty.rules.service';

let at: UnderTest;
let town: Town;
let rules: PenaltyRulesService;
let staff: Staff;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  rules = at.module.get(PenaltyRulesService);
  const user = await row<{ id: string }>(
    at.owner,
    `insert into portal_user (portal_id, kind, login, password_hash, state) values ($1, 'STAFF', 'accountant', '-', 'ACTIVE')
     returning id`,
    [town.portalId],
  );
  const request = { portalId: town.portalId, sessionId: '1', ip: '127.0.0.1', userAgent: '', requestId: '' };
  staff = { kind: 'staff', userId: user?.id ?? '', memberships: [], ...request };
});
afterEach(() => at.close());

const codesOf = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (failure: unknown) =>
      failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [String(failure)],
  );
let keys = 0;
const contract = () => ({
  clientKey: `key-${(keys += 1)}`,
  organizationId: town.first.organizationId,
  payer: 'LEGAL' as const,
  group: 'UTILITY' as const,
  bands: [{ fromDay: 11, numerator: 1, denominator: 365 }],
  isCapped: false,
  upToPrincipal: true,
  from: civilDate('2026-10-01'),
  document: ' Договор № 7 ',
});
const decided = () => ({
  clientKey: `key-${(keys += 1)}`,
  organizationId: town.first.organizationId,
  from: civilDate('2026-12-01'),
  document: 'Решение',
});
const close = async (of: string) => {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, month(of));
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
};
const ownSchedules = async () =>
  (await rules.of(town.first.organizationId)).schedules
    .filter(({ isLaw }) => !isLaw)
    .map(({ from, to, document }) => `${from}..${to} ${document}`);

it('knows the law of the country with its documents', async () => {
  const { schedules, moratoria, allocation, changesFrom } = await rules.of(town.first.organizationId);
  expect(schedules.every(({ isLaw }) => isLaw)).toBe(true);
  expect(schedules.find(({ payer, group }) => payer === 'PERSON' && group === 'HOUSING')).toMatchObject({
    bands: [
      { fromDay: 31, toDay: 90, numerator: 1, denominator: 300 },
      { fromDay: 91, toDay: null, numerator: 1, denominator: 130 },
    ],
    isCapped: true,
    document: 'ЖК РФ, ст. 155 ч. 14',
  });
  expect(moratoria.map(({ document }) => document)).toEqual([
    'ПП № 497 от 28.03.2022',
    'ПП № 424 от 02.04.2020',
  ]);
  expect(changesFrom).toBe('2026-10-01');
  expect(allocation).toEqual([]);
});

it('sets a schedule of a contract from a day on, again from a later one, and goes back to the law', async () => {
  await rules.setSchedule(staff, contract());
  await rules.setSchedule(staff, { ...contract(), from: civilDate('2027-01-01'), document: 'Договор № 8' });
  expect(await ownSchedules()).toEqual([
    '2027-01-01..null Договор № 8',
    '2026-10-01..2026-12-31 Договор № 7',
  ]);
  await rules.setSchedule(staff, { ...contract(), document: 'Договор № 9' });
  // what was set for later stays
  expect(await ownSchedules()).toEqual([
    '2027-01-01..null Договор № 8',
    '2026-10-01..2026-12-31 Договор № 9',
  ]);
  for (const own of (await rules.of(town.first.organizationId)).schedules.filter(({ isLaw }) => !isLaw))
    await rules.withdrawSchedule(staff, town.first.organizationId, own.id);
  expect(await ownSchedules()).toEqual([]);
  const written = await rows<{ action: string }>(at.owner, 'select action from audit_event order by id');
  expect(written.map(({ action }) => action)).toEqual([
    ...['penalty.schedule', 'penalty.schedule', 'penalty.schedule'],
    ...['penalty.schedule.withdraw', 'penalty.schedule.withdraw'],
  ]);
});

it('sets a schedule once under a key, and by one of two who have seen the same', async () => {
  const set = { ...contract(), seen: null };
  await rules.setSchedule(staff, set);
  await rules.setSchedule(staff, set);
  expect(await ownSchedules()).toEqual(['2026-10-01..null Договор № 7']);
  expect(await codesOf(rules.setSchedule(staff, { ...set, isCapped: true }))).toEqual([
    'IDEMPOTENCY_KEY_REUSED',
  ]);
  expect(await codesOf(rules.setSchedule(staff, { ...contract(), seen: null }))).toEqual([
    'CATALOGUE_CHANGED',
  ]);
});

it('leaves closed months what was charged of them', async () => {
  const { organizationId } = town.first;
  await rules.setSchedule(staff, contract());
  await rules.addMoratorium(staff, {
    ...decided(),
    from: civilDate('2026-10-05'),
    to: civilDate('2026-12-31'),
  });
  await rules.addMoratorium(staff, {
    ...decided(),
    payer: 'LEGAL',
    from: civilDate('2026-10-05'),
    to: civilDate('2026-10-09'),
  });
  await close('2026-10');
  expect((await rules.of(organizationId)).changesFrom).toBe('2026-11-01');
  const october = { from: civilDate('2026-10-31') };
  expect(await codesOf(rules.setSchedule(staff, { ...contract(), ...october }))).toEqual(['PERIOD_NOT_OPEN']);
  expect(await codesOf(rules.addMoratorium(staff, { ...decided(), group: 'OTHER', ...october }))).toEqual([
    'PERIOD_NOT_OPEN',
  ]);
  expect(await codesOf(rules.setAllocation(staff, { ...decided(), mode: 'FIFO', ...october }))).toEqual([
    'PERIOD_NOT_OPEN',
  ]);
  const own = async () => (await rules.of(organizationId)).moratoria.filter(({ isLaw }) => !isLaw);
  const [schedule] = (await rules.of(organizationId)).schedules;
  await rules.withdrawSchedule(staff, organizationId, schedule?.id ?? '');
  expect(await ownSchedules()).toEqual(['2026-10-01..2026-10-31 Договор № 7']);
  const outcomes = await Promise.all(
    (await own()).map(({ id, payer }) =>
      codesOf(rules.withdrawMoratorium(staff, organizationId, id)).then((codes) => [payer, ...codes]),
    ),
  );
  expect(outcomes).toEqual(expect.arrayContaining([['LEGAL', 'PERIOD_NOT_OPEN'], [null]]));
  expect((await own()).map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
    '2026-10-05 2026-10-09',
    '2026-10-05 2026-10-31',
  ]);
});

it('refuses a schedule that is none, and whatever is another’s or the law’s', async () => {
  const { bands } = contract();
  for (const wrong of [[], [...bands, ...bands], [{ fromDay: 0, numerator: 1, denominator: 300 }]])
    expect(await codesOf(rules.setSchedule(staff, { ...contract(), bands: wrong, document: ' ' }))).toEqual([
      'PENALTY_BANDS',
      'REQUIRED',
    ]);
  expect(await codesOf(rules.setSchedule(staff, { ...contract(), document: 'д'.repeat(201) }))).toEqual([
    'TOO_LONG',
  ]);
  await rules.setSchedule(staff, contract());
  const { schedules } = await rules.of(town.first.organizationId);
  const { second } = town;
  expect((await rules.of(second.organizationId)).schedules.every(({ isLaw }) => isLaw)).toBe(true);
  for (const [organization, of] of [
    [second.organizationId, schedules.find(({ isLaw }) => !isLaw)],
    [town.first.organizationId, schedules.find(({ isLaw }) => isLaw)],
  ] as const)
    await expect(rules.withdrawSchedule(staff, organization, of?.id ?? '')).rejects.toThrow('NOT_FOUND');
});

it('adds a moratorium for all and an agreement with one account, each once', async () => {
  const { organizationId } = town.first;
  const add = (over: Partial<Parameters<typeof rules.addMoratorium>[1]> = {}) =>
    rules.addMoratorium(staff, { ...decided(), to: civilDate('2026-12-31'), ...over });
  await add({ clientKey: 'first' });
  await add({ clientKey: 'first' });
  expect(await codesOf(add({ clientKey: 'first', to: null }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  await add({ accountNumber: '100002', document: 'Рассрочка' });
  expect(await codesOf(add({ from: civilDate('2026-12-31'), to: null }))).toEqual(['DATES_OVERLAP']);
  expect(await codesOf(add({ to: civilDate('2026-11-30') }))).toEqual(['DATE_OUT_OF_RANGE']);
  expect(await codesOf(add({ accountNumber: '200001' }))).toEqual(['ACCOUNT_UNKNOWN']);
  const own = async () => (await rules.of(organizationId)).moratoria.filter(({ isLaw }) => !isLaw);
  expect(
    (await own()).map((one) => `${one.accountNumber} ${one.from} ${one.to} ${one.document}`).sort(),
  ).toEqual(['100002 2026-12-01 2026-12-31 Рассрочка', 'null 2026-12-01 2026-12-31 Решение']);
  for (const { id } of await own()) await rules.withdrawMoratorium(staff, organizationId, id);
  expect(await own()).toEqual([]);
});

it('sets how payments are split from a day on', async () => {
  const { organizationId } = town.first;
  await rules.setAllocation(staff, { ...decided(), mode: 'FIFO', from: civilDate('2026-10-01') });
  await rules.setAllocation(staff, { ...decided(), mode: 'PRIORITY', from: civilDate('2026-11-01') });
  const { allocation } = await rules.of(organizationId);
  expect(allocation.map(({ mode, from, to }) => `${mode} ${from} ${to}`)).toEqual([
    'PRIORITY 2026-11-01 null',
    'FIFO 2026-10-01 2026-10-31',
  ]);
});

it('tells what the penalty will be on another day of payment, as the closing would charge it', async () => {
  const { organizationId, accountIds, services, supplierId } = town.first;
  await rows(
    at.owner,
    `update account_service set known = tstzrange(lower(known), now()) where organization_id = $1 and service_id <> $2`,
    [organizationId, services.MAINT],
  );
  await rows(
    at.owner,
    `insert into service (organization_id, code, name, unit, service_group, calc_order) values ($1, 'PENALTY', 'Пени', '', 'PENALTY', 99)`,
    [organizationId],
  );
  for (const one of ['2026-10', '2026-11', '2026-12']) await close(one);
  await at.module.get(Clock).moveTo(new Date('2027-01-05T09:00:00Z'));
  const ask = async (on: string) => {
    const told = await at.module
      .get(PenaltyForecasts)
      .ifPaid(organizationId, accountIds[0] ?? '', { on: civilDate(on) });
    return told && [told.charged, told.accruing, told.total].map(moneyText);
  };
  expect(await ask('2027-01-04')).toBeNull();
  expect(await ask('2028-02-01')).toBeNull();
  // October's 1,588.50 at 15.5 % / 300: five days of January, then all of it with 17 days of November's
  expect(await ask('2027-01-05')).toEqual(['8.05', '4.10', '12.15']);
  expect(await ask('2027-01-31')).toEqual(['8.05', '39.39', '47.44']);
  const part = await at.module
    .get(PenaltyForecasts)
    .ifPaid(organizationId, accountIds[0] ?? '', { on: civilDate('2027-01-31'), amount: money('1600.00') });
  const { total, left, later, debts } = part ?? {};
  // of 4,773.55 that is owed 8.05 is penalty: it takes 2.70, and the oldest debt is paid off
  expect([total, left].map((one) => one && moneyText(one))).toEqual(['47.44', '3168.20']);
  const lots = debts?.flatMap((one) => one.lots);
  expect(lots?.map(({ due, amount }) => `${due} ${moneyText(amount)}`)).toEqual([
    '2026-11-15 25.44',
    '2026-12-15 13.95',
  ]);
  expect(lots?.[1]?.parts).toEqual([
    { from: '2027-01-15', to: '2027-01-31', expression: '1588.50 × 15.5 % × 17 × 1/300' },
  ]);
  // 1,579.70 of November goes on for 30 days, December costs from 15.02 on: 16 days
  expect(later && moneyText(later)).toBe('37.62');
  await at.module.get(Clock).moveTo(new Date('2027-01-20T09:00:00Z'));
  const line = { organizationId, accountId: accountIds[0] ?? '', serviceId: services.MAINT, supplierId };
  const writtenOff = { ...line, kind: 'ADJUSTMENT', amount: money('-3177.00') } as const;
  const source = { kind: 'STAFF', id: '1' } as const;
  await inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [{ ...writtenOff, source, valueDate: civilDate('2026-12-31') }]),
  );
  expect(await ask('2027-01-31')).toEqual(['8.05', '0.00', '8.05']);
});
