import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  NotFound,
  type Staff,
  type Tx,
  audit,
  inTransaction,
  requireIds,
  row,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import { enterLedger } from '../ledger';
import { documentOf, normRefused, priceRefused, termsRefused } from './catalogue.rules';
import type { NormInput, ServiceTermsInput, TariffInput, TariffPlanInput } from './catalogue.types';
import { type DatedRows, cutFrom } from './dated-rows';

/** Norms and coefficients are kept in hundred-millionths, people write millionths. */
const RATIO_UNITS = 100n;

/** What staff set of an organisation's services. Every change is a new row from a day on, and is written down. */
@Injectable()
export class CatalogueChanges {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A price from a day on, with its plan. Refuses REQUIRED, TOO_LONG, BELOW_ZERO, TARIFF_PLAN. Throws NotFound. */
  async setTariff(viewer: Staff, input: TariffInput): Promise<void> {
    const { supplierId, tariffGroup, price, vatMode, plan } = input;
    const document = documentOf(input, priceRefused(input));
    requireIds(supplierId);
    await this.change(viewer, input, 'tariff', async (tx, key, now) => {
      await requireRow(tx, 'supplier', { ...key, id: supplierId });
      const of = { ...key, supplier_id: supplierId, tariff_group: tariffGroup };
      const dated: DatedRows = { table: 'tariff', key: of, columns: ['price', 'vat_mode', 'document'] };
      const { at, cut } = await cutFrom(tx, dated, { from: input.from, now });
      for (const { was, becomes } of cut) if (becomes) await keepPlan(tx, { key, was, becomes, at });
      const id = await added(
        tx,
        'tariff',
        { ...of, price, vat_mode: vatMode, document },
        { from: input.from, at },
      );
      if (plan) await addPlan(tx, plan, { key, tariffId: id, at });
      return id;
    });
  }

  /** A norm from a day on. Refuses REQUIRED, TOO_LONG, BELOW_ZERO, HEATING_MONTHS. Throws NotFound. */
  async setNorm(viewer: Staff, input: NormInput): Promise<void> {
    const { kind, value, from } = input;
    const document = documentOf(input, normRefused(input));
    await this.change(viewer, input, 'norm', async (tx, key, now) => {
      const of = { ...key, kind };
      const { at } = await cutFrom(
        tx,
        { table: 'norm', key: of, columns: ['value', 'document'] },
        { from, now },
      );
      return added(tx, 'norm', { ...of, value: value * RATIO_UNITS, document }, { from, at });
    });
  }

  /** What else is decided of a service from a day on, all of it anew. Refuses REQUIRED, TOO_LONG, MONTH_OF_A_YEAR. Throws NotFound. */
  async setTerms(viewer: Staff, input: ServiceTermsInput): Promise<void> {
    const { from } = input;
    const decided = {
      whole_months: input.wholeMonths,
      charges_owners: input.chargesOwners,
      takes_share: input.takesShare,
      redistributes: input.redistributes,
      raises_norm: input.raisesNorm,
      area_kind: input.areaKind ?? null,
      common_mode: input.commonMode,
      shared_by: input.sharedBy,
      cap_by_norm: input.capByNorm ?? null,
      negative_policy: input.negativePolicy ?? null,
      true_up_month: input.trueUpMonth ?? null,
      document: documentOf(input, termsRefused(input)),
    };
    await this.change(viewer, input, 'service_terms', async (tx, key, now) => {
      const dated: DatedRows = { table: 'service_terms', key, columns: Object.keys(decided) };
      const { at } = await cutFrom(tx, dated, { from, now });
      return added(tx, 'service_terms', { ...key, ...decided }, { from, at });
    });
  }

  private async change(
    viewer: Staff,
    { organizationId, serviceId, from }: Pick<NormInput, 'organizationId' | 'serviceId' | 'from'>,
    what: DatedRows['table'],
    work: (tx: Tx, key: ServiceKey, now: Date) => Promise<string>,
  ): Promise<void> {
    requireIds(organizationId, serviceId);
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      await requireRow(tx, 'service', { organization_id: organizationId, id: serviceId });
      const at = await this.clock.now();
      const objectId = await work(tx, { organization_id: organizationId, service_id: serviceId }, at);
      const details = { serviceId, from };
      await audit(tx, viewer, {
        at,
        action: `${what}.set`,
        organizationId,
        objectKind: what,
        objectId,
        details,
      });
    });
  }
}

interface ServiceKey extends Record<string, unknown> {
  organization_id: string;
  service_id: string;
}

async function requireRow(
  tx: Tx,
  table: 'service' | 'supplier',
  { organization_id, id }: { organization_id: string; id: string },
): Promise<void> {
  // two who change one service at the same moment do it one after another
  const found = await row(
    tx,
    `select from ${table} where organization_id = $1 and id = $2 for no key update`,
    [organization_id, id],
  );
  if (!found) throw new NotFound();
}

async function added(
  tx: Tx,
  table: DatedRows['table'],
  values: Readonly<Record<string, unknown>>,
  { from, at }: { from: string; at: Date },
): Promise<string> {
  const names = Object.keys(values);
  const places = names.map((_, place) => `$${place + 3}`).join(', ');
  const made = await row<{ id: string }>(
    tx,
    `insert into ${table} (valid, known, ${names.join(', ')})
     values (daterange($1, null), tstzrange($2, null), ${places}) returning id`,
    [from, at, ...Object.values(values)],
  );
  return made?.id ?? '';
}

async function addPlan(
  tx: Tx,
  { kind, perPerson, steps, overCoefficient }: TariffPlanInput,
  { key, tariffId, at }: { key: ServiceKey; tariffId: string; at: Date },
): Promise<void> {
  await rows(
    tx,
    `insert into tariff_plan (organization_id, tariff_id, kind, per_person, limits, prices, over_coefficient, known)
     values ($1, $2, $3, $4, $5, $6, $7, tstzrange($8, null))`,
    [
      key.organization_id,
      tariffId,
      kind,
      perPerson,
      steps.map(({ above }) => String(above)),
      steps.flatMap(({ price }) => (price == null ? [] : String(price))),
      overCoefficient == null ? null : overCoefficient * RATIO_UNITS,
      at,
    ],
  );
}

/** The days before a cut keep their plan: it goes over to the row that stands for them now. */
async function keepPlan(
  tx: Tx,
  { key, was, becomes, at }: { key: ServiceKey; was: string; becomes: string; at: Date },
): Promise<void> {
  const columns = 'kind, per_person, limits, prices, over_coefficient';
  await rows(
    tx,
    `insert into tariff_plan (organization_id, tariff_id, ${columns}, known)
     select organization_id, $3, ${columns}, tstzrange($4, null) from tariff_plan
     where organization_id = $1 and tariff_id = $2 and upper_inf(known)`,
    [key.organization_id, was, becomes, at],
  );
}
