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
import { type Drafts, EVER, type Placing, type SnapshotScope, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import { type CopyReader, copyOut } from './copy';

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
export async function readSeasons(tx: Tx, scope: SnapshotScope, drafts: Drafts): Promise<Placing> {
  const found = await copyOut(
    tx,
    `select f.house_id, f.value, lower(f.valid), upper(f.valid) from fact f
     where ${ofHouses(scope, 'f')} and f.kind = 'HEATING_ON' and ${believed('f.known', scope.knownAt)}
     order by f.house_id, lower(f.valid)`,
  );
  const rows = drafts.byHouse(found);
  const kept = new SeasonTerms();
  return ({ slot, accounts }) => {
    const days = seasonsIn(rows.of(slot));
    if (!days) return;
    for (const { services } of accounts)
      for (const service of services)
        if (service.method === 'HEATING_NORM') service.terms = kept.of(service.placed, days);
  };
}

/** The seasons of a house; undefined where it keeps none. */
function seasonsIn(rows: CopyReader): DaySpan[] | undefined {
  let seasons: DaySpan[] | undefined;
  while (rows.next()) {
    rows.id();
    const isOn = rows.big() > 0n;
    const days = { from: rows.day(-EVER), to: rows.day(EVER) };
    seasons ??= [];
    if (isOn) seasons.push(days);
  }
  return seasons;
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
