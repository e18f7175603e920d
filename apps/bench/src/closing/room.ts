import { connected } from '../connection';
import { expectRoom, freeBytes, inGiB } from '../disk';
import { adminUrl } from '../environment';

/** What closing a month adds to a town, its yardstick included, as a part of the town's size. */
const OF_A_MONTH = 0.5;

/**
 * Whether there is room for a month, but not for it and a copy of the template: then the month is closed in the template
 * itself, which has to be made anew for a further run. Throws where there is no room even for that.
 */
export const usesUp = (template: string): Promise<boolean> =>
  connected(adminUrl(), async (client) => {
    const { rows } = await client.query<{ size: string }>(`select pg_database_size($1) as size`, [template]);
    const size = Number(rows[0]?.size);
    const free = await freeBytes(client);
    if (free >= size * (1 + OF_A_MONTH)) return false;
    console.log(
      `${inGiB(free)} are free: no room for a copy of ${template} (${inGiB(size)}). One run, in the template itself: it is made anew for the next one`,
    );
    await expectRoom(client, size * OF_A_MONTH);
    return true;
  });
