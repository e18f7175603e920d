import { civilDate, money, month, moneyText, quantityText } from '@kvartal/domain';
import { Clock, NotFound, type Resident, inTransaction, rows } from '@kvartal/platform';
import { type Town, aTown, expectBooksBalanced } from '@kvartal/platform/testing';
import { BillingModule } from '../billing.module';
import { BillIssuing } from '../bills/bills.issuing';
import { ClosingComputing } from '../closing/closing.computing';
import { ClosingQueries } from '../closing/closing.queries';
import { Closings } from '../closing/closings.service';
import { BillingLedger } from '../ledger';
import { type UnderTest, aResident, underTest } from '../testing';
import { HomeService } from './home.service';

let at: UnderTest;
let town: Town;
let viewer: Resident;
let home: HomeService;
let accountId: string;

beforeEach(async () => {
  at = await underTest(BillingModule);
  town = await aTown(at.owner);
  accountId = town.first.accountIds[0] ?? '';
  viewer = await aResident(at.owner, town.portalId, { organizationId: town.first.organizationId, accountId });
  home = at.module.get(HomeService);
  await at.module.get(Clock).moveTo(new Date('2026-11-15T09:00:00Z'));
});
afterEach(async () => {
  try {
    await expectBooksBalanced(at.owner);
  } finally {
    await at.close();
  }
});

async function close(of: string): Promise<void> {
  const key = await at.module.get(Closings).start('system', town.first.organizationId, month(of));
  await at.module.get(ClosingComputing).computeAll(key);
  const { digest } = await at.module.get(ClosingQueries).get(key);
  await at.module.get(Closings).commit('system', key, digest ?? '');
  await at.module.get(BillIssuing).issueAll(key);
}

const adjust = (amount: string) =>
  inTransaction(at.db, (tx) =>
    at.module.get(BillingLedger).post(tx, [
      {
        organizationId: town.first.organizationId,
        accountId,
        serviceId: town.first.services.MAINT,
        supplierId: town.first.supplierId,
        kind: 'ADJUSTMENT',
        amount: money(amount),
        valueDate: civilDate('2026-11-03'),
        source: { kind: 'STAFF', id: '1' },
      },
    ]),
  );

const see = () => home.of(viewer, town.first.organizationId, accountId);

it('greets an account that no month has been closed for yet', async () => {
  await adjust('12.00');
  const seen = await see();
  expect(seen).toMatchObject({
    month: null,
    billId: null,
    payBy: null,
    lines: [],
    chart: [],
    currentMonth: '2026-10',
  });
  expect(moneyText(seen.balanceToday)).toBe('12.00');
  expect(moneyText(seen.total)).toBe('0.00');
});

it('shows everything of the first page', async () => {
  await close('2026-10');
  await adjust('-2000.00');
  const seen = await see();
  expect(seen).toMatchObject({
    account: {
      organizationId: town.first.organizationId,
      id: accountId,
      number: '100001',
      holder: 'Иванов Иван Иванович',
      address: { line: 'Приреченск, Садовая, 12, кв. 1', flat: '1' },
      organization: 'УК «Заречный квартал»',
      currency: 'RUB',
    },
    month: '2026-10',
    payBy: '2026-11-15',
    currentMonth: '2026-11',
    window: {
      month: '2026-11',
      from: '2026-11-10',
      to: '2026-11-25',
      isOpen: true,
      registers: 1,
      submitted: 0,
    },
    facts: { rooms: 2, floor: 1, entrance: 1, residentsSince: '2020-01-01' },
    house: { line: 'Приреченск, Садовая, 12', flats: 3 },
    requests: [],
    verifications: [],
  });
  expect(seen.billId).not.toBeNull();
  const shown = [
    seen.total,
    seen.equation.charged,
    seen.equation.closing,
    seen.paidSince,
    seen.balanceToday,
    seen.overpayment,
  ];
  expect(shown.map(moneyText)).toEqual(['2239.85', '2239.85', '2239.85', '0.00', '239.85', '0.00']);
  expect(seen.lines.map(({ service, closing }) => `${service} ${moneyText(closing)}`)).toEqual([
    'Содержание жилого помещения 1588.50',
    'Холодная вода 394.62',
    'Водоотведение 256.73',
  ]);
  expect(seen.services.map(({ name }) => name)).toEqual([
    'Содержание жилого помещения',
    'Холодная вода',
    'Водоотведение',
  ]);
  expect(
    seen.chart.map(({ resource, months }) => [
      resource,
      months.map((one) => [one.month, quantityText(one.quantity)]),
    ]),
  ).toEqual([['COLD_WATER', [['2026-10', '9.12']]]]);
});

it('tells of a verification that ends soon, and of readings that were sent', async () => {
  const { organizationId, houseId, registerIds, meterIds } = town.first;
  await at.module.get(Clock).moveTo(new Date('2029-12-15T09:00:00Z'));
  await rows(
    at.owner,
    `insert into reading (created_at, known, organization_id, house_id, register_id, month, taken_on, value, source)
     values (now(), tstzrange(now(), null), $1, $2, $3, '2029-12-01', '2029-12-14', 105000000, 'SITE')`,
    [organizationId, houseId, registerIds[0]],
  );
  const seen = await see();
  expect(seen.window).toMatchObject({ month: '2029-12', registers: 1, submitted: 1 });
  expect(seen.verifications).toEqual([
    {
      meterId: meterIds[0],
      resource: 'COLD_WATER',
      place: 'кухня',
      serial: `W-${accountId}`,
      until: '2030-01-01',
    },
  ]);
});

it('notices that a month was closed since it looked last', async () => {
  expect(await see()).toMatchObject({ month: null });
  await close('2026-10');
  expect(await see()).toMatchObject({ month: '2026-10', currentMonth: '2026-11' });
  await close('2026-11');
  const seen = await see();
  expect(seen).toMatchObject({ month: '2026-11', currentMonth: '2026-12' });
  expect(moneyText(seen.balanceToday)).toBe('4479.70');
});

it('shows an account to nobody who is not linked to it', async () => {
  const { organizationId, accountIds } = town.first;
  await expect(home.of(viewer, organizationId, accountIds[1] ?? '')).rejects.toThrow(NotFound);
  await expect(home.of(viewer, town.second.organizationId, accountId)).rejects.toThrow(NotFound);
  await expect(home.of(viewer, organizationId, 'x')).rejects.toThrow(NotFound);
  await rows(at.owner, 'update account_link set ended_at = now() where user_id = $1', [viewer.userId]);
  await expect(see()).rejects.toThrow(NotFound);
});
