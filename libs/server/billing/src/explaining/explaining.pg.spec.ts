import {
  civilDate,
  dateOfDayNumber,
  dayNumber,
  moneyText,
  month,
  quantity,
  quantityText,
} from '@kvartal/domain';
import { Clock, Refusal, inTransaction, rows } from '@kvartal/platform';
import { TOWN_MONTH, type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { type UnderTest, underTest } from '../testing';
import type { LineExplanation } from './explaining.types';
import { Differences } from './differences.service';
import { Recalculations } from '../recalculation/recalculations.service';
import { Explanations } from './explanations.service';
import { WhatIfs } from './what-if.service';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let at: UnderTest;
let town: Town;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  await at.module.get(Clock).moveTo(new Date('2026-11-01T07:00:00Z'));
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function change(sql: string, parameters: readonly unknown[] = []): Promise<void> {
  const { organizationId } = town.first;
  await inTransaction(at.db, async (tx) => {
    await rows(tx, 'select ledger_enter($1)', [organizationId]);
    await rows(tx, sql, [organizationId, ...parameters]);
  });
}

const read = (register: number, value: string): Promise<void> =>
  change(
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     values ('2026-10-20T17:42:00Z', '[2026-10-20T17:42:00Z,)', $1, $2, $3, $4, $4::date + 19, $5::numeric * 1000000, 'SITE')`,
    [town.first.houseId, town.first.registerIds[register], TOWN_MONTH, value],
  );

/** Ends what is known of an account's residents, and states another number for the same days. */
async function correctResidents(account: number, people: number, moment: string): Promise<void> {
  const subject = [town.first.accountIds[account], moment];
  await change(
    `update fact set known = tstzrange(lower(known), $3::timestamptz)
     where organization_id = $1 and subject = 'ACCOUNT' and subject_id = $2 and kind = 'RESIDENTS'`,
    subject,
  );
  await change(
    `insert into fact (organization_id, house_id, subject, subject_id, kind, value, valid, known, source)
     values ($1, $4, 'ACCOUNT', $2, 'RESIDENTS', $5, '[2020-01-01,)', tstzrange($3::timestamptz, null), 'Паспортный стол')`,
    [...subject, town.first.houseId, people * 1_000_000],
  );
}

async function computed(of = OCTOBER): Promise<ClosingKey> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, of);
  await at.module.get(ClosingComputing).computeAll(key);
  return key;
}

async function close(of = OCTOBER): Promise<ClosingKey> {
  const key = await computed(of);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
  return key;
}

const account = (place: number) => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[place] ?? '',
});

async function explained(place: number, serviceId: string): Promise<LineExplanation> {
  const { lines } = await at.module.get(Explanations).ofMonth(account(place), OCTOBER, { serviceId });
  const [line] = lines;
  if (!line || lines.length > 1) throw new RangeError('not one line');
  return line;
}

it('tells a metered line: the readings with their meter and day, the formula, the tariff, the rounding', async () => {
  await read(0, '103.517');
  await close();
  const line = await explained(0, town.first.services.COLD_WATER);
  expect(line).toMatchObject({
    service: 'Холодная вода',
    unit: 'м³',
    method: 'METER',
    formulas: [expect.any(String)],
  });
  expect(line.inputs.map(({ name, value }) => [name, value])).toEqual([
    ['PREVIOUS_READING', '100'],
    ['CURRENT_READING', '103.517'],
  ]);
  expect(line.inputs[1]?.origins).toMatchObject([
    {
      kind: 'READING',
      takenOn: '2026-10-20',
      source: 'SITE',
      place: 'кухня',
      resource: 'COLD_WATER',
      zone: 'SINGLE',
    },
  ]);
  expect(line.segments).toMatchObject([
    {
      expression: '3.517 × 43.27',
      exact: '152.18059',
      tariff: { document: 'Приказ № 1', validFrom: '2020-01-01' },
    },
  ]);
  expect(moneyText(line.charged)).toBe('152.18');
});

it('tells all lines of the month, and of an estimate who lives there and by which norm', async () => {
  await close();
  const { month: of, lines } = await at.module.get(Explanations).ofMonth(account(1), OCTOBER);
  expect([of, lines.map(({ method }) => method)]).toEqual([
    OCTOBER,
    ['AREA', 'ESTIMATE_NORM', 'SUM_OF_WATER'],
  ]);
  expect(lines[1]?.inputs.map(({ name, value, origins }) => [name, value, origins[0]?.kind])).toEqual([
    ['AVERAGE', '0', 'METER'],
    ['MISSED', '1', 'METER'],
    ['NORM', '4.56', 'NORM'],
    ['RESIDENTS', '2', 'FACT'],
  ]);
});

it('tells a closed month as it was known then, whatever has been corrected since', async () => {
  await close();
  await correctResidents(1, 5, '2026-11-03T08:00:00Z');
  await change(
    `update tariff set known = tstzrange(lower(known), '2026-11-03T08:00:00Z') where organization_id = $1 and service_id = $2`,
    [town.first.services.COLD_WATER],
  );
  const line = await explained(1, town.first.services.COLD_WATER);
  expect(line.inputs.find(({ name }) => name === 'RESIDENTS')?.value).toBe('2');
  expect(moneyText(line.charged)).toBe('394.62');
});

it('takes what was corrected before the closing as corrected', async () => {
  await correctResidents(1, 3, '2026-10-25T08:00:00Z');
  await close();
  const line = await explained(1, town.first.services.COLD_WATER);
  expect(line.inputs.find(({ name }) => name === 'RESIDENTS')).toMatchObject({
    value: '3',
    from: '2026-10-01',
    to: dateOfDayNumber(dayNumber(civilDate('2026-10-31'))),
    origins: [{ kind: 'FACT', document: 'Паспортный стол' }],
  });
  expect(moneyText(line.charged)).toBe('591.93');
});

it('explains a closing under review, and refuses where a house has changed since it was computed', async () => {
  const key = await computed();
  const explanations = at.module.get(Explanations);
  const { lines } = await explanations.ofClosing(account(1), key.closingId);
  expect(lines.map(({ charged }) => moneyText(charged))).toEqual(['1588.50', '394.62', '256.73']);
  await correctResidents(1, 5, '2026-11-01T08:00:00Z');
  const refused = explanations.ofClosing(account(1), key.closingId);
  await expect(refused).rejects.toThrow(new Refusal('EXPLANATION_DIFFERS', { params: { month: OCTOBER } }));
});

it('knows no line of an open month, and no account of another organisation', async () => {
  const explanations = at.module.get(Explanations);
  await expect(explanations.ofMonth(account(0), OCTOBER)).rejects.toThrow('PERIOD_NOT_CLOSED');
  const foreign = { organizationId: town.second.organizationId, accountId: town.first.accountIds[0] ?? '' };
  await expect(explanations.ofMonth(foreign, OCTOBER)).rejects.toThrow('NOT_FOUND');
});

it('tells two months apart by causes that add up to the kopek', async () => {
  await close();
  await at.module.get(Clock).moveTo(new Date('2026-12-01T07:00:00Z'));
  await correctResidents(1, 3, '2026-11-05T08:00:00Z');
  await change(
    `update tariff set known = tstzrange(lower(known), '2026-11-05T08:00:00Z') where organization_id = $1 and service_id = $2`,
    [town.first.services.MAINT],
  );
  await change(
    `insert into tariff (organization_id, service_id, supplier_id, price, document, valid, known)
     select $1, $2, $3, price, 'Приказ № ' || price, valid, '[2026-11-05T08:00:00Z,)'
     from (values (31770000, daterange('2020-01-01', '2026-11-01')), (33000000, daterange('2026-11-01', null))) t (price, valid)`,
    [town.first.services.MAINT, town.first.supplierId],
  );
  await close(NOVEMBER);
  const told = await at.module.get(Differences).ofMonths(account(1), NOVEMBER, OCTOBER);
  expect(told.lines.map(({ service }) => service)).toEqual([
    'Содержание жилого помещения',
    'Холодная вода',
    'Водоотведение',
  ]);
  expect(
    told.lines.map(({ causes }) => causes.map(({ cause, amount }) => `${cause} ${moneyText(amount)}`)),
  ).toEqual([['TARIFF 61.50'], ['PEOPLE 197.31'], ['PEOPLE 128.36']]);
  expect([moneyText(told.before), moneyText(told.after)]).toEqual(['2239.85', '2627.02']);
  const causes = told.lines.flatMap((line) => line.causes.map(({ amount }): bigint => amount));
  expect(causes.reduce((all, one) => all + one, 0n)).toBe(told.after - told.before);
});

it('tells a month before and after a recalculation apart, by what was learnt since', async () => {
  await close();
  const differences = at.module.get(Differences);
  const nothing = await differences.ofMonths(account(1), OCTOBER, OCTOBER);
  expect(nothing.lines.flatMap(({ causes }) => causes)).toEqual([]);
  await correctResidents(1, 3, '2026-11-05T08:00:00Z');
  const told = await differences.ofMonths(account(1), OCTOBER, OCTOBER);
  // one more person by the norm: 4.56 m³ at 43.27 and 28.15
  expect(
    told.lines.map(({ causes }) => causes.map(({ cause, amount }) => `${cause} ${moneyText(amount)}`)),
  ).toEqual([[], ['PEOPLE 197.31'], ['PEOPLE 128.36']]);
  expect([moneyText(told.before), moneyText(told.after)]).toEqual(['2239.85', '2565.52']);
  const { accounts } = await at.module.get(Recalculations).run('system', town.first.organizationId);
  const posted = await rows<{ amount: string }>(
    at.owner,
    'select sum(amount) as amount from movement where organization_id = $1 and account_id = $2',
    [town.first.organizationId, town.first.accountIds[1]],
  );
  expect([accounts, posted[0]?.amount]).toEqual([1, String(told.after - told.before)]);
});

it('answers what if: one more resident, another volume; and nothing is stored', async () => {
  await read(0, '103.5');
  await close();
  const whatIfs = at.module.get(WhatIfs);
  const base = await whatIfs.base(account(0));
  expect(base).toMatchObject({ month: OCTOBER, unmetered: [] });
  expect(
    [base?.residents, base?.registers[0]?.used].map((one) => quantityText(one ?? quantity('0'))),
  ).toEqual(['2', '3.5']);
  const nothing = { volumes: [], meters: [] };
  const more = await whatIfs.answer(account(1), { ...nothing, residents: quantity('3') });
  expect([moneyText(more.before), moneyText(more.after)]).toEqual(['2239.85', '2565.52']);
  expect(more.lines.map(({ causes }) => causes.map(({ cause }) => cause))).toEqual([
    [],
    ['PEOPLE'],
    ['PEOPLE'],
  ]);

  const [registerId = ''] = town.first.registerIds;
  const less = await whatIfs.answer(account(0), {
    ...nothing,
    volumes: [{ registerId, volume: quantity('2.5') }],
  });
  // one cubic metre less: 43.27 of water and 28.15 of the drain
  expect(moneyText(less.before)).toBe('1838.48');
  expect(moneyText(less.after)).toBe('1767.06');
  const { lines } = await at.module.get(Explanations).ofMonth(account(0), OCTOBER);
  expect(lines.map(({ charged }) => moneyText(charged))).toEqual(['1588.50', '151.45', '98.53']);
});

it('refuses impossible facts, registers of others, and more than one may ask', async () => {
  await close();
  const whatIfs = at.module.get(WhatIfs);
  const nothing = { volumes: [], meters: [] };
  await expect(whatIfs.answer(account(0), { ...nothing, residents: quantity('51') })).rejects.toThrow(
    'NOT_A_NUMBER',
  );
  const [, registerId = ''] = town.first.registerIds;
  const foreign = { ...nothing, volumes: [{ registerId, volume: quantity('1') }] };
  await expect(whatIfs.answer(account(0), foreign)).rejects.toThrow('NOT_FOUND');
  const asked = await Promise.allSettled(
    Array.from({ length: 60 }, () => whatIfs.answer(account(0), nothing)),
  );
  expect(asked.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: new Refusal('TOO_MANY_ATTEMPTS') },
  ]);
});
