import {
  type ChargingMethod,
  type Dated,
  type DaySpan,
  type HeatingTerms,
  type Ratio,
  type ServiceTerms,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { PlacedTerms } from './closing.catalogue';
import { type Drafts, EVER, type SnapshotScope, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import { copyOut } from './copy';

const ONE = 100_000_000n;
const ALL_THE_YEAR: readonly DaySpan[] = [{ from: -EVER, to: EVER }];

/** What norms say of a service's heat: of the heat in hot water, and of heating that is spread over the year. */
export function heatTerms(
  method: ChargingMethod,
  { inWater, months }: { inWater: readonly Dated<Ratio>[]; months: readonly Dated<Ratio>[] },
): Pick<ServiceTerms, 'heatNorms' | 'heating'> {
  if (inWater.length > 0) return { heatNorms: inWater };
  if (method !== 'HEATING_NORM' || months.length === 0) return {};
  const spreadMonths = months.map((one) => ({ ...one, value: one.value / ONE }));
  return { heating: { seasons: ALL_THE_YEAR, spreadMonths } };
}

/**
 * Gives heating by norm the seasons of its house. A house that keeps none is heated all the year; one that keeps some,
 * on their days alone, whatever month they are in.
 */
export async function readSeasons(tx: Tx, scope: SnapshotScope, drafts: Drafts): Promise<void> {
  const found = await copyOut(
    tx,
    `select f.house_id, f.value, lower(f.valid), upper(f.valid) from fact f
     where ${ofHouses(scope, 'f')} and f.kind = 'HEATING_ON' and ${believed('f.known', scope.knownAt)}
     order by f.house_id, lower(f.valid)`,
  );
  const seasons = new Map<number, DaySpan[]>();
  while (found.next()) {
    const house = found.id();
    const isOn = found.big() > 0n;
    const days = { from: found.day(-EVER), to: found.day(EVER) };
    const known = seasons.get(house) ?? [];
    if (isOn) known.push(days);
    seasons.set(house, known);
  }
  const kept = new SeasonTerms();
  for (const [house, days] of seasons)
    for (const { services } of drafts.houses.get(house)?.accounts ?? [])
      for (const service of services)
        if (service.method === 'HEATING_NORM') service.terms = kept.of(service.placed, days);
}

/** Terms by seasons: houses whose seasons are the same share one object. */
class SeasonTerms {
  private readonly made = new Map<string, Map<PlacedTerms, ServiceTerms>>();

  of(placed: PlacedTerms, seasons: readonly DaySpan[]): ServiceTerms {
    const days = seasons.map(({ from, to }) => `${from} ${to}`).join();
    const sameDays = this.made.get(days) ?? new Map<PlacedTerms, ServiceTerms>();
    this.made.set(days, sameDays);
    const known = sameDays.get(placed);
    if (known) return known;
    const { terms } = placed;
    const heating: HeatingTerms = { ...terms.heating, seasons };
    const made = { ...terms, heating };
    sameDays.set(placed, made);
    return made;
  }
}
