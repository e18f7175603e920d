import {
  type AccountService,
  type AccountSnapshot,
  type Change,
  type Price,
  type Quantity,
  type ServiceTerms,
  type Zone,
  consumption,
  lastDay,
  quantityOf,
  withZones,
  volumesFor,
} from '@kvartal/domain';
import { NotFound, Refusal, rows, type Tx } from '@kvartal/platform';
import { type Catalogue, readCatalogue } from '../closing/closing.catalogue';
import { believed } from '../closing/closing.known';
import type { ComputedMonth } from './computed-months';
import type { WhatIfTwoZones } from './what-if.types';

/** The service that a zone would be charged by. */
interface ZoneService {
  terms: ServiceTerms & { readonly zone: Zone };
  price: Price;
  norm: bigint | null;
}

/** An account’s electricity of one zone, and the two services that would take its place where they have prices. */
export interface TwoZones {
  serviceId: string;
  used: Quantity;
  zones: { day: ZoneService; night: ZoneService } | null;
}

const PER_CENT = 100n;
const UNIT = 1_000_000n;

/** Undefined where electricity is not charged by a meter of one zone. */
export async function readTwoZones(
  tx: Tx,
  computed: ComputedMonth,
  account: AccountSnapshot,
): Promise<TwoZones | undefined> {
  const service = account.services.find(
    ({ method, terms, from, to }) =>
      method === 'METER' && terms.resource === 'ELECTRICITY' && terms.zone === 'SINGLE' && from < to,
  );
  const [used] = service ? volumesFor(consumption(account), service, account) : [];
  if (!service || !used) return undefined;
  const { organizationId, month, knownAt } = computed;
  const found = await rows<{ id: number; zone: Zone; group: number }>(
    tx,
    `select distinct on (s.zone) s.id::int, s.zone, x.tariff_group as "group"
     from account_service x
     join service s on s.organization_id = x.organization_id and s.resource = 'ELECTRICITY' and s.zone in ('DAY', 'NIGHT')
     where x.organization_id = $1 and x.account_id = $2 and x.service_id = $3 and x.supplier_id = $4
       and ${believed('x.known', knownAt ?? undefined)} and x.valid @> $5::date
     order by s.zone, s.calc_order, s.id`,
    [organizationId, account.accountId, service.terms.serviceId, service.terms.supplierId, lastDay(month)],
  );
  const catalogue = await readCatalogue(tx, organizationId, month, knownAt ?? undefined);
  const zoneOf = (zone: Zone): ZoneService | undefined =>
    found.filter((one) => one.zone === zone).flatMap((one) => priced(catalogue, service, one))[0];
  const [day, night] = [zoneOf('DAY'), zoneOf('NIGHT')];
  return {
    serviceId: service.terms.serviceId,
    used: used.quantity,
    zones: day && night ? { day, night } : null,
  };
}

/** The terms of a zone; none where no price of the same supplier and group of tariffs covers every day of the service. */
function priced(
  catalogue: Catalogue,
  { terms: { supplierId }, from, to }: AccountService,
  { id, zone, group }: { id: number; zone: Zone; group: number },
): ZoneService[] {
  const key = { service: id, supplier: Number(supplierId), method: 'METER', tariffGroup: group } as const;
  const { terms } = catalogue.termsOf(key);
  const last = terms.tariffs.find((one) => one.from < to && to <= one.to);
  const covered = terms.tariffs.reduce((day, one) => (one.from <= day ? Math.max(day, one.to) : day), from);
  if (!last || covered < to) return [];
  const norm = catalogue.normOn(terms.serviceId, 'PERSON', to - 1);
  return [{ terms: { ...terms, zone }, price: last.value, norm }];
}

export function twoZonesView({ used, zones }: TwoZones): WhatIfTwoZones {
  const { day, night } = zones ?? {};
  const byNight = night?.norm ?? 0n;
  const whole = (day?.norm ?? 0n) + byNight;
  return {
    used,
    dayPrice: day?.price ?? null,
    nightPrice: night?.price ?? null,
    nightPercent: byNight > 0n ? quantityOf(((byNight * PER_CENT) / whole) * UNIT) : null,
  };
}

/** Refuses NO_ZONE_TARIFF where there is no price for it; throws NotFound where there is no such meter. */
export function byTwoZones(found: TwoZones | undefined, nightPercent: Quantity): Change {
  if (!found) throw new NotFound();
  const { serviceId, zones } = found;
  if (!zones) throw new Refusal('NO_ZONE_TARIFF', { path: ['change', 'nightPercent'] });
  const night = nightPercent / PER_CENT;
  return withZones(serviceId, [
    { terms: zones.day.terms, part: quantityOf(UNIT - night) },
    { terms: zones.night.terms, part: quantityOf(night) },
  ]);
}
