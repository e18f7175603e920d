import { money, moneyText, sum } from '@kvartal/domain';
import { BillingLedger } from '@kvartal/billing';
import { NotFound, Refusal, type Staff, row, rows } from '@kvartal/platform';
import {
  type Town,
  type UnderTest,
  aColleague,
  aResident,
  aTown,
  expectBooksBalanced,
  linked,
  underTest,
} from '@kvartal/platform/testing';
import { PaymentsModule } from './payments.module';
import type { ReversePaymentInput } from './payments.types';
import { Reversals } from './reversals.service';
import { Settlement } from './settlement.service';
import { Bank } from './testing';
import { PaymentsService } from './payments.service';

let bank: Bank;
let at: UnderTest;
let town: Town;
let staff: Staff;
let reversals: Reversals;
let paymentId: string;
let keys = 0;

beforeAll(async () => {
  bank = await Bank.start('http://127.0.0.1:1');
  at = await underTest(PaymentsModule);
  town = await aTown(at.owner);
  const [accountId = ''] = town.first.accountIds;
  const { organizationId } = town.first;
  const resident = await aResident(at.owner, town.portalId, 'ivanov');
  await linked(at.owner, resident, { organizationId, accountId });
  staff = await aColleague(at.owner, town.portalId, organizationId);
  reversals = at.module.get(Reversals);
  const order = { organizationId, accountId, amount: money('250.00'), idempotencyKey: 'order' };
  const { orderNumber } = await at.module.get(PaymentsService).start(resident, order);
  await bank.pay(orderNumber);
  await at.module.get(Settlement).check(orderNumber);
  paymentId = (await row<{ id: string }>(at.owner, 'select id from payment'))?.id ?? '';
}, 60_000);
afterEach(() => expectBooksBalanced(at.owner));
afterAll(async () => {
  await at.close();
  bank.stop();
});

const input = (over: Partial<ReversePaymentInput> = {}): ReversePaymentInput => ({
  organizationId: town.first.organizationId,
  paymentId,
  reason: ' Зачислен на чужой счёт ',
  clientKey: `key-${(keys += 1)}`,
  ...over,
});
const owed = async (): Promise<string> => {
  const { organizationId, accountIds } = town.first;
  const lines = await at.module
    .get(BillingLedger)
    .balances(at.db.manager, organizationId, accountIds[0] ?? '');
  return moneyText(sum(lines.map(({ balance }) => balance)));
};
const codes = (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => [],
    (failure: unknown) =>
      failure instanceof Refusal ? failure.refusals.map(({ code }) => code) : [String(failure)],
  );

it('refuses a reversal without a reason, of a stranger’s payment, and of one that did not come', async () => {
  expect(await codes(reversals.reverse(staff, input({ reason: ' - ' })))).toEqual(['REQUIRED']);
  expect(await codes(reversals.reverse(staff, input({ reason: 'д'.repeat(501) })))).toEqual(['TOO_LONG']);
  await expect(
    reversals.reverse(staff, input({ organizationId: town.second.organizationId })),
  ).rejects.toBeInstanceOf(NotFound);
  await rows(at.owner, `update payment set state = 'FAILED', posted_at = null where id = $1`, [paymentId]);
  expect(await codes(reversals.reverse(staff, input()))).toEqual(['PAYMENT_NOT_RECEIVED']);
  await rows(at.owner, `update payment set state = 'SUCCEEDED', posted_at = now() where id = $1`, [
    paymentId,
  ]);
});

it('refuses where no month takes money', async () => {
  await rows(at.owner, `update period set state = 'CLOSING' where organization_id = $1`, [
    town.first.organizationId,
  ]);
  expect(await codes(reversals.reverse(staff, input()))).toEqual(['PERIOD_NOT_OPEN']);
  await rows(at.owner, `update period set state = 'OPEN' where organization_id = $1`, [
    town.first.organizationId,
  ]);
});

it('takes a payment off the balance as it came, once of two at the same moment, and tells of it', async () => {
  expect(await owed()).toBe('-250.00');
  const sent = [input(), input()];
  const both = await Promise.all(sent.map((one) => codes(reversals.reverse(staff, one))));
  expect(both).toEqual(expect.arrayContaining([[], ['PAYMENT_NOT_RECEIVED']]));
  const done = sent[both.findIndex((refusals) => refusals.length === 0)];
  // the same key again answers what was done
  expect((await reversals.reverse(staff, done ?? input())).state).toBe('REVERSED');
  expect(await owed()).toBe('0.00');
  expect(await rows(at.owner, `select kind, reason from movement order by id`)).toEqual([
    { kind: 'PAYMENT', reason: '' },
    { kind: 'REVERSAL', reason: 'Зачислен на чужой счёт' },
  ]);
  expect(await rows(at.owner, `select fact, payload from outbox where fact = 'PaymentReversed'`)).toEqual([
    { fact: 'PaymentReversed', payload: { organizationId: town.first.organizationId, paymentId } },
  ]);
  const [written] = await rows(
    at.owner,
    `select actor, details from audit_event where action = 'payment.reverse'`,
  );
  expect(written).toEqual({ actor: 'STAFF', details: { reason: 'Зачислен на чужой счёт' } });
});
