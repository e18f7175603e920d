import { civilDate, quantity } from '@kvartal/domain';
import { NotFound, Refusal, type Staff, rows } from '@kvartal/platform';
import { type Town, aColleague, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { type UnderTest, underTest } from '../testing';
import { Papers } from './papers.service';
import type { ActInput, BenefitInput } from './papers.types';

let at: UnderTest;
let town: Town;
let staff: Staff;
let acts: Papers;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  staff = await aColleague(at.owner, town.portalId, town.first.organizationId);
  acts = at.module.get(Papers);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const paper = () => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[0] ?? '',
  document: 'Заявление № 4',
  clientKey: 'one',
  from: civilDate('2026-10-05'),
  to: civilDate('2026-10-20'),
});
const absence = (changes: Partial<ActInput> = {}): ActInput => ({
  ...paper(),
  kind: 'ABSENCE',
  wholeHouse: false,
  people: quantity('1'),
  ...changes,
});
const interruption = (changes: Partial<ActInput> = {}): ActInput => ({
  ...paper(),
  kind: 'INTERRUPTION',
  wholeHouse: true,
  serviceId: town.first.services.COLD_WATER,
  hours: quantity('20'),
  allowedHours: quantity('8'),
  ...changes,
});
const benefit = (changes: Partial<BenefitInput> = {}): BenefitInput => ({
  ...paper(),
  serviceId: town.first.services.COLD_WATER,
  category: 'Ветеран труда',
  percent: quantity('50'),
  beneficiaries: quantity('1'),
  withinNorm: true,
  to: null,
  ...changes,
});

const refused = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (failure: unknown) =>
      failure instanceof Refusal
        ? failure.refusals.map(({ code, path = [] }) => `${code} ${path.join('.')}`)
        : [String(failure)],
  );

it('keeps an absence on the full days between leaving and coming back, with its document and author', async () => {
  const { acts: listed } = await acts.recordAct(staff, absence());
  expect(listed).toEqual([
    expect.objectContaining({
      kind: 'ABSENCE',
      from: '2026-10-06',
      to: '2026-10-19',
      people: quantity('1'),
      document: 'Заявление № 4',
      author: `staff-${town.first.organizationId}`,
      service: null,
      wholeHouse: false,
    }),
  ]);
  const told = await rows<object>(at.owner, 'select action, object_kind, details from audit_event');
  expect(told).toEqual([
    { action: 'act.record', object_kind: 'account_act', details: { accountId: town.first.accountIds[0] } },
  ]);
});

it('makes nothing new of the same key, and refuses the key for something else', async () => {
  const both = await Promise.all([acts.recordAct(staff, absence()), acts.recordAct(staff, absence())]);
  expect(both.map(({ acts: listed }) => listed.length)).toEqual([1, 1]);
  expect(await refused(acts.recordAct(staff, absence({ people: quantity('2') })))).toEqual([
    'IDEMPOTENCY_KEY_REUSED clientKey',
  ]);
  await acts.recordBenefit(staff, benefit());
  expect((await acts.recordBenefit(staff, benefit())).benefits).toHaveLength(1);
  expect(await refused(acts.recordBenefit(staff, benefit({ withinNorm: false })))).toEqual([
    'IDEMPOTENCY_KEY_REUSED clientKey',
  ]);
});

it('shows an act of a house at each of its accounts', async () => {
  await acts.recordAct(staff, interruption());
  const { acts: listed } = await acts.recordAct(
    staff,
    absence({ accountId: town.first.accountIds[2] ?? '', clientKey: 'two' }),
  );
  expect(listed.map(({ kind, wholeHouse, service }) => [kind, wholeHouse, service])).toEqual([
    ['ABSENCE', false, null],
    ['INTERRUPTION', true, 'Холодная вода'],
  ]);
});

