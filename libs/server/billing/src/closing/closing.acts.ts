import {
  type Absence,
  type BenefitRight,
  type CivilDate,
  type DaySpan,
  type Outage,
  type Price,
  type VolumeAct,
  daySpan,
  firstDay,
  lastDay,
  priceOf,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { type Tx, rows } from '@kvartal/platform';
import { type LegalNumbers, readLegalNumbers } from './closing.acts.law';
import type { Catalogue } from './closing.catalogue';
import { believed } from './closing.known';
import {
  type AccountDraft,
  type Drafts,
  type HouseDraft,
  NOTHING_TO_PLACE,
  type Placing,
  type ServiceDraft,
  type SnapshotScope,
  ofHouses,
} from './closing.drafts';
import { literal } from './copy';

interface DatedRow {
  id: string;
  houseId: string;
  serviceId: string | null;
  from: CivilDate | null;
  to: CivilDate | null;
}

/** An act as it stands in its table: numbers are scaled integers as text. */
type ActRow = DatedRow & { accountId: string | null } & (
    | { kind: 'ABSENCE'; people: string }
    | { kind: 'INTERRUPTION'; hours: string; allowedHours: string }
    | { kind: 'HOT_WATER_TEMPERATURE'; slots: { temperature: string; hours: string; night: boolean }[] }
    | { kind: 'HEATING_TEMPERATURE'; degreeHours: string }
    | { kind: 'VOLUME'; volume: string }
    | { kind: 'COEFFICIENT'; coefficient: string }
  );
type OutageRow = Extract<ActRow, { kind: 'INTERRUPTION' | 'HOT_WATER_TEMPERATURE' | 'HEATING_TEMPERATURE' }>;

type BenefitRow = DatedRow & {
  accountId: string;
  percent: string;
  beneficiaries: string | null;
  withinNorm: boolean;
};

const DATED = (alias: string) => `${alias}.id::text, ${alias}.house_id::text as "houseId",
  ${alias}.account_id::text as "accountId", ${alias}.service_id::text as "serviceId",
  lower(${alias}.valid)::text as "from", upper(${alias}.valid)::text as "to"`;

/**
 * What acts, applications and rights say of single accounts or of a whole house in the month: absences, interruptions,
 * volumes, coefficients, benefits. Two statements a batch over an index; most batches have none.
 */
export async function readActs(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  drafts: Drafts,
): Promise<Placing> {
  const { month } = catalogue.period;
  const counts = (
    alias: string,
  ) => `${ofHouses(scope, alias)} and ${believed(`${alias}.known`, scope.knownAt)}
    and ${alias}.valid && daterange('${firstDay(month)}', '${lastDay(month)}', '[]')`;
  const only = (alias: string) =>
    scope.accountId === undefined ? '' : ` and ${alias}.account_id = ${literal(scope.accountId)}`;
  const benefits = await rows<BenefitRow>(
    tx,
    `select ${DATED('b')}, b.percent::text, b.beneficiaries::text, b.within_norm as "withinNorm"
     from benefit_right b where ${counts('b')}${only('b')} order by b.id`,
  );
  const acts = await rows<ActRow>(
    tx,
    `select ${DATED('a')}, a.kind, a.people::text, a.hours::text, a.allowed_hours::text as "allowedHours",
       a.degree_hours::text as "degreeHours", a.slots, a.volume::text, a.coefficient::text
     from account_act a where ${counts('a')} order by lower(a.valid) nulls first, a.id`,
  );
  if (benefits.length === 0 && acts.length === 0) return NOTHING_TO_PLACE;
  const law = acts.length > 0 ? await readLegalNumbers(tx, scope, catalogue.temperatureSteps) : undefined;
  return (house) => {
    const isIts = ({ houseId }: DatedRow): boolean => houseId === house.houseId;
    for (const right of benefits.filter(isIts)) placeBenefit(right, catalogue, drafts);
    if (!law) return;
    for (const act of acts.filter(isIts))
      for (const account of concerned(act, house, drafts)) placeAct(act, account, { catalogue, law });
  };
}

function placeBenefit(
  { id, accountId, serviceId, percent, beneficiaries, withinNorm, ...days }: BenefitRow,
  catalogue: Catalogue,
  drafts: Drafts,
): void {
  const norms = withinNorm && serviceId ? catalogue.normsOf(serviceId, 'PERSON') : [];
  const right: BenefitRight = {
    ...daySpan(days),
    id,
    percent: ratioOf(BigInt(percent)),
    ...(beneficiaries === null ? {} : { beneficiaries: quantityOf(BigInt(beneficiaries)) }),
    ...(norms.length === 0 ? {} : { normsPerPerson: norms }),
  };
  for (const service of servicesOf(drafts.accounts.get(Number(accountId)), serviceId))
    service.benefits = [...(service.benefits ?? []), right];
}

/** The account that an act names, or all of its house. */
function concerned({ accountId }: ActRow, { accounts }: HouseDraft, drafts: Drafts): readonly AccountDraft[] {
  if (accountId === null) return accounts;
  const account = drafts.accounts.get(Number(accountId));
  return account ? [account] : [];
}

const servicesOf = (account: AccountDraft | undefined, serviceId: string | null): ServiceDraft[] =>
  account?.services.filter(({ terms }) => terms.serviceId === serviceId) ?? [];

interface Given {
  catalogue: Catalogue;
  law: LegalNumbers;
}

function placeAct(act: ActRow, account: AccountDraft, given: Given): void {
  const { id, serviceId } = act;
  const days = daySpan(act);
  switch (act.kind) {
    case 'ABSENCE': {
      const away: Absence = {
        ...days,
        id,
        people: quantityOf(BigInt(act.people)),
        moreThan: given.law.absenceDays(days.from),
        ...given.law.lawOf('ABSENCE_DAYS', days.from),
      };
      account.further = { ...account.further, absences: [...(account.further?.absences ?? []), away] };
      return;
    }
    case 'VOLUME': {
      const { resource, zone } = given.catalogue.service(serviceId ?? '');
      if (resource === null) return;
      const set: VolumeAct = {
        id,
        resource,
        zone: zone ?? 'SINGLE',
        quantity: quantityOf(BigInt(act.volume)),
      };
      account.further = { ...account.further, acts: [...(account.further?.acts ?? []), set] };
      return;
    }
    case 'COEFFICIENT': {
      const raised = { ...days, id, value: ratioOf(BigInt(act.coefficient)) };
      for (const service of servicesOf(account, serviceId))
        service.coefficients = [...(service.coefficients ?? []), raised];
      return;
    }
    default:
      for (const service of servicesOf(account, serviceId))
        service.outages = [...(service.outages ?? []), outageOf(act, days, { ...given, account, service })];
  }
}

function outageOf(
  act: OutageRow,
  { from }: DaySpan,
  { catalogue, law, account, service }: Given & { account: AccountDraft; service: ServiceDraft },
): Outage {
  const { id } = act;
  switch (act.kind) {
    case 'INTERRUPTION':
      return {
        id,
        kind: 'INTERRUPTION',
        hours: quantityOf(BigInt(act.hours)),
        allowedHours: quantityOf(BigInt(act.allowedHours)),
        percentPerHour: law.percent('INTERRUPTION_PERCENT', from),
        ...law.lawOf('INTERRUPTION_PERCENT', from),
      };
    case 'HEATING_TEMPERATURE':
      return {
        id,
        kind: 'HEATING_TEMPERATURE',
        degreeHours: quantityOf(BigInt(act.degreeHours)),
        percentPerDegreeHour: law.percent('HEATING_DEGREE_PERCENT', from),
        ...law.lawOf('HEATING_DEGREE_PERCENT', from),
      };
    case 'HOT_WATER_TEMPERATURE':
      return {
        id,
        kind: 'HOT_WATER_TEMPERATURE',
        ...law.hotWater(from),
        ...law.lawOf('HOT_WATER_DAY_MINIMUM', from),
        slots: act.slots.map(slotOf),
        coldPrice: coldPriceOf(account, service, from),
        hoursOfMonth: quantityOf(BigInt(catalogue.period.days) * HOURS_A_DAY),
      };
  }
}

const HOURS_A_DAY = 24_000_000n;

const slotOf = (slot: { temperature: string; hours: string; night: boolean }) => ({
  temperature: quantityOf(BigInt(slot.temperature)),
  hours: quantityOf(BigInt(slot.hours)),
  night: slot.night,
});

/** What cold water costs this account; water that is not even sold to it cold stays at its own price. */
function coldPriceOf({ services }: AccountDraft, hot: ServiceDraft, day: number): Price {
  const cold = services.find(
    ({ terms, method }) => terms.resource === 'COLD_WATER' && method !== 'COMMON_AREA',
  );
  const on = ({ from, to }: DaySpan) => from <= day && day < to;
  const found = (cold ?? hot).terms.tariffs.find(on) ?? hot.terms.tariffs.find(on);
  return found?.value ?? NO_PRICE;
}

const NO_PRICE = priceOf(0n);
