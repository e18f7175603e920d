import {
  CHARGING_METHODS,
  type ChargingMethod,
  type Dated,
  type DaySpan,
  type EstimatedLine,
  type EstimatedMonth,
  type PeriodDays,
  type Quantity,
  type ServiceTerms,
  clip,
  dateOfDayNumber,
  moneyOf,
  quantityOf,
} from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import type { Catalogue } from './closing.catalogue';
import { EVER, type LateEstimate, type SnapshotScope, ofHouses } from './closing.drafts';
import { believed } from './closing.known';
import { Codes, copyOut, literal } from './copy';

type Line = Pick<LateEstimate, 'account' | 'service' | 'supplier' | 'tariffGroup'>;
type Row = DaySpan & { terms: ServiceTerms; method: ChargingMethod };

const METHODS = new Codes(CHARGING_METHODS);
const keyOf = ({ account, service, supplier }: Omit<Line, 'tariffGroup'>): string =>
  `${account} ${service} ${supplier}`;

/** How accounts took services in months before the one that is charged, and who lived there then. */
export class Taken {
  readonly rows = new Map<string, Row[]>();
  readonly residents = new Map<number, Dated<Quantity>[]>();

  constructor(private readonly catalogue: Catalogue) {}

  /** A line on the days that it was charged for: on all where nobody believes any more that the service was taken. */
  lineIn(line: LateEstimate, period: PeriodDays): EstimatedLine {
    const rows = this.rowsIn(line, period);
    return {
      from: rows.reduce((first, { from }) => Math.min(first, from), rows[0]?.from ?? period.from),
      to: rows.reduce((last, { to }) => Math.max(last, to), rows[0]?.to ?? period.to),
      terms: rows.at(-1)?.terms ?? this.usualTerms(line),
      quantity: quantityOf(line.quantity),
      common: quantityOf(line.common),
      charged: moneyOf(line.charged),
    };
  }

  /** Whether a reading of some days was spread over the silent months before: as what was taken on the most of them says. */
  redistributes(lines: readonly Line[], days: DaySpan): boolean {
    const rows = lines.flatMap((line) => this.rowsIn(line, days));
    const [longest] = rows.toSorted((one, other) => other.to - other.from - (one.to - one.from));
    if (longest) return longest.method === 'METER' && longest.terms.redistributes === true;
    return lines.some((line) => this.usualTerms(line).redistributes);
  }

  /** Whether a price that the line may have had depends on its volume, and so perhaps on the people. */
  asksPeople(line: Line): boolean {
    const rows = this.rows.get(keyOf(line)) ?? [];
    return [this.usualTerms(line), ...rows.map(({ terms }) => terms)].some(({ plans }) => plans);
  }

  /** Who lived there, where that was asked for. */
  livingAt({ account }: { account: number }): Pick<EstimatedMonth, 'residents'> {
    const residents = this.residents.get(account);
    return residents ? { residents } : {};
  }

  /** By the meter, at the prices of the group that the line had. */
  private usualTerms({ service, supplier, tariffGroup = 1 }: Line): ServiceTerms {
    const key = {
      service: Number(service),
      supplier: Number(supplier),
      method: 'METER',
      tariffGroup,
    } as const;
    return this.catalogue.termsOf(key).terms;
  }

  private rowsIn(line: Line, days: DaySpan): Row[] {
    const rows = this.rows.get(keyOf(line)) ?? [];
    return rows.flatMap((row) => {
      const { from, to } = clip(row, days);
      return from < to ? [{ ...row, from, to }] : [];
    });
  }
}

/** Reads how services that were charged by estimate were taken since a day, and who lived there, where a price may ask. */
export async function readTaken(
  tx: Tx,
  catalogue: Catalogue,
  scope: SnapshotScope,
  { lines, since }: { lines: readonly Line[]; since: number },
): Promise<Taken> {
  const taken = new Taken(catalogue);
  const days = `daterange('${dateOfDayNumber(since)}', '${dateOfDayNumber(catalogue.period.from)}')`;
  const found = await copyOut(
    tx,
    `select s.account_id, s.service_id, s.supplier_id, s.method, s.tariff_group, lower(s.valid), upper(s.valid)
     from account_service s
     where ${ofHouses(scope, 's')} and ${believed('s.known', scope.knownAt)} and s.valid && ${days}
       and s.account_id in (${among(lines.map(({ account }) => String(account)))})
       and s.service_id in (${among(lines.map(({ service }) => service))})
     order by s.account_id, s.service_id, s.supplier_id, lower(s.valid) nulls first`,
  );
  while (found.next()) {
    const account = found.id();
    const [service, supplier] = [found.id(), found.id()];
    const key = { service, supplier, method: found.code(METHODS), tariffGroup: found.small() };
    const span = { from: found.day(-EVER), to: found.day(EVER) };
    const { terms } = catalogue.termsOf(key);
    const name = keyOf({ account, service: String(service), supplier: String(supplier) });
    taken.rows.set(name, [...(taken.rows.get(name) ?? []), { ...span, terms, method: key.method }]);
  }
  const asking = lines.filter((line) => taken.asksPeople(line));
  if (asking.length > 0) await readResidents(tx, scope, { taken, days, accounts: asking });
  return taken;
}

const among = (ids: readonly string[]): string => literal([...new Set(ids)]);

async function readResidents(
  tx: Tx,
  scope: SnapshotScope,
  { taken, days, accounts }: { taken: Taken; days: string; accounts: readonly Line[] },
): Promise<void> {
  for (const { account } of accounts) taken.residents.set(account, []);
  const found = await copyOut(
    tx,
    `select a.id, f.id, f.value, lower(f.valid), upper(f.valid)
     from account a join fact f on f.organization_id = a.organization_id and f.house_id = a.house_id
       and (f.subject = 'ACCOUNT' and f.subject_id = a.id or f.subject = 'PREMISES' and f.subject_id = a.premises_id)
     where ${ofHouses(scope, 'a')} and a.id in (${among(accounts.map(({ account }) => String(account)))})
       and f.kind = 'RESIDENTS' and ${believed('f.known', scope.knownAt)} and f.valid && ${days}
     order by a.id, lower(f.valid) nulls first, f.id`,
  );
  while (found.next()) {
    const account = found.id();
    const id = String(found.id());
    const value = quantityOf(found.big());
    taken.residents.get(account)?.push({ id, value, from: found.day(-EVER), to: found.day(EVER) });
  }
}
