import { type BillDocument, readBillDocuments } from '@kvartal/billing';
import { month } from '@kvartal/domain';
import { DataSource } from 'typeorm';
import { databaseUrl } from '../environment';
import { keptTemplate } from '../town/template';
import { ORGANIZATION, makeTown } from '../town/town';

const SERVICES = 10;
const CHARGED = month('2026-10');
const BILLS_AT_A_TIME = 100;

/** Two recipients with bank accounts, so that each bill has two payment codes. */
const BANKS = `
  update supplier set tax_id = '165512345' || id, requisites = jsonb_build_object('name', 'АО «Приречный банк»',
    'bic', '044525225', 'account', '40702810138250123' || lpad(id::text, 3, '0'), 'correspondent', '30101810400000000225', 'kpp', '165501001')`;

/** Every bill of a town of so many accounts, closed by the product, as it reads them; and how long the reading took. */
export async function readBills(accounts: number): Promise<{ bills: BillDocument[]; readSeconds: number }> {
  const template = await keptTemplate({ kind: `documents_${accounts}` }, async ({ client, close }) => {
    await makeTown(client, { accounts, services: SERVICES, first: CHARGED, months: 1 });
    await client.query(BANKS);
    await close(CHARGED, true);
  });
  const db = await new DataSource({ type: 'postgres', url: databaseUrl(template) }).initialize();
  try {
    return await readAll(db);
  } finally {
    await db.destroy();
  }
}

async function readAll(db: DataSource): Promise<{ bills: BillDocument[]; readSeconds: number }> {
  const issued = await db.query<{ id: string; closingId: string }[]>(
    'select id, closing_id as "closingId" from bill where organization_id = $1 order by id',
    [ORGANIZATION],
  );
  const closed = { organizationId: ORGANIZATION, closingId: issued[0]?.closingId ?? '', month: CHARGED };
  const bills: BillDocument[] = [];
  const started = performance.now();
  for (let from = 0; from < issued.length; from += BILLS_AT_A_TIME) {
    const ids = issued.slice(from, from + BILLS_AT_A_TIME).map(({ id }) => id);
    bills.push(...(await readBillDocuments(db, closed, ids)));
  }
  return { bills, readSeconds: (performance.now() - started) / 1000 };
}
