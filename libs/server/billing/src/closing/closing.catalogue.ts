import {
  type AverageTerms,
  type ChargingMethod,
  type CivilDate,
  type CommonTerms,
  type Dated,
  type Month,
  type PayableLine,
  type PeriodDays,
  type Price,
  type Ratio,
  type Resource,
  type ServiceTerms,
  type Zone,
  daySpan,
  lastDay,
  periodDays,
  priceOf,
  ratio,
  ratioOf,
} from '@kvartal/domain';
import { row, rows, type Tx } from '@kvartal/platform';
import type { DebtGroup } from '../penalties/penalty.book';
import { heatTerms } from './closing.heating';
import { believed } from './closing.known';
import { type CommonDecided, type LastYear, type TermsBook, readTerms } from './closing.terms';

type Db = Pick<Tx, 'query'>;

interface ServiceRow {
  id: string;
  code: string;
  name: string;
  group: PayableLine['group'];
  resource: Resource | null;
  zone: Zone | null;
}
interface DatedRow {
  id: string;
  serviceId: string;
  from: CivilDate | null;
  to: CivilDate | null;
  value: string;
}
export type TariffRow = DatedRow & {
  supplierId: string;
  tariffGroup: number;
  /** Whether the price holds its tax, or the tax comes on top. */
  vatMode: 'NONE' | 'INCLUSIVE' | 'EXCLUSIVE';
};
type RateRow = Omit<DatedRow, 'serviceId'>;
type NormRow = DatedRow & {
  kind: 'PERSON' | 'AREA' | 'COMMON_AREA' | 'HEAT_IN_WATER' | 'HEATING_MONTHS';
};

/** How an organisation shares common volumes and estimates; what it does not say is the law's default. */
interface ChargingSettings {
  commonArea?: { capByNorm?: boolean; negative?: CommonTerms['negativePolicy'] };
  estimateCoefficient?: string;
  temperatureSteps?: 'FLOOR' | 'CEIL';
}

/** What names a service's terms: accounts that agree in it share one object. Ids as COPY brings them. */
export interface TermsKey {
  service: number;
  supplier: number;
  method: ChargingMethod;
  tariffGroup: number;
}

/** Terms, and where they stand on the bill: by the service's order, then by the supplier. */
export interface PlacedTerms extends TermsKey {
  terms: ServiceTerms;
  place: number;
}

const SUPPLIERS_A_PLACE = 2 ** 26;

/** What an organisation charges for and at what price: shared by all houses of a batch. */
export class Catalogue {
  readonly period: PeriodDays;
  private readonly placed = new Map<number, PlacedTerms[]>();
  private readonly places: ReadonlyMap<string, number>;

  constructor(
    month: Month,
    private readonly services: ReadonlyMap<string, ServiceRow>,
    private readonly tariffs: readonly TariffRow[],
    private readonly norms: readonly NormRow[],
    private readonly law: { settings: ChargingSettings; vatRates: readonly RateRow[]; book: TermsBook },
  ) {
    this.period = periodDays(month);
    this.places = new Map([...services.keys()].map((id, place) => [id, place]));
  }

  service(serviceId: string): ServiceRow {
    const service = this.services.get(serviceId);
    if (!service) throw new RangeError(`There is no service ${serviceId}`);
    return service;
  }

  /** How degrees that hot water lacked are counted in steps. */
  get temperatureSteps(): 'FLOOR' | 'CEIL' {
    return this.law.settings.temperatureSteps === 'CEIL' ? 'CEIL' : 'FLOOR';
  }

  /** What penalties are charged as, the first of the bill; undefined in an organisation that charges none. */
  get penaltyService(): number | undefined {
    const found = [...this.services.values()].find(({ group }) => group === 'PENALTY');
    return found && Number(found.id);
  }

  /** Services that debts can be of: all but penalties, which bear none. */
  debtServices(): { id: string; group: DebtGroup }[] {
    return [...this.services.values()].flatMap(({ id, group }) => (group === 'PENALTY' ? [] : { id, group }));
  }

  /** The terms of a service for a method and tariff group, one object for all who have them. */
  termsOf(key: TermsKey): PlacedTerms {
    let ofService = this.placed.get(key.service);
    if (!ofService) this.placed.set(key.service, (ofService = []));
    for (const one of ofService)
      if (one.supplier === key.supplier && one.method === key.method && one.tariffGroup === key.tariffGroup)
        return one;
    const serviceId = String(key.service);
    const place = (this.places.get(serviceId) ?? this.places.size) * SUPPLIERS_A_PLACE + key.supplier;
    const made = { ...key, place, terms: this.makeTerms(key) };
    ofService.push(made);
    return made;
  }

  /** The terms that all houses share of a common volume: its norm on the last day, the cap and the policy. */
  commonTerms(
    serviceId: string,
  ): Pick<CommonTerms, 'norm' | 'capByNorm' | 'negativePolicy'> & { decided: CommonDecided } {
    const decided = this.law.book.commonOf(serviceId);
    const { commonArea } = this.law.settings;
    return {
      norm: this.normOn(serviceId, 'COMMON_AREA', this.period.to - 1),
      capByNorm: decided.capByNorm ?? commonArea?.capByNorm ?? true,
      negativePolicy: decided.negativePolicy ?? commonArea?.negative ?? 'CARRY',
      decided,
    };
  }

  /** The norm of a service on a day; null where none is set. */
  normOn(serviceId: string, kind: NormRow['kind'], day: number): Ratio | null {
    const norms = this.normsOf(serviceId, kind);
    return norms.find(({ from, to }) => from <= day && day < to)?.value ?? null;
  }

