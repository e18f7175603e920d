import { moneyText, month } from '@kvartal/domain';
import { rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ClosingComputing } from '../closing/closing.computing';
import type { ClosingKey } from '../closing/closing.lock';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { aStaff } from '../testing';
import { Explanations } from './explanations.service';
import { Preliminaries } from './preliminary.service';

let town: ChargedTown;

beforeEach(async () => {
  town = await ChargedTown.build();
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const account = (place: number) => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[place] ?? '',
});
const preliminary = (place = 0) => town.at.module.get(Preliminaries).ofOpenMonth(account(place));
const sums = ({ lines }: Awaited<ReturnType<typeof preliminary>>) =>
  lines.map(({ explanation: { method }, amount }) => `${method} ${moneyText(amount)}`);

it('tells the open month by the facts and readings as they are, and the same lines come of closing it', async () => {
  const before = await preliminary();
  expect([before.month, before.unpriced]).toEqual([OCTOBER, []]);
  // nobody has read the meter: two people by the norm, 9.12 m³ at 43.27 and 28.15
  expect(sums(before)).toEqual(['AREA 1588.50', 'ESTIMATE_NORM 394.62', 'SUM_OF_WATER 256.73']);
  await town.waters('3.5');
  const after = await preliminary();
  expect(sums(after)).toEqual(['AREA 1588.50', 'METER 151.45', 'SUM_OF_WATER 98.53']);
  expect(moneyText(after.total)).toBe('1838.48');
  const [, water] = after.lines;
  expect(water?.explanation.inputs.map(({ name, value }) => `${name} ${value}`)).toEqual([
    'PREVIOUS_READING 100',
    'CURRENT_READING 103.5',
  ]);
  expect(water?.explanation.segments[0]?.tariff).toMatchObject({ document: 'Приказ № 1' });
  await town.close();
  const { lines } = await town.at.module.get(Explanations).ofMonth(account(0), OCTOBER);
  expect(lines).toEqual(after.lines.map(({ explanation }) => explanation));
  expect((await preliminary()).month).toBe(month('2026-11'));
});

it('shares what the whole house uses, though one account asks', async () => {
  const common = await town.service({
    code: 'COMMON_WATER',
    name: 'Вода на общие нужды',
    unit: 'м³',
    resource: 'COLD_WATER',
    zone: 'SINGLE',
    calc_order: 9,
  });
  await town.price(common, 10_000_000);
  await town.terms(common, { cap_by_norm: false });
  await town.takes(common, 'COMMON_AREA');
  await town.meter('COLD_WATER', null).then((register) => town.read(register, OCTOBER, '121'));
  await town.waters('3', '5', '7');
  const before = await preliminary(1);
  const closing = await town.close();
  const [, line] = await town.lines(common, closing);
  const told = before.lines.find(({ explanation }) => explanation.serviceId === common);
  expect(line?.split(' ')[4]).toBe(String(Number(moneyText(told?.explanation.charged ?? before.total))));
  expect(Number(moneyText(told?.amount ?? before.total))).toBeGreaterThan(0);
});

/** Staff hold the maintenance of the first account back in a closing under review. */
async function hold({ closingId }: ClosingKey): Promise<void> {
  const staff = await aStaff(town.at.owner, town.town, 'ACCOUNTANT');
  const { organizationId, houseId, accountIds, services, supplierId } = town.first;
  await rows(
    town.at.owner,
    `insert into closing_decision (organization_id, closing_id, house_id, account_id, service_id, supplier_id, anomaly,
       choice, reason, charged, decided_by, created_at)
     values ($1, $2, $3, $4, $5, $6, 'OVER_BOUND', 'HOLD', 'Проверим', 1, $7, now())`,
    [organizationId, closingId, houseId, accountIds[0], services.MAINT, supplierId, staff.userId],
  );
  await town.at.module.get(ClosingComputing).refresh({ organizationId, closingId }, [houseId]);
}

it('says what staff hold back this month, and what of earlier months comes with it', async () => {
  const key = await town.computed();
  await hold(key);
  const october = await preliminary();
  // 1,588.50 is explained as it would be, and in no sum
  expect(sums(october)).toEqual(['AREA 0.00', 'ESTIMATE_NORM 394.62', 'SUM_OF_WATER 256.73']);
  expect(october.lines[0]?.explanation.charged).toBe(158_850n);
  expect([october.held, october.late]).toEqual([['Содержание жилого помещения'], []]);
  expect(moneyText(october.total)).toBe('651.35');
  expect((await preliminary(1)).held).toEqual([]);
  await town.commit(key);
  const november = await preliminary();
  expect(november.held).toEqual([]);
  expect(november.late).toEqual([
    { month: OCTOBER, service: 'Содержание жилого помещения', amount: 158_850n },
  ]);
  // October's 1,588.50 and November's
  expect(sums(november)).toEqual(['AREA 3177.00', 'ESTIMATE_NORM 394.62', 'SUM_OF_WATER 256.73']);
  expect(moneyText(november.total)).toBe('3828.35');
});

it('names what has no price yet, and knows no account of another organisation', async () => {
  await town.forget('tariff', town.first.services.SEWERAGE);
  expect((await preliminary()).unpriced).toEqual(['Водоотведение']);
  const foreign = { organizationId: town.town.second.organizationId, accountId: account(0).accountId };
  await expect(town.at.module.get(Preliminaries).ofOpenMonth(foreign)).rejects.toThrow('NOT_FOUND');
});
