import { civilDate, money, moneyText } from '@kvartal/domain';
import { NotFound, inTransaction } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillingLedger } from '../ledger';
import { type UnderTest, moreHouses, underTest } from '../testing';
import { AccountsListQueries } from './accounts-list.queries';

let at: UnderTest;
let town: Town;
let lists: AccountsListQueries;
let secondHouse: string;

beforeAll(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  [secondHouse = ''] = await moreHouses(at.owner, town.first, 1);
  lists = at.module.get(AccountsListQueries);
  const { organizationId, services, supplierId, accountIds } = town.first;
  const move = (account: string, amount: string, id: string) => ({
    organizationId,
    accountId: account,
    serviceId: services.MAINT,
    supplierId,
    kind: 'ADJUSTMENT' as const,
    amount: money(amount),
    valueDate: civilDate('2026-10-15'),
    source: { kind: 'STAFF' as const, id },
  });
  await inTransaction(at.db, (tx) =>
    at.module
      .get(BillingLedger)
      .post(tx, [move(accountIds[0] ?? '', '150.00', '1'), move(accountIds[1] ?? '', '-20.00', '2')]),
  );
});
afterAll(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

const find = async (text: string, more: { houseId?: string; debtorsOnly?: boolean } = {}) => {
  const { items, total } = await lists.page(
    town.first.organizationId,
    { text, debtorsOnly: false, ...more },
    { number: 1, size: 10 },
  );
  expect(total).toBe(items.length);
  return items.map(({ number }) => number);
};

it('lists accounts by number, with holder, address and balance', async () => {
  const { items, total } = await lists.page(town.first.organizationId, undefined, { number: 1, size: 2 });
  expect(total).toBe(6);
  expect(
    items.map(({ number, holder, address, balance }) => [number, holder, address, moneyText(balance)]),
  ).toEqual([
    ['100001', 'Иванов Иван Иванович', 'Приреченск, Садовая, 12, кв. 1', '150.00'],
    ['100001001', '', 'Приреченск, Речная, 1, кв. 1', '0.00'],
  ]);
});

it.each([
  ['a number', '100002', ['100002', '100002001']],
  ['the beginning of a number', '10000200', ['100002001']],
  ['a surname', 'иванов', ['100001']],
  ['the beginning of one, with ё for е', 'ПЁТ', ['100002']],
  ['a street', 'садовая', ['100001', '100002', '100003']],
  ['street, house and flat', 'ул. Садовая, 12-3', ['100003']],
  ['a house and a surname', 'Садовая Петрова', ['100002']],
  ['signs that are no letters', '%', []],
  ['nobody', 'Ктототам', []],
])('finds by %s', async (_, text, numbers) => {
  expect(await find(text)).toEqual(numbers);
});

it('narrows to a house and to those that owe', async () => {
  expect(await find('', { houseId: secondHouse })).toEqual(['100001001', '100002001', '100003001']);
  expect(await find('', { debtorsOnly: true })).toEqual(['100001']);
  expect(await find('', { houseId: 'x' })).toEqual([]);
});

it('shows nothing of another organisation', async () => {
  const { items } = await lists.page(town.second.organizationId, undefined, { number: 1, size: 100 });
  expect(items.map(({ number }) => number)).toEqual(['200001', '200002', '200003']);
});

it('feeds machines all accounts, stretch by stretch', async () => {
  const { organizationId, accountIds, registerIds } = town.first;
  const seen: string[] = [];
  let next: string | null = null;
  do {
    const stretch: Awaited<ReturnType<typeof lists.feed>> = await lists.feed(organizationId, 4, next);
    seen.push(...stretch.items.map(({ number }) => number));
    ({ next } = stretch);
  } while (next !== null);
  expect(seen).toEqual(['100001', '100002', '100003', '100001001', '100002001', '100003001']);
  const [first] = (await lists.feed(organizationId, 1, null)).items;
  expect(first).toMatchObject({
    id: accountIds[0],
    registers: [{ id: registerIds[0], resource: 'COLD_WATER', zone: 'SINGLE', lastOn: '2026-09-20' }],
  });
  await expect(lists.feed(organizationId, 1, 'nonsense')).rejects.toThrow(NotFound);
});
