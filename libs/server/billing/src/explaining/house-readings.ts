import { firstDay, type Month } from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import { believed } from '../closing/closing.known';
import type { Origin } from './explaining.types';
import { METER, originOf, type RawOrigin } from './origins';

/** A house in a month, as the month's closing knew it; as it is known now where it is not closed. */
export interface HouseMoment {
  organizationId: string;
  houseId: string;
  month: Month;
  knownAt: Date | null;
}

const READ = `one.id::text, one.month, one.taken_on, one.value, one.source, one.created_at`;
const OF = 'one.organization_id = x.organization_id and one.register_id = x.id and one.month <= $3::date';

/**
 * What every register was read at, the first reading of a new meter and corrections of closed months too, as it was known
 * at a moment: a reading that another took the place of since settled its month then.
 */
function known(knownAt: Date | null): string {
  const at = knownAt ?? undefined;
  const settled = at ? '(one.settles or not upper_inf(one.known))' : 'one.settles';
  const standing = at ? `(one.state = 'ACCEPTED' or not upper_inf(one.known))` : `one.state = 'ACCEPTED'`;
  return `
    select ${READ}, '' as document, one.source <> 'INSTALLATION' and one.month = $3::date as is_now, 0 as corrected, one.version
    from reading one where ${OF} and ${believed('one.known', at)} and one.source <> 'ESTIMATE'
      and case one.source when 'INSTALLATION' then ${standing} else ${settled} end
    union all
    select 'correction ' || one.id, one.month, one.taken_on, one.value, null, one.created_at, one.document,
      one.month = $3::date, 1, 0
    from reading_correction one where ${OF} and ${believed('one.known', at)}`;
}

/**
 * What a house's own meters for a service showed in a month, each with its reading before: what the house's volume was
 * counted from. Of a closed month as its closing knew it, whatever has been corrected since.
 */
export function readHouseMeters(
  tx: Tx,
  { organizationId, houseId, month, knownAt }: HouseMoment,
  serviceId: string,
): Promise<Origin[]> {
  return rows<RawOrigin>(
    tx,
    `select r.id, r.document, r.value, r.taken_on::text as "takenOn", r.source, r.created_at as "recordedAt", ${METER}
     from service s
     join meter m on m.organization_id = s.organization_id and m.resource = s.resource
     join register x on x.organization_id = m.organization_id and x.meter_id = m.id
       and coalesce(s.zone, 'SINGLE') in ('SINGLE', x.zone)
     cross join lateral (
       select k.*, bool_or(k.is_now) over () as is_read from (
         select distinct on (one.is_now) one.* from (${known(knownAt)}) one
         order by one.is_now, one.month desc, one.corrected desc, one.taken_on desc, one.version desc) k) r
     where s.organization_id = $1 and s.id = $4 and m.house_id = $2 and m.account_id is null and r.is_read
     order by m.id, x.id, r.is_now`,
    [organizationId, houseId, firstDay(month), serviceId],
  ).then((found) => found.map((origin) => originOf('READING', origin)));
}
