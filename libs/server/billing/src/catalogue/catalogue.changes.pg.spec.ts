import { randomUUID } from 'node:crypto';
import { civilDate, month, price, priceText, quantity } from '@kvartal/domain';
import { Clock, type Staff, row } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { ClosingQueries } from '../closing/closing.queries';
import { ChargedTown, OCTOBER } from '../closing/closing.testing';
import { NORM_KINDS } from './catalogue.enums';
import { CatalogueQueries } from './catalogue.queries';
import { CatalogueChanges } from './catalogue.service';
import { refused, staffWith } from './catalogue.testing';
import type { Tariff, TariffInput } from './catalogue.types';

const NOVEMBER = month('2026-11');
let town: ChargedTown;
let changes: CatalogueChanges;
let queries: CatalogueQueries;
let viewer: Staff;

beforeEach(async () => {
  town = await ChargedTown.build();
  changes = town.at.module.get(CatalogueChanges);
  queries = town.at.module.get(CatalogueQueries);
  await town.at.module.get(Clock).moveTo(new Date('2026-10-20T12:00:00+03:00'));
  viewer = await staffWith(town.at.owner, town.town.portalId, ['TARIFF_WRITE'], [town.first.organizationId]);
});
afterEach(async () => {
  try {
    await expectBooksBalanced(town.at.owner);
  } finally {
    await town.at.close();
  }
});

const cold = () => ({
  serviceId: town.first.services.COLD_WATER,
  supplierId: town.first.supplierId,
  tariffGroup: 1,
});
const history = () => queries.tariffHistory(town.first.organizationId, cold());
async function service(id = cold().serviceId) {
  const { services } = await queries.of(town.first.organizationId);
  const found = services.find((one) => one.id === id);
  if (!found) throw new Error(`There is no service ${id}`);
  return found;
}
const shown = ({ from, to, price: of, document, knownUntil }: Tariff) =>
  `${from}–${to ?? ''} ${priceText(of)} ${document}${knownUntil ? ' †' : ''}`;
const standing = async () => (await service()).tariffs.map(shown);

const wanted = (over: Partial<TariffInput> = {}): TariffInput => ({
  organizationId: town.first.organizationId,
  ...cold(),
  from: civilDate('2026-10-11'),
  price: price('50'),
  vatMode: 'NONE',
  document: 'Приказ № 7',
  clientKey: randomUUID(),
  ...over,
});
const set = (over: Partial<TariffInput> = {}) => changes.setTariff(viewer, wanted(over));

