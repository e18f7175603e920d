import { row, type Tx } from '@kvartal/platform';
import type { Recipient } from './bill.qr';

/** What bills print of an organisation beside the numbers of a month. */
export interface Printed {
  settings: Readonly<Record<string, unknown>>;
  /** By id; `recipientId` is the supplier whose bank account takes the money. */
  suppliers: Readonly<Record<string, Omit<Recipient, 'id'> & { recipientId: string }>>;
}

/** Of organisation $1 as it is now: a closing's commit keeps it, so that its bills stay as they were whenever they are drawn. */
export const PRINTED_NOW = `(
  select jsonb_build_object(
    'organization', jsonb_build_object('name', o.name, 'taxId', o.tax_id, 'requisites', o.requisites),
    'settings', o.settings,
    'suppliers', (select coalesce(jsonb_object_agg(u.id, jsonb_build_object('name', u.name, 'taxId', u.tax_id,
        'requisites', u.requisites, 'recipientId', u.recipient_id::text)), '{}')
      from supplier u where u.organization_id = o.id),
    'services', (select coalesce(jsonb_object_agg(s.id, jsonb_build_object('name', s.name, 'unit', s.unit)), '{}')
      from service s where s.organization_id = o.id))
  from organization o where o.id = $1)`;

/** What a closing kept; of one that kept nothing, what is there now. */
export async function readPrinted(
  db: Pick<Tx, 'query'>,
  { organizationId, closingId }: { organizationId: string; closingId: string },
): Promise<Printed | undefined> {
  const found = await row<{ printed: Printed }>(
    db,
    `select coalesce(c.printed, ${PRINTED_NOW}) as printed from closing c
     where c.organization_id = $1 and c.id = $2`,
    [organizationId, closingId],
  );
  return found?.printed;
}
