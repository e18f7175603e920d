import { civilDate, moneyText, money, priceText, quantityText } from '@kvartal/domain';
import { Clock, inTransaction, rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { BillIssuing } from '../bills/bills.issuing';
import { ChargedTown } from '../closing/closing.testing';
import { BillingLedger } from '../ledger';
import { HistoryQueries } from './history.queries';

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

const key = () => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[0] ?? '',
});
const asOf = async (day: string) => {
  const found = await town.at.module.get(HistoryQueries).asOf(key(), civilDate(day));
  if (!found) throw new RangeError('no such day');
  return found;
};
const moveTo = (instant: string) => town.at.module.get(Clock).moveTo(new Date(instant));

const CORRECTED = '2026-11-10T09:00:00Z';

/** From a moment on three people live there, and maintenance costs 40.00. */
async function correct(): Promise<void> {
  const { organizationId, houseId, services, supplierId } = town.first;
  const change = (sql: string, ...values: readonly unknown[]) =>
    rows(town.at.owner, sql, [organizationId, CORRECTED, ...values]);
  await change(
    `update fact set known = tstzrange(lower(known), $2::timestamptz)
     where organization_id = $1 and subject_id = $3 and subject = 'ACCOUNT' and kind = 'RESIDENTS'`,
    key().accountId,
  );
  await change(
    `update tariff set known = tstzrange(lower(known), $2::timestamptz) where organization_id = $1 and service_id = $3`,
    services.MAINT,
  );
  const since = { valid: '[2020-01-01,)', known: `[${CORRECTED},)` };
  const residents = { subject: 'ACCOUNT', subject_id: key().accountId, kind: 'RESIDENTS', value: 3_000_000 };
  await town.add('fact', { house_id: houseId, ...residents, ...since });
  const price = { price: 40_000_000, document: 'Приказ № 2' };
  await town.add('tariff', { service_id: services.MAINT, supplier_id: supplierId, ...price, ...since });
}

it('tells a fact and a price of a past day as they were known then, though they were corrected later', async () => {
  const { services } = town.first;
  await correct();
  await moveTo('2026-11-20T09:00:00Z');
  const told = async (day: string) => {
    const { facts, factsNow, services: taken } = await asOf(day);
    const maintenance = taken.find(({ serviceId }) => serviceId === services.MAINT);
    return [
      ...[facts.residents, factsNow.residents].map((one) => one && quantityText(one)),
      maintenance?.price && priceText(maintenance.price),
      maintenance?.document,
    ];
  };
  expect(await told('2026-11-09')).toEqual(['2', '3', '31.77', 'Приказ № 1']);
  // the day of the correction knows it: a day counts to its end
  expect(await told('2026-11-10')).toEqual(['3', '3', '40.00', 'Приказ № 2']);
});

it('tells the balance and the bill by the books of the day', async () => {
  await moveTo('2026-11-03T09:00:00Z');
  const closing = await town.close();
  await town.at.module.get(BillIssuing).issueAll(closing);
  await moveTo('2026-11-12T09:00:00Z');
  const { services, supplierId } = town.first;
  const line = { ...key(), serviceId: services.MAINT, supplierId, kind: 'PAYMENT' } as const;
  const source = { kind: 'PAYMENT', id: '1' } as const;
  await inTransaction(town.at.db, (tx) =>
    town.at.module
      .get(BillingLedger)
      .post(tx, [{ ...line, amount: money('-1000.00'), source, valueDate: civilDate('2026-11-11') }]),
  );
  await moveTo('2026-11-20T09:00:00Z');
  const told = async (day: string) => {
    const { balance, month, bill } = await asOf(day);
    return [moneyText(balance), month, bill?.number ?? null];
  };
  expect(await told('2026-11-02')).toEqual(['0.00', null, null]);
  expect(await told('2026-11-03')).toEqual(['2239.85', '2026-10', '100001-2610']);
  expect(await told('2026-11-11')).toEqual(['2239.85', '2026-10', '100001-2610']);
  expect(await told('2026-11-12')).toEqual(['1239.85', '2026-10', '100001-2610']);
});

it('knows no day that has not come, and no account of another organisation', async () => {
  await moveTo('2026-11-20T09:00:00Z');
  const history = town.at.module.get(HistoryQueries);
  expect(await history.asOf(key(), civilDate('2026-11-21'))).toBeNull();
  const foreign = { ...key(), organizationId: town.town.second.organizationId };
  await expect(history.asOf(foreign, civilDate('2026-11-01'))).rejects.toThrow('NOT_FOUND');
});
