import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { row, rows, sqlState } from '@kvartal/platform';
import type { TestDatabase, Town } from '@kvartal/platform/testing';
import { DataSource as Source } from 'typeorm';

type TownOrganization = Town['first'];

/** The SQLSTATE of what was refused, or «done». */
export const stateOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => 'done',
    (failure: unknown) => sqlState(failure),
  );

/** A login of its own in the runtime role, as an installation makes it for api and worker: it cannot become the owner. */
export async function runtimeLogin(at: TestDatabase): Promise<{ db: DataSource; end(): Promise<void> }> {
  const name = `spec_runtime_${randomUUID().replaceAll('-', '')}`;
  await at.owner.query(`create role ${name} login password '${name}' in role kvartal_runtime`);
  const url = new URL(at.url);
  url.username = name;
  url.password = name;
  const db = await new Source({ type: 'postgres', url: url.toString(), poolSize: 2 }).initialize();
  const end = async () => {
    await db.destroy();
    await at.owner.query(`drop role ${name}`);
  };
  return { db, end };
}

/** What one organisation keeps beyond a town's catalogue: one row in each table that refers to rows of its own. */
export async function fillEveryTable(owner: DataSource, town: Town, at: TownOrganization): Promise<void> {
  const { organizationId, houseId, accountIds, supplierId, services, periodId } = at;
  const add = async (table: string, values: Record<string, unknown>): Promise<string> => {
    const names = ['organization_id', 'created_at', ...Object.keys(values)];
    const added = await row<{ id?: string }>(
      owner,
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, place) => `$${place + 1}`).join(', ')}) returning *`,
      [organizationId, '2026-10-15', ...Object.values(values)],
    );
    return added?.id ?? '';
  };
  const key = `${organizationId}-${randomUUID()}`;
  const [user] = await rows<{ id: string }>(
    owner,
    `insert into portal_user (portal_id, kind, login, password_hash, state) values ($1, 'STAFF', $2, 'x', 'ACTIVE') returning id`,
    [town.portalId, key],
  );
  const account = { account_id: accountIds[0] };
  const line = { ...account, service_id: services.MAINT, supplier_id: supplierId };
  const [tariff] = await rows<{ id: string }>(
    owner,
    'select id from tariff where organization_id = $1 limit 1',
    [organizationId],
  );
  const known = '[2020-01-01T00:00:00Z,)';
  const blocks = { kind: 'WHOLE', limits: [3_000_000], prices: [1_000_000] };
  await add('tariff_plan', { tariff_id: tariff?.id, ...blocks, known });
  const decided = { document: 'протокол', valid: '[2020-01-01,)', known };
  await add('service_terms', { service_id: services.MAINT, ...decided });
  await add('penalty_moratorium', { country: 'RU', ...account, ...decided });
  await add('allocation_rule', { mode: 'FIFO', ...decided });
  await add('membership', { user_id: user?.id, role: 'OWNER' });
  await add('account_link', { ...account, user_id: user?.id, proof: 'STAFF' });
  const secret = { prefix: key, secret_hash: Buffer.alloc(1), scopes: [] };
  await add('api_key', { name: 'spec', ...secret, created_by: user?.id });
  const movement = {
    ...line,
    period_id: periodId,
    house_id: houseId,
    amount: 100,
    value_date: '2026-10-15',
    source_kind: 'STAFF',
  };
  const moved = await add('movement', { ...movement, kind: 'ADJUSTMENT', source_id: 1 });
  await add('movement', { ...movement, kind: 'REVERSAL', amount: -100, source_id: 2, reverses: moved });
  const payment = await add('payment', {
    ...account,
    period_id: periodId,
    order_number: key,
    provider: 'SBERBANK',
    amount: 100,
    currency: 'RUB',
    state: 'PENDING',
    idempotency_key: key,
  });
  await add('payment_allocation', {
    payment_id: payment,
    service_id: services.MAINT,
    supplier_id: supplierId,
    amount: 100,
  });
  const request = await add('request', {
    ...account,
    house_id: houseId,
    number: 1,
    category: 'OTHER',
    phone: '+79121234567',
    text: 'т',
    due_at: '2026-10-20',
    client_key: key,
  });
  await add('request_event', { request_id: request, kind: 'CREATED', by_staff: false });
  const file = { name: 'а.jpg', media_type: 'image/jpeg', size: 1, sha256: Buffer.alloc(32) };
  await add('attachment', { request_id: request, ...file });
  await sayOfTheAccount(at, add);
  await closeTheMonth(owner, at, { add, by: user?.id ?? '' });
}

type Add = (table: string, values: Record<string, unknown>) => Promise<string>;

/** What acts and rights say of its first account. */
async function sayOfTheAccount(town: TownOrganization, add: Add): Promise<void> {
  const { houseId, accountIds, registerIds, services, supplierId } = town;
  const known = { valid: '[2026-10-01,2026-11-01)', known: '[2026-10-15T00:00:00Z,)' };
  const of = {
    house_id: houseId,
    account_id: accountIds[0],
    service_id: services.MAINT,
    document: 'акт',
    ...known,
  };
  await add('account_act', { ...of, kind: 'VOLUME', volume: 1 });
  await add('benefit_right', { ...of, category: 'право', percent: 1, within_norm: false });
  const corrected = {
    month: '2026-09-01',
    taken_on: '2026-09-20',
    value: 1,
    document: 'акт',
    known: known.known,
  };
  await add('reading_correction', { house_id: houseId, register_id: registerIds[0], ...corrected });
  const anew = { house_id: houseId, account_id: accountIds[0], month: '2026-09-01', causes: '[]' };
  const recalculation_id = await add('recalculation', anew);
  const line = { recalculation_id, service_id: services.MAINT, supplier_id: supplierId };
  await add('recalculation_line', { ...line, quantity: 1, amount: 1, net_charged: 1 });
}

/** A closing of the open month with one of everything that a closing leaves behind. */
async function closeTheMonth(
  owner: DataSource,
  at: TownOrganization,
  { add, by }: { add: Add; by: string },
): Promise<void> {
  const { organizationId, houseId, accountIds, supplierId, services, periodId } = at;
  await owner.query(`update period set state = 'CLOSING' where organization_id = $1`, [organizationId]);
  const closing_id = await add('closing', {
    period_id: periodId,
    state: 'COMPUTING',
    knew_at: '2026-11-01',
    houses: 1,
  });
  await add('closing_house', { closing_id, house_id: houseId });
  const service_id = services.MAINT;
  const owed = {
    service_ids: [service_id],
    supplier_ids: [supplierId],
    months: ['2026-09-01'],
    due_on: ['2026-10-15'],
    principals: [100],
    accrued: [1],
  };
  const unpaid = { paid_lots: [], paid_on: [], paid_amounts: [] };
  await add('penalty_debtor', { closing_id, account_id: accountIds[0], ...owed, ...unpaid });
  await add('common_area_carry', { closing_id, house_id: houseId, service_id, quantity: -1 });
  const account = { account_id: accountIds[0] };
  const line = { house_id: houseId, ...account, service_id, supplier_id: supplierId };
  await addDecisions(owner, at, { add, line, by, closing_id });
  await owner.query(`update closing set state = 'COMMITTED' where organization_id = $1 and id = $2`, [
    organizationId,
    closing_id,
  ]);
  const lot = { service_id, supplier_id: supplierId, due_on: '2026-11-10', principal: 100 };
  await add('debt_lot', { closing_id, ...account, ...lot });
  const dates = { issued_on: '2026-11-01', pay_by: '2026-11-10' };
  const bill = { closing_id, period_id: periodId, ...dates, total: 100 };
  const first = await add('bill', { ...bill, ...account, number: '1' });
  await add('bill', { ...bill, account_id: accountIds[1], number: '2', replaces_id: first });
  await add('closing_difference', { closing_id, house_id: houseId, digest: 'd', services: '[]' });
  await add('account_open', { account_id: accountIds[0], valid: '[2020-01-01,)', known: '(,2020-01-02)' });
  await add('charging_settings', { settings: '{}', valid: '(,2020-01-01)', known: '[2020-01-01,)' });
  await add('second_opinion', { closing_id, houses: 1, lines: 1 });
  const reopened = { period_id: periodId, closing_id, reason: 'показания', reopened_by: by };
  await add('period_reopening', reopened);
  await owner.query(
    `update period set state = 'CLOSED', closing_id = $2 where organization_id = $1 and state = 'CLOSING'`,
    [organizationId, closing_id],
  );
}

/** What people decided in a closing that is alive. */
async function addDecisions(
  owner: DataSource,
  { organizationId }: TownOrganization,
  one: { add: Add; line: Record<string, unknown>; by: string; closing_id: string },
): Promise<void> {
  const { add, line, by, closing_id } = one;
  const decision = {
    anomaly: 'OVER_BOUND',
    choice: 'HOLD',
    reason: 'проверим',
    charged: 100,
    decided_by: by,
  };
  await add('closing_decision', { closing_id, ...line, ...decision });
  const tariff = await row<{ id: string }>(
    owner,
    'select id from tariff where organization_id = $1 limit 1',
    [organizationId],
  );
  const volume = {
    method: 'AREA',
    quantity: 1,
    common_quantity: 0,
    price: 1,
    recalculated: 1,
    net_charged: 1,
  };
  await add('late_line', {
    closing_id,
    held_closing_id: closing_id,
    ...line,
    ...volume,
    tariff_id: tariff?.id,
  });
}
