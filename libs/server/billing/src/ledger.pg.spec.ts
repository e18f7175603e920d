import { type Money, civilDate, money, moneyText } from '@kvartal/domain';
import { NotFound, inTransaction, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from './billing.module';
import { BillingLedger, type NewMovement } from './ledger';
import { type UnderTest, underTest } from './testing';

let at: UnderTest;
let town: Town;
let ledger: BillingLedger;

beforeAll(async () => {
  at = await underTest(BillingModule);
  ledger = at.module.get(BillingLedger);
});
beforeEach(async () => {
  await rows(at.owner, 'truncate organization, portal, portal_user restart identity cascade');
  town = await aTown(at.owner);
});
afterEach(() => expectBooksBalanced(at.owner));
afterAll(() => at.close());

const adjustment = (amount: Money, source: string, more: Partial<NewMovement> = {}): NewMovement => ({
  organizationId: town.first.organizationId,
  accountId: town.first.accountIds[0] ?? '',
  serviceId: town.first.services.MAINT,
  supplierId: town.first.supplierId,
  kind: 'ADJUSTMENT',
  amount,
  valueDate: civilDate('2026-10-15'),
  source: { kind: 'STAFF', id: source },
  ...more,
});
const post = (...movements: NewMovement[]) => inTransaction(at.db, (tx) => ledger.post(tx, movements));
const balance = async (): Promise<string[]> => {
  const { organizationId, accountIds } = town.first;
  const found = await ledger.balances(at.db, organizationId, accountIds[0] ?? '');
  return found.map(({ service, balance: owed }) => `${service} ${moneyText(owed)}`);
};

it('posts to the month that is open and adds up by service', async () => {
  const { periodId } = town.first;
  const posting = await post(
    adjustment(money('100.00'), '1'),
    adjustment(money('20.50'), '1', { serviceId: town.first.services.COLD_WATER }),
  );
  expect(posting.periodId).toBe(periodId);
  expect(posting.movementIds).toHaveLength(2);
  await post(adjustment(money('-30.00'), '2'));
  expect(await balance()).toEqual(['Содержание жилого помещения 70.00', 'Холодная вода 20.50']);
});

it('moves money once, however often a source is told', async () => {
  const told = () => post(adjustment(money('100.00'), '7'));
  const all = await Promise.all([told(), told(), told(), told()]);
  expect(all.flatMap(({ movementIds }) => movementIds)).toHaveLength(1);
  expect(await balance()).toEqual(['Содержание жилого помещения 100.00']);
});

it('reverses a movement once', async () => {
  const { movementIds } = await post(adjustment(money('100.00'), '1'));
  const reversal = (source: string) =>
    adjustment(money('-100.00'), source, { kind: 'REVERSAL', reverses: movementIds[0] ?? '' });
  await post(reversal('2'));
  await expect(post(reversal('3'))).rejects.toMatchObject({
    driverError: { constraint: 'movement_reversed_once' },
  });
  expect(await balance()).toEqual(['Содержание жилого помещения 0.00']);
});

it('keeps payments of one account in order and loses none', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, place) => post(adjustment(money('0.01'), String(place + 1)))),
  );
  expect(await balance()).toEqual(['Содержание жилого помещения 0.20']);
});

it('knows no account of another organisation, and posts nothing then', async () => {
  const foreign = town.second.accountIds[0] ?? '';
  await expect(
    post(adjustment(money('1.00'), '1'), adjustment(money('1.00'), '1', { accountId: foreign })),
  ).rejects.toThrow(NotFound);
  expect(await balance()).toEqual([]);
});

it('takes movements of one organisation at a time', async () => {
  const { organizationId } = town.second;
  await expect(
    post(adjustment(money('1.00'), '1'), adjustment(money('1.00'), '1', { organizationId })),
  ).rejects.toThrow(RangeError);
  await expect(post()).rejects.toThrow(RangeError);
});
