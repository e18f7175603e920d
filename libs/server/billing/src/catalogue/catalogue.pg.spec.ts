import { randomUUID } from 'node:crypto';
import { civilDate, price, priceText, quantity, quantityText } from '@kvartal/domain';
import { Clock, NotFound, Refusal, type Staff, row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ChargedTown } from '../closing/closing.testing';
import { moreHouses } from '../testing';
import { CatalogueQueries } from './catalogue.queries';
import { CatalogueChanges } from './catalogue.service';
import type { CatalogueService, TariffInput } from './catalogue.types';
import { HeatingSeasons } from './seasons.service';

let town: ChargedTown;
let changes: CatalogueChanges;
let viewer: Staff;

beforeEach(async () => {
  town = await ChargedTown.build();
  changes = town.at.module.get(CatalogueChanges);
  await town.at.module.get(Clock).moveTo(new Date('2026-10-20T09:00:00Z'));
  const user = await row<{ id: string }>(
    town.at.owner,
    `insert into portal_user (portal_id, kind, login, password_hash, state)
     values ($1, 'STAFF', 'accountant', 'x', 'ACTIVE') returning id`,
    [town.town.portalId],
  );
  const asking = { portalId: town.town.portalId, ip: '127.0.0.1', userAgent: '', requestId: '' };
  viewer = { kind: 'staff', ...asking, userId: user?.id ?? '', sessionId: '1', memberships: [] };
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const water = (changed: Partial<TariffInput> = {}): TariffInput => ({
  organizationId: town.first.organizationId,
  serviceId: town.first.services.COLD_WATER,
  supplierId: town.first.supplierId,
  tariffGroup: 1,
  price: price('50'),
  vatMode: 'NONE',
  from: civilDate('2026-11-01'),
  document: ' Приказ № 7 ',
  clientKey: randomUUID(),
  ...changed,
});
async function service(id = town.first.services.COLD_WATER): Promise<CatalogueService | undefined> {
  const { services } = await town.at.module.get(CatalogueQueries).of(town.first.organizationId);
  return services.find((one) => one.id === id);
}
const pricesOf = (found: CatalogueService | undefined) =>
  found?.tariffs.map(({ from, to, price: of, plan, document }) =>
    [
      from,
      to,
      priceText(of),
      plan?.kind,
      plan?.steps.map(({ above }) => quantityText(above)).join('/'),
      document,
    ].join(' '),
  );
const BLOCKS = {
  kind: 'MARGINAL' as const,
  perPerson: true,
  steps: [
    { above: quantity('3'), price: price('60') },
    { above: quantity('5'), price: price('75') },
  ],
};
const refusals = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (failure: unknown) =>
      failure instanceof Refusal
        ? failure.refusals.map(({ code, path }) => `${code} ${path?.join('.')}`)
        : failure,
  );

it('sets a price from a day on; the days before keep theirs with its plan', async () => {
  await changes.setTariff(viewer, water({ plan: BLOCKS, from: civilDate('2026-09-01') }));
  await changes.setTariff(viewer, water({ price: price('55.5'), document: 'Приказ № 8' }));
  expect(pricesOf(await service())).toEqual([
    '2026-11-01  55.50   Приказ № 8',
    '2026-09-01 2026-10-31 50.00 MARGINAL 3/5 Приказ № 7',
    '2020-01-01 2026-08-31 43.27   Приказ № 1',
  ]);
  await town.waters('7', '1', '13');
  // two people: 6 × 50 + 1 × 60, and 6 × 50 + 4 × 60 + 3 × 75
  expect(await town.lines(town.first.services.COLD_WATER, await town.computed())).toEqual([
    '1 METER 7 0 360 0 0',
    '2 METER 1 0 50 0 0',
    '3 METER 13 0 765 0 0',
  ]);
});

it('takes the place of what was set of the same days, and forgets nothing that was known', async () => {
  await changes.setTariff(viewer, water());
  await changes.setTariff(viewer, water({ price: price('51'), document: 'Приказ № 9' }));
  expect(pricesOf(await service())).toEqual([
    '2026-11-01  51.00   Приказ № 9',
    '2020-01-01 2026-10-31 43.27   Приказ № 1',
  ]);
  const known = await rows<{ price: string }>(
    town.at.db,
    `select price from tariff where organization_id = $1 and service_id = $2 and not upper_inf(known) order by id`,
    [town.first.organizationId, town.first.services.COLD_WATER],
  );
  expect(known.map((one) => one.price)).toEqual(['43270000', '50000000']);
});

it('lets two who set it at the same moment do so one after another', async () => {
  const both = ['51', '52'].map((of) => changes.setTariff(viewer, water({ price: price(of) })));
  await Promise.all(both);
  const found = pricesOf(await service());
  expect(found).toHaveLength(2);
  expect(found?.[0]).toMatch(/^2026-11-01 {2}5[12]\.00 /);
  expect(found?.[1]).toBe('2020-01-01 2026-10-31 43.27   Приказ № 1');
});

it('refuses what is no price, and names what is wrong', async () => {
  const wrong = water({
    price: price('-1'),
    document: ' ',
    plan: { ...BLOCKS, steps: [...BLOCKS.steps].reverse() },
  });
  expect(await refusals(changes.setTariff(viewer, wrong))).toEqual([
    'BELOW_ZERO input.price',
    'TARIFF_PLAN input.plan',
    'REQUIRED input.document',
  ]);
  for (const plan of [
    { ...BLOCKS, steps: [] },
    { ...BLOCKS, steps: [{ above: quantity('3') }] },
    { ...BLOCKS, steps: [{ above: quantity('0'), price: price('1') }] },
    { ...BLOCKS, overCoefficient: quantity('1.3') },
    { ...BLOCKS, kind: 'SOCIAL_NORM' as const },
    { ...BLOCKS, kind: 'SOCIAL_NORM' as const, steps: BLOCKS.steps.slice(0, 1), perPerson: false },
    { ...BLOCKS, kind: 'DAILY_LIMIT' as const, steps: [{ above: quantity('0.14') }] },
  ])
    expect(await refusals(changes.setTariff(viewer, water({ plan })))).toEqual(['TARIFF_PLAN input.plan']);
  expect(await refusals(changes.setTariff(viewer, water({ document: 'П'.repeat(201) })))).toEqual([
    'TOO_LONG input.document',
  ]);
  expect(pricesOf(await service())).toEqual(['2020-01-01  43.27   Приказ № 1']);
});

it('knows no service and no supplier of another organisation', async () => {
  const { second } = town.town;
  for (const foreign of [{ serviceId: second.services.COLD_WATER }, { supplierId: second.supplierId }])
    expect(await refusals(changes.setTariff(viewer, water(foreign)))).toBeInstanceOf(NotFound);
});

it('sets norms in the unit of the service, and months of heating in whole months', async () => {
  const { organizationId, services } = town.first;
  const norm = (kind: 'PERSON' | 'HEATING_MONTHS', value: string) =>
    changes.setNorm(viewer, {
      organizationId,
      serviceId: services.COLD_WATER,
      kind,
      value: quantity(value),
      from: civilDate('2026-10-16'),
      document: 'Постановление № 5',
      clientKey: randomUUID(),
    });
  expect(await refusals(norm('HEATING_MONTHS', '6.5'))).toEqual(['HEATING_MONTHS input.value']);
  expect(await refusals(norm('HEATING_MONTHS', '13'))).toEqual(['HEATING_MONTHS input.value']);
  expect(await refusals(norm('PERSON', '-1'))).toEqual(['BELOW_ZERO input.value']);
  await norm('PERSON', '3.1');
  expect(
    (await service())?.norms.map(({ kind, value, from, to }) => [kind, quantityText(value), from, to]),
  ).toEqual([
    ['PERSON', '3.1', '2026-10-16', null],
    ['PERSON', '4.56', '2020-01-01', '2026-10-15'],
  ]);
  // nobody has read a meter: 2 × (4.56 × 15 + 3.1 × 16) / 31 = 7.612903 m³
  const [line] = await town.lines(services.COLD_WATER, await town.computed());
  expect(line).toBe('1 ESTIMATE_NORM 7.612903 0 329.41 0 0');
});

it('sets what else is decided of a service, all of it anew, and writes down who did', async () => {
  const { organizationId, services } = town.first;
  const decide = (from: string, decided: object) =>
    changes.setTerms(viewer, {
      organizationId,
      serviceId: services.MAINT,
      from: civilDate(from),
      document: 'Протокол № 1',
      clientKey: randomUUID(),
      wholeMonths: false,
      chargesOwners: false,
      takesShare: false,
      redistributes: false,
      raisesNorm: false,
      commonMode: 'METER',
      sharedBy: 'TOTAL_AREA',
      ...decided,
    });
  expect(await refusals(decide('2026-01-01', { trueUpMonth: 13 }))).toEqual([
    'MONTH_OF_A_YEAR input.trueUpMonth',
  ]);
  await decide('2026-01-01', { wholeMonths: true, negativePolicy: 'ZERO' });
  await decide('2026-11-01', { areaKind: 'HEATED', capByNorm: true, trueUpMonth: 1 });
  const decided = (await service(services.MAINT))?.terms;
  expect(decided).toMatchObject([
    {
      from: '2026-11-01',
      to: null,
      wholeMonths: false,
      areaKind: 'HEATED',
      capByNorm: true,
      negativePolicy: null,
      trueUpMonth: 1,
    },
    {
      from: '2026-01-01',
      to: '2026-10-31',
      wholeMonths: true,
      areaKind: null,
      capByNorm: null,
      negativePolicy: 'ZERO',
    },
  ]);
  const written = await rows<object>(
    town.at.owner,
    `select action, object_kind as "objectKind", object_id as "objectId", details from audit_event
     where organization_id = $1 and actor_id = $2 order by id desc limit 1`,
    [organizationId, viewer.userId],
  );
  expect(written).toEqual([
    {
      action: 'service_terms.set',
      objectKind: 'service_terms',
      objectId: decided?.[0]?.id,
      details: { serviceId: services.MAINT, from: '2026-11-01' },
    },
  ]);
});

describe('a heating season', () => {
  let keys = 0;
  type Rest = { houseIds?: string[]; document?: string; clientKey?: string };
  const season = (from: string, to: string | null, rest: Rest = {}) =>
    town.at.module.get(HeatingSeasons).set(viewer, {
      clientKey: `season-${(keys += 1)}`,
      organizationId: town.first.organizationId,
      from: civilDate(from),
      to: to === null ? null : civilDate(to),
      document: 'Постановление № 900',
      ...rest,
    });
  const seasons = async () => {
    const { heatingSeasons } = await town.at.module.get(CatalogueQueries).of(town.first.organizationId);
    return heatingSeasons.map(({ from, to, houses }) => `${from} ${to} ${houses}`);
  };

  it('is set for all houses, ended when that is known, and leaves earlier ones alone', async () => {
    const [other = ''] = await moreHouses(town.at.owner, town.first, 1);
    await season('2025-10-01', '2026-05-04');
    await season('2026-10-12', null);
    expect(await seasons()).toEqual(['2026-10-12 null 2', '2025-10-01 2026-05-04 2']);
    await season('2026-10-15', '2027-04-30', { houseIds: [other] });
    expect(await seasons()).toEqual([
      '2026-10-15 2027-04-30 1',
      '2026-10-12 null 1',
      '2026-10-12 2026-10-14 1',
      '2025-10-01 2026-05-04 2',
    ]);
    await season('2026-10-12', '2027-05-02');
    expect(await seasons()).toEqual(['2026-10-12 2027-05-02 2', '2025-10-01 2026-05-04 2']);
  });

  it('refuses one that ends before it begins, and one without its decree', async () => {
    expect(await refusals(season('2026-10-12', '2026-10-11', { document: '' }))).toEqual([
      'DATE_OUT_OF_RANGE input.to',
      'REQUIRED input.document',
    ]);
    expect(await seasons()).toEqual([]);
  });

  it('is set once under a key', async () => {
    await season('2026-10-12', '2027-05-02', { clientKey: 'once' });
    await season('2026-10-12', '2027-05-02', { clientKey: 'once' });
    expect(await refusals(season('2026-10-13', '2027-05-02', { clientKey: 'once' }))).toEqual([
      'IDEMPOTENCY_KEY_REUSED input.clientKey',
    ]);
    const rowsOfIt = await rows(town.at.owner, `select from fact where kind = 'HEATING_ON'`);
    expect(rowsOfIt).toHaveLength(1);
    expect(await seasons()).toEqual(['2026-10-12 2027-05-02 1']);
  });

  it('begins in a month that is not closed', async () => {
    await town.waters('1', '1', '1');
    await town.close();
    expect(await refusals(season('2026-10-31', null))).toEqual(['PERIOD_NOT_OPEN input.from']);
    await season('2026-11-01', null);
    expect(await seasons()).toEqual(['2026-11-01 null 1']);
  });

  it('knows no house of another organisation', async () => {
    const foreign = season('2026-10-12', null, { houseIds: [town.town.second.houseId] });
    expect(await refusals(foreign)).toBeInstanceOf(NotFound);
  });
});
