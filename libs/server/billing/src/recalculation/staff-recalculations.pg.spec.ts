import { civilDate, money, moneyText, month, quantity } from '@kvartal/domain';
import { NotFound, type Staff, rows } from '@kvartal/platform';
import { aColleague, expectBooksBalanced } from '@kvartal/platform/testing';
import { refused } from '../catalogue/catalogue.testing';
import { ChargedTown } from '../closing/closing.testing';
import { StaffRecalculations } from './staff-recalculations.service';
import type { CorrectReadingInput, RecalculationInput, RecalculationPreview } from './recalculations.types';

const OCTOBER = month('2026-10');
const NOVEMBER = month('2026-11');

let town: ChargedTown;
let asked: StaffRecalculations;
let staff: Staff;
let keys = 0;

beforeEach(async () => {
  town = await ChargedTown.build();
  asked = town.at.module.get(StaffRecalculations);
  staff = await aColleague(town.at.owner, town.town.portalId, town.first.organizationId);
  await town.waters('3.5', '4', '5');
  await town.close();
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const reading = (over: Partial<CorrectReadingInput> = {}): CorrectReadingInput => ({
  organizationId: town.first.organizationId,
  registerId: town.first.registerIds[0] ?? '',
  takenOn: civilDate('2026-10-20'),
  value: quantity('101.5'),
  document: 'Акт сверки № 3',
  clientKey: `key-${(keys += 1)}`,
  ...over,
});
const wanted = (over: Partial<RecalculationInput> = {}): RecalculationInput => ({
  organizationId: town.first.organizationId,
  houseId: town.first.houseId,
  from: OCTOBER,
  to: OCTOBER,
  expected: money('0.00'),
  clientKey: `key-${(keys += 1)}`,
  ...over,
});
const told = ({ months }: RecalculationPreview): string[] =>
  months.flatMap((one) =>
    one.lines.map(
      ({ service, amount, causes }) =>
        `${one.accountNumber} ${one.month} ${service} ${moneyText(amount)} ${causes.map(({ cause }) => cause).join()}`,
    ),
  );
const count = async (table: string): Promise<number> =>
  (await rows(town.at.owner, `select from ${table} where organization_id = $1`, [town.first.organizationId]))
    .length;

/** Two cubic metres less than 3.5: 2 × 43.27 and 2 × 28.15. */
const LESS = '-142.84';
const WAS = ['100001 2026-10 Холодная вода -86.54 ', '100001 2026-10 Водоотведение -56.30 '];

it('shows what a corrected reading would post by the very work that posts it, and leaves nothing behind', async () => {
  const input = reading();
  const preview = await asked.previewCorrection(staff, input);
  expect(moneyText(preview.sum)).toBe(LESS);
  expect(told(preview).map((line) => line.replace(/[A-Z_]+$/, ''))).toEqual(WAS);
  // the causes explain the sum to the kopek
  expect(preview.months[0]?.lines.every(({ causes }) => causes.length > 0)).toBe(true);
  for (const table of ['reading_correction', 'recalculation', 'recalculation_due', 'movement', 'audit_event'])
    expect([table, await count(table)]).toEqual([table, table === 'audit_event' ? expect.any(Number) : 0]);
  await asked.correct(staff, input, preview.sum);
  await asked.correct(staff, input, preview.sum);
  expect(await count('reading_correction')).toBe(1);
  const moved = await rows<{ sum: string }>(
    town.at.owner,
    `select sum(amount) as sum from movement where organization_id = $1 and kind = 'RECALCULATION'`,
    [town.first.organizationId],
  );
  expect(moved).toEqual([{ sum: '-14284' }]);
  const due = await rows(town.at.owner, 'select from recalculation_due where done_at is null');
  expect(due).toEqual([]);
  // nothing is left to post
  expect(moneyText((await asked.preview(staff, wanted())).sum)).toBe('0.00');
});

it('posts nothing that comes to another sum than was seen', async () => {
  const input = reading();
  expect(await refused(asked.correct(staff, input, money('-142.83')))).toEqual([
    'RECALCULATION_CHANGED at input.expected',
  ]);
  expect(await count('reading_correction')).toBe(0);
  expect(
    await refused(asked.previewCorrection(staff, reading({ takenOn: civilDate('2026-11-02') }))),
  ).toEqual(['PERIOD_NOT_CLOSED at takenOn']);
});

it('takes no correction that runs back from the month before, or beyond the one after', async () => {
  const correction = (value: string) =>
    refused(asked.previewCorrection(staff, reading({ value: quantity(value) })));
  expect(await correction('99')).toEqual(['LESS_THAN_PREVIOUS at value']);
  await town.read(town.first.registerIds[0] ?? '', NOVEMBER, '106');
  expect(await correction('107')).toEqual(['NUMBER_OUT_OF_RANGE at value']);
  expect(await correction('100000')).toEqual(['NUMBER_OUT_OF_RANGE at value']);
  // 6 cubic metres in place of 3.5: 259.62 − 151.45 and 168.90 − 98.53
  const { sum } = await asked.previewCorrection(staff, reading({ value: quantity('106') }));
  expect(moneyText(sum)).toBe('178.54');
});

it('charges the closed months of one account anew, and leaves what is due of others', async () => {
  const corrections = [
    reading(),
    reading({ registerId: town.first.registerIds[1] ?? '', value: quantity('105') }),
  ];
  for (const input of corrections)
    await town.add('reading_correction', {
      house_id: town.first.houseId,
      register_id: input.registerId,
      month: '2026-10-01',
      taken_on: input.takenOn,
      value: input.value.toString(),
      document: input.document,
      known: await town.now(),
      created_at: '2026-11-05T09:00:00Z',
    });
  const one = { accountId: town.first.accountIds[0] ?? '' };
  const preview = await asked.preview(staff, wanted(one));
  expect(moneyText(preview.sum)).toBe(LESS);
  const both = await asked.preview(staff, wanted());
  expect(new Set(both.months.map(({ accountNumber }) => accountNumber))).toEqual(
    new Set(['100001', '100002']),
  );
  const input = wanted({ ...one, expected: preview.sum });
  await asked.recalculate(staff, input);
  await asked.recalculate(staff, input);
  expect(await count('recalculation')).toBe(1);
  const due = await rows<{ account: string }>(
    town.at.owner,
    'select account_id as account from recalculation_due where done_at is null',
  );
  expect(due).toEqual([{ account: town.first.accountIds[1] }]);
  // the other one costs 43.27 + 28.15 more for a cubic metre
  expect(told(await asked.preview(staff, wanted())).map((line) => line.replace(/[A-Z_]+$/, ''))).toEqual([
    '100002 2026-10 Холодная вода 43.27 ',
    '100002 2026-10 Водоотведение 28.15 ',
  ]);
});

it('is refused for months that are not closed, in the wrong order, and for strangers', async () => {
  expect(await refused(asked.preview(staff, wanted({ to: NOVEMBER })))).toEqual([
    'PERIOD_NOT_CLOSED at input.to',
  ]);
  expect(await refused(asked.preview(staff, wanted({ to: month('2026-09') })))).toEqual([
    'DAYS_ORDER at input.to',
  ]);
  await expect(asked.preview(staff, wanted({ houseId: town.town.second.houseId }))).rejects.toBeInstanceOf(
    NotFound,
  );
  await expect(
    asked.preview(staff, wanted({ accountId: town.town.second.accountIds[0] ?? '' })),
  ).rejects.toBeInstanceOf(NotFound);
});
