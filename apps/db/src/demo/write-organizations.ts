import type pg from 'pg';
import { type CivilDate, price, quantity, ratio } from '@kvartal/domain';
import type { DemoOrganization, DemoService } from './catalogue';
import { FIRMS, KNOWN, SINCE, type WrittenOrganization } from './write-town';

async function added(
  client: pg.Client,
  table: string,
  values: Readonly<Record<string, unknown>>,
): Promise<string> {
  const names = Object.keys(values);
  const { rows } = await client.query<{ id: string }>(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')}) returning id`,
    Object.values(values),
  );
  const [row] = rows;
  if (!row) throw new Error(`Nothing was added to ${table}`);
  return row.id;
}

export const addPortal = (
  client: pg.Client,
  portal: { slug: string; name: string; country: string },
): Promise<string> =>
  added(client, 'portal', {
    slug: portal.slug,
    name: portal.name,
    country: portal.country,
    settings: { captcha: { registration: 'always' } },
  });

/** An organisation with its suppliers, services, tariffs and norms. `raise` is the day on which prices rose. */
export async function addOrganization(
  client: pg.Client,
  portalId: string,
  plan: DemoOrganization,
  raise: CivilDate,
): Promise<WrittenOrganization> {
  const id = await added(client, 'organization', {
    name: plan.name,
    short_name: plan.shortName,
    kind: plan.kind,
    country: plan.country,
    currency: plan.currency,
    time_zone: plan.timeZone,
    tax_id: plan.taxId,
    requisites: plan.contacts,
    settings: { readings: { from: 10, to: 25 }, allocation: 'PROPORTIONAL', totalToPay: 'PER_RECIPIENT' },
  });
  await client.query('insert into portal_organization (portal_id, organization_id) values ($1, $2)', [
    portalId,
    id,
  ]);
  const suppliers = await addSuppliers(client, id, plan);
  const services = new Map<string, string>();
  for (const [at, service] of plan.services.entries()) {
    const supplierId = suppliers.get(service.supplier);
    if (!supplierId) throw new RangeError(`The catalogue has no supplier ${service.supplier}`);
    services.set(
      service.code,
      await addService(client, { organizationId: id, supplierId, order: at + 1, raise }, service),
    );
  }
  return { id, plan, suppliers, services };
}

async function addSuppliers(
  client: pg.Client,
  organizationId: string,
  plan: DemoOrganization,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key } of plan.suppliers) {
    const { rows } = await client.query<{ id: string }>(
      `select nextval(pg_get_serial_sequence('supplier', 'id')) as id`,
    );
    ids.set(key, rows[0]?.id ?? '');
  }
  await client.query('begin'); // who is paid is checked when all of them are there
  for (const { key, name, taxId, recipient = key, bank } of plan.suppliers)
    await client.query(
      `insert into supplier (organization_id, id, name, tax_id, recipient_id, requisites) overriding system value values ($1, $2, $3, $4, $5, $6)`,
      [organizationId, ids.get(key), name, taxId, ids.get(recipient), bank],
    );
  await client.query('commit');
  return ids;
}

interface ServicePlace {
  organizationId: string;
  supplierId: string;
  order: number;
  raise: CivilDate;
}

async function addService(client: pg.Client, place: ServicePlace, plan: DemoService): Promise<string> {
  const service_id = await added(client, 'service', {
    organization_id: place.organizationId,
    code: plan.code,
    name: plan.name,
    unit: plan.unit,
    service_group: plan.group,
    resource: plan.resource ?? null,
    zone: plan.zone ?? null,
    calc_order: place.order,
  });
  if (plan.price) await addPrices(client, { ...place, service_id, price: plan.price }, plan);
  return service_id;
}

async function addPrices(
  client: pg.Client,
  place: ServicePlace & { service_id: string; price: readonly [string, string] },
  plan: DemoService,
): Promise<void> {
  const { organizationId: organization_id, supplierId: supplier_id, service_id, raise } = place;
  const tariff = { organization_id, service_id, supplier_id, known: KNOWN };
  const [was, becomes] = place.price;
  const before = { price: price(was), valid: `[2023-01-01,${raise})`, document: 'Приказ № 214/т' };
  const since = { price: price(becomes), valid: `[${raise},)`, document: 'Приказ № 187/т' };
  await added(client, 'tariff', { ...tariff, ...before });
  const tariff_id = await added(client, 'tariff', { ...tariff, ...since });
  if (plan.steps)
    await added(client, 'tariff_plan', {
      organization_id,
      tariff_id,
      kind: 'MARGINAL',
      per_person: true,
      limits: plan.steps.map(([above]) => String(quantity(above))),
      prices: plan.steps.map(([, above]) => String(price(above))),
      known: KNOWN,
    });
  if (plan.firmsPayTax)
    for (const days of [before, since])
      await added(client, 'tariff', { ...tariff, ...days, tariff_group: FIRMS, vat_mode: 'EXCLUSIVE' });
  for (const [kind, value] of Object.entries(plan.norms ?? {}))
    await added(client, 'norm', {
      organization_id,
      service_id,
      kind,
      value: ratio(value),
      document: 'Постановление № 32',
      valid: SINCE,
      known: KNOWN,
    });
}