it('says by field what is wrong, all at once', async () => {
  const early = civilDate('2026-10-05');
  expect(await refused(acts.recordAct(staff, absence({ document: ' ', people: null, to: early })))).toEqual([
    'REQUIRED document',
    'REQUIRED people',
    'DAYS_ORDER to',
  ]);
  const later = civilDate('2026-11-02');
  expect(
    await refused(acts.recordAct(staff, interruption({ to: later, hours: quantity('0'), serviceId: null }))),
  ).toEqual(['NUMBER_OUT_OF_RANGE hours', 'REQUIRED serviceId', 'DAYS_ONE_MONTH to']);
  expect(await refused(acts.recordBenefit(staff, benefit({ percent: quantity('101') })))).toEqual([
    'NUMBER_OUT_OF_RANGE percent',
  ]);
  const night = town.first.services.ELECTRICITY_NIGHT;
  expect(await refused(acts.recordAct(staff, interruption({ serviceId: night })))).toEqual([
    'SERVICE_UNSUITED serviceId',
  ]);
  // the drain has no norm of its own to be within
  const drain = town.first.services.SEWERAGE;
  expect(await refused(acts.recordBenefit(staff, benefit({ serviceId: drain })))).toEqual([
    'SERVICE_UNSUITED serviceId',
  ]);
  const volume = { kind: 'VOLUME', wholeHouse: false, hours: null, allowedHours: null } as const;
  const maintenance = interruption({
    ...volume,
    volume: quantity('1'),
    serviceId: town.first.services.MAINT,
  });
  expect(await refused(acts.recordAct(staff, maintenance))).toEqual(['SERVICE_UNSUITED serviceId']);
});

it('keeps one coefficient of a service on a day, and one right of a category', async () => {
  const raised = (clientKey: string) =>
    interruption({ kind: 'COEFFICIENT', wholeHouse: false, coefficient: quantity('1.5'), clientKey });
  const { acts: listed } = await acts.recordAct(staff, raised('one'));
  expect(listed[0]?.coefficient).toBe(quantity('1.5'));
  expect(await refused(acts.recordAct(staff, raised('two')))).toEqual(['ACT_OVERLAPS from']);
  await acts.recordBenefit(staff, benefit());
  expect(await refused(acts.recordBenefit(staff, benefit({ clientKey: 'two' })))).toEqual([
    'ACT_OVERLAPS from',
  ]);
});

it('ends a benefit with a day and withdraws an act, and keeps what was known', async () => {
  const { organizationId } = town.first;
  const { benefits } = await acts.recordBenefit(staff, benefit());
  const id = benefits[0]?.id ?? '';
  const lastDay = civilDate('2026-10-15');
  const ended = await acts.end(staff, 'benefit', { organizationId, id, lastDay });
  expect(ended.benefits.map(({ from, to, category }) => [from, to, category])).toEqual([
    ['2026-10-05', '2026-10-15', 'Ветеран труда'],
  ]);
  expect(await refused(acts.end(staff, 'benefit', { organizationId, id }))).toEqual(['ACT_ENDED id']);
  const again = ended.benefits[0]?.id ?? '';
  const behind = { organizationId, id: again, lastDay: civilDate('2026-10-16') };
  expect(await refused(acts.end(staff, 'benefit', behind))).toEqual(['DAYS_ORDER lastDay']);
  const { acts: listed } = await acts.recordAct(staff, interruption());
  expect(await acts.end(staff, 'act', { organizationId, id: listed[0]?.id ?? '' })).toMatchObject({
    acts: [],
  });
  const kept = await rows<object>(at.owner, 'select upper_inf(known) as stands from account_act');
  expect(kept).toEqual([{ stands: false }]);
});

it('reaches nothing of another organisation', async () => {
  const [foreign = ''] = town.second.accountIds;
  await expect(acts.recordAct(staff, absence({ accountId: foreign }))).rejects.toThrow(NotFound);
  const { organizationId } = town.first;
  const theirs = { ...absence({ accountId: foreign }), organizationId: town.second.organizationId };
  const { acts: listed } = await acts.recordAct(staff, theirs);
  const id = listed[0]?.id ?? '';
  await expect(acts.end(staff, 'act', { organizationId, id })).rejects.toThrow(NotFound);
});
