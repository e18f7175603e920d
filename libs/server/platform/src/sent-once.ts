import { Refusal } from './refusal';
import { row, type Tx } from './transaction';

/** A change as staff sent it: under a key of its own, and what it says, in plain values. */
export interface SentUnderKey {
  organizationId: string;
  /** A verb of the trade, as in the audit record. */
  action: string;
  clientKey: string;
  said: Readonly<Record<string, unknown>>;
}

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/**
 * Notes a change under its key, in the transaction that makes it; two at once queue. Answers whether it was made before,
 * in which case nothing more is to be done. Refuses IDEMPOTENCY_KEY_REUSED where something else came under the key.
 */
export async function wasSent(tx: Pick<Tx, 'query'>, sent: SentUnderKey, at: Date): Promise<boolean> {
  const { organizationId, action, clientKey } = sent;
  const key = [organizationId, clientKey, action, JSON.stringify(sent.said, plain)];
  const noted = await row(
    tx,
    `insert into sent_change (organization_id, client_key, action, said, created_at) values ($1, $2, $3, $4, $5)
     on conflict on constraint sent_change_once do nothing returning id`,
    [...key, at],
  );
  if (noted) return false;
  const known = await row<{ isSame: boolean }>(
    tx,
    `select action = $3 and said = $4::jsonb as "isSame" from sent_change where organization_id = $1 and client_key = $2`,
    key,
  );
  if (!known?.isSame) throw new Refusal('IDEMPOTENCY_KEY_REUSED', { path: ['input', 'clientKey'] });
  return true;
}
