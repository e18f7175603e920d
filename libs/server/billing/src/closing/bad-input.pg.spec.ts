import { month } from '@kvartal/domain';
import { type Staff, row, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { findingText } from '@kvartal/words/findings';
import { aStaff, moreHouses } from '../testing';
import { ClosingComputing } from './closing.computing';
import { ClosingDecisions } from './closing.decisions';
import { ClosingFindings } from './closing.findings';
import type { ClosingKey } from './closing.lock';
import { ClosingQueries } from './closing.queries';
import { ChargedTown, OCTOBER } from './closing.testing';
import { Closings } from './closings.service';

const NOVEMBER = month('2026-11');
const HEAT = { resource: 'HOT_WATER', zone: 'SINGLE' } as const;

let town: ChargedTown;
let staff: Staff;
beforeEach(async () => {
  town = await ChargedTown.build();
  staff = await aStaff(town.at.owner, town.town, 'ACCOUNTANT');
  await moreHouses(town.at.owner, town.first, 1);
  await town.waters('3', '4', '5');
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const queries = () => town.at.module.get(ClosingQueries);

/** What the checklist says: code, address, account, what it is about; the remedy is among the words of every language. */
async function told(of = OCTOBER): Promise<string[]> {
  const findings = await town.at.module.get(ClosingFindings).of(town.first.organizationId, of);
  return findings.flatMap(({ code, items }) =>
    items.map(({ number, address, params }) => {
      const values = new Map(params.map(({ name, value }) => [name, value]));
      const { detail, remedy } = findingText(code, 'ru');
      expect(remedy).not.toBe('');
      return [code, address, number ?? '', detail((name) => values.get(name) ?? '')].join('|');
    }),
  );
}

/** Computes October in spite of it: the states of the two houses, and why the first is parked. */
async function parked(): Promise<{ key: ClosingKey; failure: string | null }> {
  const key = await town.at.module.get(Closings).start('system', town.first.organizationId, OCTOBER, true);
  await town.at.module.get(ClosingComputing).computeAll(key);
  const facade = await queries().facade(key);
  const [bad, good] = [true, false].map((isFirst) =>
    facade.find(({ houseId }) => (houseId === town.first.houseId) === isFirst),
  );
  expect([bad?.state, good?.state]).toEqual(['FAILED', 'DONE']);
  return { key, failure: bad?.failure ?? null };
}

/** The accountant's choice: the month without the first house; everybody else is charged. */
async function closeTheRest(key: ClosingKey): Promise<void> {
  const reason = 'Внесём данные в ноябре';
  const decisions = town.at.module.get(ClosingDecisions);
  await decisions.leaveOut(staff, key, { houseIds: [town.first.houseId], reason });
  await town.at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await queries().get(key);
  await town.at.module.get(Closings).commit(staff, key, digest ?? '');
  const charged = await rows<{ isFirst: boolean; charged: string; ways: string }>(
    town.at.owner,
    `select house_id = $2 as "isFirst", sum(charged) as charged, string_agg(distinct method, ',') as ways
     from statement_line where closing_id = $1 group by 1 order by 1`,
    [key.closingId, town.first.houseId],
  );
  expect(charged).toMatchObject([{ isFirst: false }, { isFirst: true, charged: '0', ways: 'HELD' }]);
  expect(Number(charged[0]?.charged)).toBeGreaterThan(0);
}

/** A service of the first account alone, at 100.00. */
async function ofFirst(method: string, values: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const serviceId = await town.service({ code: 'NEW', name: 'Подогрев воды', calc_order: 90, ...values });
  await town.price(serviceId, 100_000_000, { known: '[2020-01-01T00:00:00Z,)' });
  await town.takes(serviceId, method, [0]);
  return serviceId;
}

describe('what stops a house, and not the town', () => {
  it('a service without a price', async () => {
    const serviceId = await ofFirst('FIXED');
    await town.forget('tariff', serviceId);
    expect(await told()).toEqual([
      'TARIFF_MISSING|Приреченск, Садовая, 12||Подогрев воды, счетов: 1 (100001)',
    ]);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_TARIFF: Подогрев воды');
    await closeTheRest(key);
  });

  it('a service that is charged by a norm which nobody has entered', async () => {
    await ofFirst('NORM_PERSON');
    expect(await told()).toEqual(['NORM_MISSING|Приреченск, Садовая, 12||Подогрев воды, счетов: 1 (100001)']);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_NORM: Подогрев воды; 100001');
    await closeTheRest(key);
  });

  it('a meter without a reading that falls to a norm which nobody has entered', async () => {
    await ofFirst('METER', HEAT);
    await town.meter('HOT_WATER', 0);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_NORM: Подогрев воды; 100001');
    await closeTheRest(key);
  });

  it('hot water whose heat is not known on some days', async () => {
    const serviceId = await ofFirst('METER', HEAT);
    const register = await town.meter('HOT_WATER', 0);
    await town.read(register, OCTOBER, '104');
    await town.add('norm', {
      ...{ service_id: serviceId, kind: 'HEAT_IN_WATER', value: 6_370_000, document: 'Постановление № 1' },
      ...{ valid: '[2020-01-01,2026-10-10)', known: '[2020-01-01T00:00:00Z,)' },
    });
    expect(await told()).toEqual([
      'HEAT_NORM_MISSING|Приреченск, Садовая, 12||Подогрев воды, счетов: 1 (100001)',
    ]);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_NORM: Подогрев воды; 100001');
    await closeTheRest(key);
  });

  it('a house without the area that common use is shared by', async () => {
    const serviceId = await ofFirst('COMMON_AREA', { resource: 'COLD_WATER', zone: 'SINGLE' });
    await town.norm(serviceId, 'COMMON_AREA', 2_000_000);
    await rows(
      town.at.owner,
      `update fact set known = tstzrange(lower(known), now()) where organization_id = $1 and kind = 'COMMON_AREA' and upper_inf(known)`,
      [town.first.organizationId],
    );
    expect(await told()).toEqual(['HOUSE_WITHOUT_AREA|Приреченск, Садовая, 12||Подогрев воды']);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_COMMON_AREA: Подогрев воды');
    await closeTheRest(key);
  });

  it('a house that shares by a norm which nobody has entered', async () => {
    await ofFirst('COMMON_AREA', { resource: 'COLD_WATER', zone: 'SINGLE' });
    const { key, failure } = await parked();
    expect(failure).toBe('NO_NORM: Подогрев воды');
    await closeTheRest(key);
  });

  it('a flat without an area', async () => {
    await rows(
      town.at.owner,
      `update fact set known = tstzrange(lower(known), now()) where organization_id = $1 and kind = 'TOTAL_AREA'
         and subject_id = (select premises_id from account where organization_id = $1 and id = $2) and upper_inf(known)`,
      [town.first.organizationId, town.first.accountIds[1]],
    );
    expect(await told()).toEqual([
      'ACCOUNT_WITHOUT_AREA|Приреченск, Садовая, 12, кв. 2|100002|Содержание жилого помещения',
    ]);
    const { key, failure } = await parked();
    expect(failure).toBe('NO_AREA: 100002');
    await closeTheRest(key);
  });

  it('is charged once the norm is entered: the month goes on where it stopped', async () => {
    const serviceId = await ofFirst('NORM_PERSON');
    const { key } = await parked();
    await town.norm(serviceId, 'PERSON', 150_000_000);
    await town.recompute(key);
    // two people, 1.5 each, at 100.00
    expect(await town.lines(serviceId, key)).toEqual(['1 NORM_PERSON 3 0 300 0 0']);
    await town.commit(key);
  });
});

describe('what is told, and stops nobody', () => {
  it('a reading after its meter was removed', async () => {
    const [register = ''] = town.first.registerIds;
    const meter = await row<{ id: string; serial: string }>(
      town.at.owner,
      `select m.id, coalesce(m.serial, '') as serial from register r join meter m on m.organization_id = r.organization_id
         and m.id = r.meter_id where r.id = $1`,
      [register],
    );
    const change = [town.first.organizationId, meter?.id];
    await rows(
      town.at.owner,
      `update fact set known = tstzrange(lower(known), now())
       where organization_id = $1 and subject = 'METER' and subject_id = $2 and kind = 'METER_WORKING' and upper_inf(known)`,
      change,
    );
    await town.add('fact', {
      ...{ house_id: town.first.houseId, subject: 'METER', subject_id: meter?.id, kind: 'METER_WORKING' },
      ...{ value: 1_000_000, valid: '[2020-01-01,2026-10-10)', known: await town.now() },
    });
    expect(await told()).toEqual([
      `READING_AFTER_REMOVAL|Приреченск, Садовая, 12, кв. 1|100001|счётчик ${meter?.serial ?? ''}, показание от 20.10.2026`,
    ]);
    await town.close();
  });

  it('a share below zero that last month left', async () => {
    const serviceId = await ofFirst('COMMON_AREA', { resource: 'COLD_WATER', zone: 'SINGLE' });
    await town.norm(serviceId, 'COMMON_AREA', 2_000_000);
    const register = await town.meter('COLD_WATER', null);
    // twelve in the flats, ten by the house's meter
    await town.read(register, OCTOBER, '110');
    await town.close();
    expect((await told(NOVEMBER)).filter((one) => one.startsWith('NEGATIVE'))).toEqual([
      'NEGATIVE_CARRY|Приреченск, Садовая, 12||Подогрев воды: −2\u00a0Гкал',
    ]);
  });
});

describe('what cannot be', () => {
  it('two prices of one service on one day', async () => {
    const { services, supplierId } = town.first;
    const second = { service_id: services.MAINT, supplier_id: supplierId, price: 1, document: 'Приказ № 3' };
    await expect(
      town.add('tariff', { ...second, valid: '[2026-10-10,)', known: '[2020-01-01T00:00:00Z,)' }),
    ).rejects.toMatchObject({ constraint: 'tariff_one_truth' });
  });

  it('a month before the one that is open', async () => {
    await town.discard(await town.computed());
    await expect(
      town.at.module.get(Closings).start(staff, town.first.organizationId, NOVEMBER),
    ).rejects.toMatchObject({
      refusals: [{ code: 'EARLIER_PERIOD_OPEN', params: { month: OCTOBER } }],
    });
  });
});
