import type {
  CivilDate,
  ExplainedAddition,
  ExplainedInput,
  Explanation,
  InputName,
  Quantity,
  Resource,
  Zone,
} from '@kvartal/domain';
import { quantityOf } from '@kvartal/domain';
import { rows, type Tx } from '@kvartal/platform';
import type { ReadingSource } from '@kvartal/meters';
import type { OriginKind } from './explaining.enums';
import type { Origin } from './explaining.types';

/** Which table the source of an input names. A register's is the meter itself. */
const TABLES: Readonly<Partial<Record<InputName, Exclude<OriginKind, 'TARIFF' | 'BENEFIT'>>>> = {
  AREA: 'FACT',
  RESIDENTS: 'FACT',
  OWNERS: 'FACT',
  UNUSABLE_SINCE: 'FACT',
  NORM: 'NORM',
  HEAT_NORM: 'NORM',
  HEATING_MONTHS: 'NORM',
  PREVIOUS_READING: 'READING',
  CURRENT_READING: 'READING',
  FACTOR: 'METER',
  ESTIMATED_SINCE: 'METER',
  AVERAGE: 'METER',
  MISSED: 'METER',
  GAP: 'METER',
  IRRIGATION: 'METER',
  ACT: 'ACT',
  COEFFICIENT: 'ACT',
  USUAL_COEFFICIENT: 'RATE',
};

/** Which table an addition names. */
const ADDITIONS: Readonly<Partial<Record<ExplainedAddition['kind'], OriginKind>>> = {
  VAT: 'RATE',
  BENEFIT: 'BENEFIT',
  ABSENCE: 'ACT',
  OUTAGE: 'ACT',
};

/** Where the numbers of explanations come from, by the row that each of them names. */
export class Origins {
  constructor(private readonly byRow: ReadonlyMap<string, Origin>) {}

  of(kind: OriginKind, id: string | null): Origin | null {
    return id === null ? null : (this.byRow.get(`${kind} ${id}`) ?? null);
  }

  ofInput({ name, source }: ExplainedInput): Origin | null {
    const kind = TABLES[name];
    return kind ? this.of(kind, source) : null;
  }

  ofAddition({ kind, source }: ExplainedAddition): Origin | null {
    const table = ADDITIONS[kind];
    return table ? this.of(table, source) : null;
  }
}

/** Reads the rows that explanations name: by key, a table at a time. */
export async function readOrigins(
  tx: Tx,
  organizationId: string,
  explained: readonly Explanation[],
): Promise<Origins> {
  const wanted = idsOf(explained);
  const found: Origin[] = [];
  for (const [kind, ids] of wanted) {
    const origins = await rows<RawOrigin>(tx, SELECTS[kind], [organizationId, [...ids]]);
    for (const origin of origins) found.push(originOf(kind, origin));
  }
  return new Origins(new Map(found.map((origin) => [`${origin.kind} ${origin.id}`, origin])));
}

function idsOf(explained: readonly Explanation[]): Map<OriginKind, Set<string>> {
  const wanted = new Map<OriginKind, Set<string>>();
  const want = (kind: OriginKind | undefined, id: string | null): void => {
    if (kind === undefined || id === null || !/^\d{1,15}$/.test(id)) return;
    const ids = wanted.get(kind) ?? new Set();
    wanted.set(kind, ids.add(id));
  };
  for (const { inputs, segments, additions } of explained) {
    for (const { name, source } of inputs) want(TABLES[name], source);
    for (const { tariffId } of segments) want('TARIFF', tariffId);
    for (const { kind, source, law } of additions) {
      want(ADDITIONS[kind], source);
      want('RATE', law);
    }
  }
  return wanted;
}

/** A row as it is read. */
export type RawOrigin = { id: string } & Partial<{
  document: string;
  service: string;
  validFrom: CivilDate | null;
  validTo: CivilDate | null;
  recordedAt: Date;
  author: string | null;
  takenOn: CivilDate;
  value: string;
  source: ReadingSource;
  resource: Resource;
  zone: Zone;
  place: string;
  serial: string | null;
}>;

const VALID = `lower(x.valid)::text as "validFrom", (upper(x.valid) - 1)::text as "validTo", lower(x.known) as "recordedAt"`;
export const METER = 'm.resource, x.zone, m.place, m.serial';
const MINE = 'where x.organization_id = $1 and x.id = any($2::bigint[])';

const AUTHOR = `coalesce(nullif(u.name, ''), u.login) as author`;
const BY = 'left join portal_user u on u.id = x.created_by';
const PAPER = `x.id, x.document, s.name as service, ${VALID}, ${AUTHOR}`;
const OF_SERVICE = 'left join service s on s.organization_id = x.organization_id and s.id = x.service_id';

const SELECTS: Readonly<Record<OriginKind, string>> = {
  FACT: `select x.id, x.source as document, ${VALID}, ${AUTHOR} from fact x ${BY} ${MINE}`,
  NORM: `select x.id, x.document, s.name as service, ${VALID} from norm x
    join service s on s.organization_id = x.organization_id and s.id = x.service_id ${MINE}`,
  TARIFF: `select x.id, x.document, s.name as service, ${VALID} from tariff x
    join service s on s.organization_id = x.organization_id and s.id = x.service_id ${MINE}`,
  RATE: `select x.id, x.document, ${VALID} from rate x where $1::bigint is not null and x.id = any($2::bigint[])`,
  ACT: `select ${PAPER} from account_act x ${OF_SERVICE} ${BY} ${MINE}`,
  BENEFIT: `select ${PAPER} from benefit_right x ${OF_SERVICE} ${BY} ${MINE}`,
  READING: `select r.id, r.value, r.taken_on::text as "takenOn", r.source, r.created_at as "recordedAt", ${METER}
    from reading r
    join register x on x.organization_id = r.organization_id and x.id = r.register_id
    join meter m on m.organization_id = x.organization_id and m.id = x.meter_id
    where r.organization_id = $1 and r.id = any($2::bigint[])`,
  METER: `select x.id, ${METER} from register x
    join meter m on m.organization_id = x.organization_id and m.id = x.meter_id ${MINE}`,
};

export function originOf(kind: OriginKind, raw: RawOrigin): Origin {
  const { id, value } = raw;
  return {
    kind,
    id,
    document: raw.document ?? '',
    service: raw.service ?? null,
    validFrom: raw.validFrom ?? null,
    validTo: raw.validTo ?? null,
    recordedAt: raw.recordedAt ?? null,
    author: raw.author ?? null,
    takenOn: raw.takenOn ?? null,
    value: value === undefined ? null : quantityIn(value),
    source: raw.source ?? null,
    resource: raw.resource ?? null,
    zone: raw.zone ?? null,
    place: raw.place ?? null,
    serial: raw.serial ?? null,
  };
}

const quantityIn = (digits: string): Quantity => quantityOf(BigInt(digits));