describe('a price from a day on', () => {
  it('is charged from that day on, the days before at the old one', async () => {
    const { MAINT } = town.first.services;
    await town.price(cold().serviceId, 40_000_000);
    await town.waters('30', '15', '6');
    await set();
    await set({ serviceId: MAINT, price: price('40') });
    const key = await town.computed();
    // read on 20 September and 20 October: twenty of the thirty days at 40, ten at 50
    expect(await town.lines(cold().serviceId, key)).toEqual([
      '1 METER 30 0 1300 0 0',
      '2 METER 15 0 650 0 0',
      '3 METER 6 0 260 0 0',
    ]);
    // 50 m² × 31.77 × 10/31 = 512.42; 50 m² × 40 × 21/31 = 1,354.84
    expect((await town.lines(MAINT, key))[0]).toBe('1 AREA 50 0 1867.26 0 0');
  });

  it('keeps what was stated for later, and takes its place on its own day', async () => {
    await set({ from: civilDate('2027-01-01'), price: price('60'), document: 'Приказ на 2027' });
    await set({ from: civilDate('2026-11-15') });
    expect(await standing()).toEqual([
      '2027-01-01– 60.00 Приказ на 2027',
      '2026-11-15–2026-12-31 50.00 Приказ № 7',
      '2020-01-01–2026-11-14 43.27 Приказ № 1',
    ]);
    await set({ from: civilDate('2027-01-01'), price: price('61.5'), document: 'Приказ № 9' });
    expect((await standing())[0]).toBe('2027-01-01– 61.50 Приказ № 9');
    expect((await history()).map(shown)).toEqual([
      '2027-01-01– 61.50 Приказ № 9',
      '2026-11-15–2026-12-31 50.00 Приказ № 7',
      '2020-01-01–2026-11-14 43.27 Приказ № 1',
      '2027-01-01– 60.00 Приказ на 2027 †',
      '2020-01-01–2026-12-31 43.27 Приказ № 1 †',
      '2020-01-01– 43.27 Приказ № 1 †',
    ]);
  });

  it('has a closing under review computed again', async () => {
    await town.waters('31', '15.5', '6.2');
    const key = await town.computed();
    const closings = town.at.module.get(ClosingQueries);
    expect(await closings.countDirty(await closings.get(key))).toBe(0);
    await set();
    expect(await closings.countDirty(await closings.get(key))).toBe(1);
  });

  it('leaves a closed month as it was, and holds in the next', async () => {
    await town.price(cold().serviceId, 40_000_000);
    await town.waters('10', '10', '10');
    const key = await town.close(OCTOBER);
    const before = await town.lines(cold().serviceId, key);
    await town.at.module.get(Clock).moveTo(new Date('2026-11-20T12:00:00+03:00'));
    expect((await queries.of(town.first.organizationId)).changesFrom).toBe('2026-11-01');
    expect(await refused(set({ from: civilDate('2026-10-31') }))).toEqual(['PERIOD_NOT_OPEN at input.from']);
    await set({ from: civilDate('2026-11-01') });
    for (const [place, id] of town.first.registerIds.entries())
      await town.read(id, NOVEMBER, String(110 + 31 * (place + 1)));
    // read on 20 October and 20 November: eleven days at 40, twenty at 50
    expect(await town.lines(cold().serviceId, await town.computed(NOVEMBER))).toEqual([
      '1 METER 31 0 1440 0 0',
      '2 METER 62 0 2880 0 0',
      '3 METER 93 0 4320 0 0',
    ]);
    expect(await town.lines(cold().serviceId, key)).toEqual(before);
  });

  it('is refused in a year that was mistyped', async () => {
    expect(await refused(set({ from: civilDate('2126-11-01') }))).toEqual([
      'DATE_OUT_OF_RANGE at input.from',
    ]);
    expect(await standing()).toEqual(['2020-01-01– 43.27 Приказ № 1']);
  });

  it('is told again under its key without a second effect, and refused with something else', async () => {
    const input = wanted();
    await changes.setTariff(viewer, input);
    const once = await history();
    await changes.setTariff(viewer, input);
    expect(await history()).toEqual(once);
    for (const other of [
      { price: price('51') },
      { from: civilDate('2026-10-12') },
      { document: 'Другой' },
      { vatMode: 'INCLUSIVE' as const },
      { serviceId: town.first.services.MAINT },
    ])
      expect(await refused(changes.setTariff(viewer, { ...input, ...other }))).toEqual([
        'IDEMPOTENCY_KEY_REUSED at input.clientKey',
      ]);
    expect(await history()).toEqual(once);
  });

  it('is made by one of two who have seen the same, and the slower one is told', async () => {
    const seen = (await service()).tariffs[0]?.id;
    const outcomes = await Promise.all(
      ['50', '55'].map((of) =>
        set({ price: price(of), seen }).then(
          () => ['done'],
          (failure: unknown) => refused(Promise.reject(failure)),
        ),
      ),
    );
    expect(outcomes.flat().sort()).toEqual(['CATALOGUE_CHANGED', 'done']);
    expect(await standing()).toHaveLength(2);
    expect(await refused(set({ seen: null }))).toEqual(['CATALOGUE_CHANGED']);
  });

  it('has no history for another organisation', async () => {
    expect(await queries.tariffHistory(town.town.second.organizationId, cold())).toEqual([]);
    expect(await queries.normHistory(town.town.second.organizationId, cold().serviceId, 'PERSON')).toEqual(
      [],
    );
  });
});

describe('what is missing', () => {
  it('is told with its days and houses, until a price is set', async () => {
    await town.price(cold().serviceId, 40_000_000, { valid: '[2020-01-01,2026-10-21)' });
    expect((await service()).missing).toMatchObject([
      { from: '2026-10-21', to: null, houses: ['Приреченск, Садовая, 12'], houseCount: 1, tariffGroup: 1 },
    ]);
    await set({ from: civilDate('2026-10-21') });
    expect((await service()).missing).toEqual([]);
  });

  it('is a service that never had a price, and none that nobody takes', async () => {
    const gas = await town.service({ code: 'GAS', name: 'Газ', unit: 'м³', calc_order: 90 });
    expect((await service(gas)).missing).toEqual([]);
    await town.takes(gas, 'FIXED', [0]);
    expect((await service(gas)).missing).toMatchObject([{ from: '2026-10-01', to: null }]);
    await set({ serviceId: gas, from: civilDate('2026-10-01'), seen: null });
    expect(await service(gas)).toMatchObject({ missing: [], tariffs: [{ from: '2026-10-01', to: null }] });
  });
});

describe('norms', () => {
  it('keep their history', async () => {
    const norm = (value: string) =>
      changes.setNorm(viewer, {
        organizationId: town.first.organizationId,
        serviceId: cold().serviceId,
        kind: 'PERSON',
        value: quantity(value),
        from: civilDate('2026-10-01'),
        document: 'Постановление № 7',
        clientKey: randomUUID(),
      });
    await norm('3.5');
    await norm('4');
    const all = await queries.normHistory(town.first.organizationId, cold().serviceId, 'PERSON');
    expect(all.map(({ value, knownUntil }) => [value, knownUntil === null])).toEqual([
      [4_000_000n, true],
      [3_500_000n, false],
      [4_560_000n, true],
      [4_560_000n, false],
    ]);
  });

  it('are of every kind that the database knows', async () => {
    const rule = await row<{ text: string }>(
      town.at.owner,
      `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'norm_kind_known'`,
    );
    const kinds = [...(rule?.text ?? '').matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
    expect(kinds.sort()).toEqual([...NORM_KINDS].sort());
  });
});
