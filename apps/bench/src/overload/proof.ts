import type pg from 'pg';
import type { FloodSeen } from './flood';

/**
 * Every reading that was accepted stands in the database once, none that was turned away stands there at all. Returns how
 * many were accepted. @throws Error where anything was lost, doubled or half done
 */
export async function proveFlood(
  client: pg.Client,
  { acceptedKeys, shedKeys }: Pick<FloodSeen, 'acceptedKeys' | 'shedKeys'>,
): Promise<number> {
  const { rows } = await client.query<{ key: string; times: number }>(
    'select client_key as key, count(*)::int as times from reading where client_key is not null group by 1',
  );
  const stored = new Map(rows.map(({ key, times }) => [key, times]));
  const lost = acceptedKeys.filter((key) => !stored.has(key));
  const doubled = rows.filter(({ times }) => times !== 1);
  const halfDone = shedKeys.filter((key) => stored.has(key));
  if (lost.length + doubled.length + halfDone.length > 0)
    throw new Error(
      `${lost.length} readings lost, ${doubled.length} doubled, ${halfDone.length} turned away and stored`,
    );
  return acceptedKeys.length;
}