  /** The norms of a service by days. */
  normsOf(serviceId: string, kind: NormRow['kind']): Dated<Ratio>[] {
    return this.norms
      .filter((one) => one.serviceId === serviceId && one.kind === kind)
      .map((one) => dated<Ratio>(one, ratioOf));
  }

  /** How far an average carries, by the law of the country. */
  get averages(): AverageTerms {
    return this.law.book.averages;
  }

  /** Whether the price of something that is measured changes on a day that this month's volume may contain. */
  changesPriceWithin(): boolean {
    const { from, to, days } = this.period;
    return this.tariffs.some((one) => {
      const since = daySpan(one).from;
      return since > from - days && since < to && this.service(one.serviceId).resource !== null;
    });
  }

  private makeTerms({ service, supplier, method, tariffGroup }: TermsKey): ServiceTerms {
    const serviceId = String(service);
    const supplierId = String(supplier);
    const { resource, zone, code } = this.service(serviceId);
    const tariffs = this.tariffs.filter(
      (one) =>
        one.serviceId === serviceId && one.supplierId === supplierId && one.tariffGroup === tariffGroup,
    );
    const coefficient = this.law.settings.estimateCoefficient;
    return {
      serviceId,
      supplierId,
      resource,
      zone,
      areaKind: resource === 'HEAT' || code === 'HEATING' || method === 'HEATING_NORM' ? 'HEATED' : 'TOTAL',
      tariffs: tariffs.map((one) => dated<Price>(one, priceOf)),
      norms: this.normsOf(serviceId, method === 'HEATING_NORM' ? 'AREA' : 'PERSON'),
      averages: this.law.book.averages,
      ...(coefficient === undefined ? {} : { estimateCoefficient: ratio(coefficient) }),
      ...this.vatOf(tariffs),
      ...this.law.book.plansOf(tariffs),
      ...this.law.book.decidedOf(serviceId, method),
      ...heatTerms(method, {
        inWater: this.normsOf(serviceId, 'HEAT_IN_WATER'),
        months: this.normsOf(serviceId, 'HEATING_MONTHS'),
      }),
    };
  }

  /** What this month takes from the year before. */
  get lastYear(): LastYear {
    return this.law.book.lastYear(Number(this.period.month.slice(5)));
  }

  /** The tax of the price which the month ends with: inside it, or on top of it. */
  private vatOf(tariffs: readonly TariffRow[]): Pick<ServiceTerms, 'vat'> {
    const last = this.period.to - 1;
    const tariff = tariffs.findLast(({ from }) => from === null || daySpan({ from, to: null }).from <= last);
    if (!tariff || tariff.vatMode === 'NONE') return {};
    const rates = this.law.vatRates.map((one) => dated<Ratio>(one, (share) => ratioOf(share * PER_CENT)));
    return { vat: { mode: tariff.vatMode, rates } };
  }
}

/** The table keeps shares of one, the rules count in per cents. */
const PER_CENT = 100n;

function dated<T extends bigint>({ id, value, ...range }: RateRow, of: (units: bigint) => T): Dated<T> {
  return { ...daySpan(range), value: of(BigInt(value)), id };
}

const DATED = `id, service_id as "serviceId", lower(valid)::text as "from", upper(valid)::text as "to"`;

/** Reads the catalogue for a month, in the order of the bill: as it is known now, or as it was at a moment. */
export async function readCatalogue(
  tx: Db,
  organizationId: string,
  month: Month,
  knownAt?: Date,
): Promise<Catalogue> {
  const counts = believed('known', knownAt);
  const services = await rows<ServiceRow>(
    tx,
    'select id, code, name, service_group as "group", resource, zone from service where organization_id = $1 order by calc_order, id',
    [organizationId],
  );
  const tariffs = await rows<TariffRow>(
    tx,
    `select ${DATED}, price as value, supplier_id as "supplierId", tariff_group as "tariffGroup",
       vat_mode as "vatMode"
     from tariff where organization_id = $1 and ${counts} order by lower(valid) nulls first`,
    [organizationId],
  );
  const norms = await rows<NormRow>(
    tx,
    `select ${DATED}, value, kind from norm
     where organization_id = $1 and ${counts} order by lower(valid) nulls first`,
    [organizationId],
  );
  const found = await readSettings(tx, organizationId, { month, knownAt });
  return new Catalogue(month, new Map(services.map((one) => [one.id, one])), tariffs, norms, {
    settings: found?.charging ?? {},
    vatRates: found?.vatRates ?? [],
    book: await readTerms(tx, organizationId, { lastDay: lastDay(month), knownAt }),
  });
}

/** How the organisation charges, by the settings that a closed month was closed with, and the rates of its country's tax. */
async function readSettings(
  tx: Db,
  organizationId: string,
  { month, knownAt }: { month: Month; knownAt: Date | undefined },
): Promise<{ charging: ChargingSettings | null; vatRates: RateRow[] | null } | undefined> {
  return row(
    tx,
    `select coalesce((select k.settings from charging_settings k where k.organization_id = o.id and k.valid @> $2::date
         and upper_inf(k.known)), o.settings -> 'charging') as charging, (
       select json_agg(json_build_object('id', r.id::text, 'from', lower(r.valid), 'to', upper(r.valid),
         'value', r.value::text) order by lower(r.valid))
       from rate r where r.country = o.country and r.kind = 'VAT' and ${believed('r.known', knownAt)}) as "vatRates"
     from organization o where o.id = $1`,
    [organizationId, lastDay(month)],
  );
}
