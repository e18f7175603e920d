import { houseLine } from '@kvartal/accounts';
import { type CivilDate, addDays, uncovered } from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import { grouped } from '../grouped';
import type { MissingTariff } from './catalogue.types';

type Db = Pick<Tx, 'query'>;
type Key = Pick<MissingTariff, 'supplierId' | 'tariffGroup'>;
type Taken = Key & { serviceId: string; supplier: string };
interface Priced {
  id: string;
  tariffs: readonly (Key & { from: CivilDate | null; to: CivilDate | null })[];
}

/** What somebody takes on some day from one on; $1 organisation, $2 the day. */
const TAKEN = `
  with taken as (
    select distinct service_id, supplier_id, tariff_group from account_service
    where organization_id = $1 and upper_inf(known) and method <> 'PENALTY' and valid && daterange($2::date, null))
  select t.service_id as "serviceId", t.supplier_id as "supplierId", t.tariff_group as "tariffGroup", u.name as supplier
  from taken t join supplier u on u.organization_id = $1 and u.id = t.supplier_id order by u.name, u.id, t.tariff_group`;

const MOST_HOUSES = 20;
const HOUSES = `
  select distinct h.id, h.city, h.street, h.number as house from account_service s
  join house h on h.organization_id = s.organization_id and h.id = s.house_id
  where s.organization_id = $1 and s.service_id = $2 and s.supplier_id = $3 and s.tariff_group = $4
    and upper_inf(s.known) and s.method <> 'PENALTY' and s.valid && daterange($5::date, $6::date, '[]')
  order by h.city, h.street, h.number, h.id`;

/** By service: the days whose month is not closed, on which somebody takes it and it has no price; and where. */
export async function readMissing(
  tx: Db,
  organizationId: string,
  { services, changesFrom }: { services: readonly Priced[]; changesFrom: CivilDate },
): Promise<Map<string, MissingTariff[]>> {
  const priced = new Map(services.map((service) => [service.id, service.tariffs]));
  const felt: (MissingTariff & { serviceId: string })[] = [];
  for (const taken of await rows<Taken>(tx, TAKEN, [organizationId, changesFrom])) {
    const own = (priced.get(taken.serviceId) ?? []).filter(
      ({ supplierId, tariffGroup }) => supplierId === taken.supplierId && tariffGroup === taken.tariffGroup,
    );
    const days = own.map(({ from, to }) => ({ from, to: to && addDays(to, 1) }));
    for (const hole of uncovered(days, changesFrom)) {
      const from = hole.from ?? changesFrom;
      const to = hole.to && addDays(hole.to, -1);
      const { serviceId, supplierId, tariffGroup } = taken;
      const found = await rows<{ city: string; street: string; house: string }>(tx, HOUSES, [
        ...[organizationId, serviceId, supplierId, tariffGroup],
        ...[from, to],
      ]);
      const houses = found.slice(0, MOST_HOUSES).map(houseLine);
      if (found.length) felt.push({ ...taken, from, to, houses, houseCount: found.length });
    }
  }
  return grouped(felt, ({ serviceId }) => serviceId);
}
