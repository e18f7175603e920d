import { statfsSync } from 'node:fs';
import type pg from 'pg';

const GIB = 2 ** 30;
export const inGiB = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Bytes that are free where the server, which runs on this machine, keeps its data, less what its log may still grow by. */
export async function freeBytes(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ folder: string; log: string }>(
    `select current_setting('data_directory') as folder,
       greatest(pg_size_bytes(current_setting('max_wal_size')) - (select sum(size) from pg_ls_waldir()), 0)::bigint as log`,
  );
  const { bavail, bsize } = statfsSync(rows[0]?.folder ?? '');
  return bavail * bsize - Number(rows[0]?.log);
}

/** @throws Error where so many bytes more do not fit */
export async function expectRoom(client: pg.Client, bytes: number): Promise<void> {
  const free = await freeBytes(client);
  if (free < bytes) throw new Error(`No room: ${inGiB(bytes)} are needed, ${inGiB(free)} are free`);
}
