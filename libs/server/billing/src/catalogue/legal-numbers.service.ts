import { Inject, Injectable } from '@nestjs/common';
import type { Country } from '@kvartal/auth';
import { type CivilDate, addDays, ratioOf, uncovered } from '@kvartal/domain';
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
import { grouped } from '../grouped';
import { LEGAL_KINDS, type LegalKind } from './catalogue.enums';
import { documentOf } from './catalogue.rules';
import { type ClosedMonths, type DatedRows, begin, cutFrom, dayRefused, isRepeated } from './dated-rows';
import { LEGAL_SHAPES, refusalsOfNumber } from './legal-numbers.rules';
import type { LegalNumber, LegalNumberInput, LegalNumbers, LegalValue } from './legal-numbers.types';

/** The closed months are those that any organisation of the country has closed. */
interface Land extends ClosedMonths {
  country: Country;
  /** Every organisation that lives by the country's laws here. */
  organizations: readonly string[];
}
type Found = Omit<LegalValue, 'value'> & { kind: LegalKind; value: string };

const RATES = `
  select r.id, r.kind, r.document, lower(r.valid)::text as "from", (upper(r.valid) - 1)::text as "to",
    lower(r.known) as "knownSince", upper(r.known) as "knownUntil", r.value
  from rate r where r.country = $1`;

async function readLand(tx: Pick<Tx, 'query'>, organizationId: string): Promise<Land> {
  requireIds(organizationId);
  const found = await row<Land>(
    tx,
    `select o.country, o.time_zone as "timeZone", coalesce((
       select max(unclosed.month) from (
         select min(p.month) as month from period p join organization own on own.id = p.organization_id
         where own.country = o.country and p.state <> 'CLOSED' group by p.organization_id) unclosed),
       date '2000-01-01')::text as "changesFrom",
       exists (select from period p join organization own on own.id = p.organization_id
         where own.country = o.country and p.state = 'CLOSED') as "hasClosed",
       (select array_agg(id::text order by id) from organization where country = o.country) as organizations
     from organization o where o.id = $1`,
    [organizationId],
  );
  if (!found) throw new NotFound();
  return found;
}

/**
 * The legal numbers of a country. They charge every organisation that lives by its laws, so that whoever changes one
 * must hold LAW_WRITE in all of those: an owner among strangers could otherwise change what a stranger's residents pay.
 */
@Injectable()
export class LegalNumbersService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The numbers of the organisation's country as they are known now. Throws NotFound. */
  async list(viewer: Staff, organizationId: string): Promise<LegalNumbers> {
    const land = await readLand(this.db, organizationId);
    const found = await rows<Found>(
      this.db,
      `${RATES} and r.kind = any($2) and upper_inf(r.known) order by lower(r.valid) desc nulls last`,
      [land.country, LEGAL_KINDS],
    );
    const values = grouped(found, ({ kind }) => kind);
    const numbers = LEGAL_KINDS.map((kind) => numberOf(kind, values.get(kind) ?? [], land.changesFrom));
    return { mayChange: mayChange(viewer, land), changesFrom: land.changesFrom, numbers };
  }

  /** All that was ever stated of a number, what was stated last first. Throws NotFound. */
  async history(organizationId: string, kind: LegalKind): Promise<LegalValue[]> {
    const { country } = await readLand(this.db, organizationId);
    const found = await rows<Found>(
      this.db,
      `${RATES} and r.kind = $2 order by lower(r.known) desc, lower(r.valid) desc nulls last, r.id desc`,
      [country, kind],
    );
    return found.map(valueOf);
  }

  /**
   * A number from a day on, up to what was stated for later. Refuses LAW_OF_OTHERS unless the viewer may in every
   * organisation of the country, NUMBER_OUT_OF_RANGE, REQUIRED and TOO_LONG, PERIOD_NOT_OPEN in a month that one of them
   * has closed, DATE_OUT_OF_RANGE, CATALOGUE_CHANGED, IDEMPOTENCY_KEY_REUSED. Throws NotFound.
   */
  async set(viewer: Staff, input: LegalNumberInput): Promise<void> {
    const { organizationId, kind, value, from } = input;
    const document = documentOf(input, refusalsOfNumber(value, LEGAL_SHAPES[kind]));
    await inTransaction(this.db, async (tx) => {
      const land = await enter(tx, organizationId);
      if (!mayChange(viewer, land)) throw new Refusal('LAW_OF_OTHERS');
      const dated: DatedRows = {
        table: 'rate',
        key: { country: land.country, kind },
        columns: ['value', 'document'],
      };
      const says = { value, document };
      if (await isRepeated(tx, dated, says, input)) return;
      const now = await this.clock.now();
      const refusals = dayRefused(from, { ...land, now });
      if (refusals.length) throw new Refusal(refusals);
      const cut = await cutFrom(tx, dated, { ...input, now });
      const objectId = await begin(tx, dated, says, { ...input, ...cut });
      const details = { country: land.country, kind, from };
      await audit(tx, viewer, {
        ...{ at: now, action: 'rate.set', organizationId },
        ...{ objectKind: 'rate', objectId, details },
      });
    });
  }
}

/** The door of every organisation that the number charges, always in the same order; then one change at a time. */
async function enter(tx: Tx, organizationId: string): Promise<Land> {
  const { country } = await readLand(tx, organizationId);
  await rows(
    tx,
    `select ledger_enter(id) from (
       select id from organization o where country = $1
         and exists (select from period p where p.organization_id = o.id and p.state = 'OPEN') order by id) entered`,
    [country],
  );
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('legal-numbers ' || $1, 0))`, [country]);
  // what was closed meanwhile is seen behind the doors only
  return readLand(tx, organizationId);
}

const mayChange = (viewer: Staff, { organizations }: Land): boolean =>
  organizations.every((id) =>
    viewer.memberships.some((one) => one.organizationId === id && one.permissions.includes('LAW_WRITE')),
  );

const valueOf = ({ kind: _, value, ...days }: Found): LegalValue => ({
  ...days,
  value: ratioOf(BigInt(value)),
});

function numberOf(kind: LegalKind, found: readonly Found[], changesFrom: CivilDate): LegalNumber {
  const { unit, isTemporary } = LEGAL_SHAPES[kind];
  const days = found.map(({ from, to }) => ({ from, to: to && addDays(to, 1) }));
  const [hole] = uncovered(days, changesFrom);
  // a number that the country never had is no gap, nor is a temporary one that has ended
  const isMissed = found.length > 0 && !isTemporary;
  return { kind, unit, values: found.map(valueOf), missingFrom: isMissed ? (hole?.from ?? null) : null };
}
