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

/** Ends what is known of something at a moment, and states another thing. */
async function correct(
  table: 'fact' | 'tariff',
  { where, id, moment }: { where: string; id: string | undefined; moment: string },
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { organizationId } = town.first;
  const [before] = await rows<Record<string, unknown>>(
    town.at.owner,
    `update ${table} set known = tstzrange(lower(known), $3::timestamptz) where organization_id = $1 and ${where} = $2
       and upper_inf(known) ${table === 'fact' ? `and kind = 'RESIDENTS'` : ''} returning *`,
    [organizationId, id, moment],
  );
  const { id: _, organization_id: __, created_at: ___, ...rest } = before ?? {};
  await town.add(table, { ...rest, known: `[${moment},)`, ...changes });
}

it('tells a fact and a price of a past day as they were known then, though they were corrected later', async () => {
  const { services } = town.first;
  await correct(
    'fact',
    { where: 'subject_id', id: key().accountId, moment: '2026-11-10T09:00:00Z' },
    { value: 3_000_000, source: 'Паспортный стол' },
  );
  await correct(
    'tariff',
    { where: 'service_id', id: services.MAINT, moment: '2026-11-10T09:00:00Z' },
    { price: 40_000_000, document: 'Приказ № 2' },
  );
  await moveTo('2026-11-20T09:00:00Z');
  const told = async (day: string) => {
    const { facts, factsNow, services: taken } = await asOf(day);
    const maintenance = taken.find(({ name }) => name === 'Содержание жилого помещения');
    return [
      ...[facts.residents, factsNow.residents].map((one) => one && quantityText(one)),
      maintenance?.price && priceText(maintenance.price),
      maintenance?.document,
    ];
  };
  expect(await told('2026-11-09')).toEqual(['2', '3', '31.77', 'Приказ № 1']);
  // the same day of the correction knows it: a day counts to its end
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
