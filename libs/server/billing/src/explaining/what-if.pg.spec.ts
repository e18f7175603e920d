import { moneyText, month, priceText, quantity, quantityText } from '@kvartal/domain';
import { Refusal } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { WhatIfs } from './what-if.service';

let town: ChargedTown;

/** The first account used 100 kWh by a meter of one zone, at 5.00. */
beforeEach(async () => {
  town = await ChargedTown.build();
  const [unit, resource] = ['кВт·ч', 'ELECTRICITY'];
  const single = await town.service({
    code: 'SINGLE',
    name: 'Электроснабжение',
    unit,
    resource,
    zone: 'SINGLE',
    calc_order: 9,
  });
  await town.price(single, 5_000_000);
  await town.takes(single, 'METER', [0]);
  await town.read(await town.meter('ELECTRICITY', 0), OCTOBER, '200');
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
const whatIfs = () => town.at.module.get(WhatIfs);
const byNight = (percent: string) => ({ volumes: [], meters: [], nightPercent: quantity(percent) });

it('counts electricity by day and by night at the organisation’s prices by zones', async () => {
  const { ELECTRICITY: day, ELECTRICITY_NIGHT: night } = town.first.services;
  await town.price(day, 6_000_000);
  await town.price(night, 2_000_000);
  await town.norm(day, 'PERSON', 6_200_000_000);
  await town.norm(night, 'PERSON', 3_000_000_000);
  await town.close();
  const { twoZones } = (await whatIfs().base(account(0))) ?? {};
  if (!twoZones?.dayPrice || !twoZones.nightPrice || !twoZones.nightPercent) throw new RangeError('no zones');
  expect([priceText(twoZones.dayPrice), priceText(twoZones.nightPrice)]).toEqual(['6.00', '2.00']);
  // 30 of 92 by the norms
  expect([twoZones.used, twoZones.nightPercent].map((one) => quantityText(one))).toEqual(['100', '32']);
  const told = await whatIfs().answer(account(0), byNight('40'));
  // 60 kWh at 6.00 and 40 at 2.00 in place of 100 at 5.00
  expect(
    told.lines
      .filter(({ causes }) => causes.length)
      .map(({ service, causes }) => [
        service,
        ...causes.map(({ cause, amount }) => `${cause} ${moneyText(amount)}`),
      ]),
  ).toEqual([
    ['Электроснабжение', 'SERVICE 360.00'],
    ['Электроснабжение, ночь', 'SERVICE 80.00'],
    ['Электроснабжение', 'SERVICE -500.00'],
  ]);
  expect(told.after - told.before).toBe(-6000n);
  expect((await whatIfs().answer(account(0), byNight('0'))).after - told.before).toBe(10_000n);
});

it('takes the prices of the month, not those that came later', async () => {
  const { ELECTRICITY: day, ELECTRICITY_NIGHT: night } = town.first.services;
  await town.price(day, 6_000_000, { valid: '[2020-01-01,2026-11-01)' });
  await town.price(night, 2_000_000);
  await town.add('tariff', {
    service_id: day,
    supplier_id: town.first.supplierId,
    price: 9_000_000,
    document: 'Приказ № 3',
    valid: '[2026-11-01,)',
    known: await town.now(),
  });
  await town.close();
  const told = await whatIfs().answer(account(0), byNight('50'));
  expect(told.after - told.before).toBe(-10_000n);
});

it('refuses with words where the organisation has no prices by zones, and where there is no such meter', async () => {
  await town.forget('tariff', town.first.services.ELECTRICITY_NIGHT);
  await town.close();
  const base = await whatIfs().base(account(0));
  expect(base?.month).toBe(month('2026-10'));
  expect(base?.twoZones).toMatchObject({ dayPrice: null, nightPrice: null, nightPercent: null });
  const path = ['change', 'nightPercent'];
  await expect(whatIfs().answer(account(0), byNight('40'))).rejects.toThrow(
    new Refusal('NO_ZONE_TARIFF', { path }),
  );
  await expect(whatIfs().answer(account(0), byNight('101'))).rejects.toThrow(
    new Refusal('NOT_A_NUMBER', { path }),
  );
  expect((await whatIfs().base(account(1)))?.twoZones).toBeNull();
  await expect(whatIfs().answer(account(1), byNight('40'))).rejects.toThrow('NOT_FOUND');
});
