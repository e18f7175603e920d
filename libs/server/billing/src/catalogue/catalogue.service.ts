import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  NotFound,
  Refusal,
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
import { readCalendar } from './catalogue.queries';
import { type Cut, type DatedRows, begin, cutFrom, dayRefused, isRepeated } from './dated-rows';

/** Norms and coefficients are kept in hundred-millionths, people write millionths. */
const RATIO_UNITS = 100n;

/** A change of a service: whose rows, what is said of it, and what else belongs to it. */
interface Wanted {
  of: (key: ServiceKey) => DatedRows;
  says: Readonly<Record<string, unknown>>;
  supplierId?: string;
  /** What is written beside the new row. */
  beside?: (tx: Tx, made: { key: ServiceKey; id: string; cut: Cut }) => Promise<void>;
}
type Sent = Pick<NormInput, 'organizationId' | 'serviceId' | 'from' | 'clientKey' | 'seen'>;

/**
 * What staff set of an organisation's services. Every change is a new row from a day on, up to what was stated for later,
 * and is written down. All refuse REQUIRED and TOO_LONG at the document, PERIOD_NOT_OPEN for a day in a closed month,
 * DATE_OUT_OF_RANGE for one years ahead, CATALOGUE_CHANGED where somebody was quicker, IDEMPOTENCY_KEY_REUSED; all throw
 * NotFound for what the organisation does not have. The same key again changes nothing.
 */
@Injectable()
export class CatalogueChanges {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A price from a day on, with its plan. Refuses BELOW_ZERO, TARIFF_PLAN. */
  async setTariff(viewer: Staff, input: TariffInput): Promise<void> {
    const { supplierId, tariffGroup, price, vatMode, plan } = input;
    const document = documentOf(input, priceRefused(input));
    requireIds(supplierId);
    await this.change(viewer, input, {
      supplierId,
      of: (key) => ({
        table: 'tariff',
        key: { ...key, supplier_id: supplierId, tariff_group: tariffGroup },
        columns: ['price', 'vat_mode', 'document'],
      }),
      says: { price, vat_mode: vatMode, document },
      beside: async (tx, { key, id, cut: { at, cut } }) => {
        for (const { was, becomes } of cut) if (becomes) await keepPlan(tx, { key, was, becomes, at });
        if (plan) await addPlan(tx, plan, { key, tariffId: id, at });
      },
    });
  }

  /** A norm from a day on. Refuses BELOW_ZERO, HEATING_MONTHS. */
  async setNorm(viewer: Staff, input: NormInput): Promise<void> {
    const { kind, value } = input;
    const document = documentOf(input, normRefused(input));
    await this.change(viewer, input, {
      of: (key) => ({ table: 'norm', key: { ...key, kind }, columns: ['value', 'document'] }),
      says: { value: value * RATIO_UNITS, document },
    });
  }

  /** What else is decided of a service from a day on, all of it anew. Refuses MONTH_OF_A_YEAR. */
  async setTerms(viewer: Staff, input: ServiceTermsInput): Promise<void> {
    const says = {
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
    const columns = Object.keys(says);
    await this.change(viewer, input, { of: (key) => ({ table: 'service_terms', key, columns }), says });
  }

  private async change(viewer: Staff, sent: Sent, { of, says, supplierId, beside }: Wanted): Promise<void> {
    const { organizationId, serviceId, from } = sent;
    requireIds(organizationId, serviceId);
    const key: ServiceKey = { organization_id: organizationId, service_id: serviceId };
    const dated = of(key);
    await inTransaction(this.db, async (tx) => {
      await enterLedger(tx, organizationId);
      await requireRow(tx, 'service', { organization_id: organizationId, id: serviceId });
      if (supplierId) await requireRow(tx, 'supplier', { organization_id: organizationId, id: supplierId });
      if (await isRepeated(tx, dated, says, sent)) return;
      const now = await this.clock.now();
      const refusals = dayRefused(from, { ...(await readCalendar(tx, organizationId)), now });
      if (refusals.length) throw new Refusal(refusals);
      const cut = await cutFrom(tx, dated, { ...sent, now });
      const id = await begin(tx, dated, says, { ...sent, ...cut });
      await beside?.(tx, { key, id, cut });
      await audit(tx, viewer, {
        at: now,
        action: `${dated.table}.set`,
        organizationId,
        objectKind: dated.table,
        objectId: id,
        details: { serviceId, from },
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

async function addPlan(
  tx: Tx,
  { kind, perPerson, steps, overCoefficient }: TariffPlanInput,
  { key, tariffId, at }: { key: ServiceKey; tariffId: string; at: string },
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
  { key, was, becomes, at }: { key: ServiceKey; was: string; becomes: string; at: string },
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
