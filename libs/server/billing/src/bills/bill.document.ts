import { addressLine } from '@kvartal/accounts';
import {
  type CivilDate,
  type LineMethod,
  type Money,
  type Month,
  type Price,
  type Quantity,
  firstDay,
  lastDay,
  moneyOf,
  priceOf,
  quantityOf,
} from '@kvartal/domain';
import { type Resource, type Zone } from '@kvartal/meters';
import { NotFound, row, type Tx } from '@kvartal/platform';
import { codesOf } from './bill.qr';

/** A row of the bill's table of services. */
export interface BillLine {
  service: string;
  unit: string;
  method: LineMethod;
  quantity: Quantity;
  price: Price;
  opening: Money;
  charged: Money;
  recalculated: Money;
  underdelivered: Money;
  benefit: Money;
  adjusted: Money;
  paid: Money;
  closing: Money;
}

/** A row of its table of meters. */
export interface BillReading {
  resource: Resource;
  zone: Zone;
  serial: string | null;
  previous: Quantity | null;
  current: Quantity | null;
  takenOn: CivilDate | null;
  verifiedUntil: CivilDate | null;
}

/** Who takes money by this bill, and where. */
export interface BillRecipient {
  name: string;
  taxId: string;
  requisites: Partial<Record<'name' | 'bic' | 'account' | 'correspondent' | 'kpp', string>>;
}

/** Everything that a bill prints, as it was known when the month was closed. */
export interface BillDocument {
  number: string;
  month: Month;
  issuedOn: CivilDate;
  payBy: CivilDate;
  total: Money;
  currency: 'RUB' | 'KZT';
  account: { number: string; holder: string; address: string };
  residents: Quantity | null;
  totalArea: Quantity | null;
  heatedArea: Quantity | null;
  houseArea: Quantity | null;
  organization: {
    name: string;
    taxId: string;
    requisites: Partial<Record<'phone' | 'dispatcherPhone' | 'address' | 'email' | 'site', string>>;
  };
  lines: readonly BillLine[];
  readings: readonly BillReading[];
  recipients: readonly BillRecipient[];
  /** Texts of payment codes, one a recipient that something is due to. */
  codes: readonly string[];
}

/** Columns in millionths or minor units, as JSON brings them. */
type Digits<T, K extends keyof T> = Omit<T, K> & {
  [Field in K]: T[Field] extends bigint ? string : string | null;
};
type LineJson = Digits<
  BillLine,
  | 'quantity'
  | 'price'
  | 'opening'
  | 'charged'
  | 'recalculated'
  | 'underdelivered'
  | 'benefit'
  | 'adjusted'
  | 'paid'
  | 'closing'
>;
type ReadingJson = Digits<BillReading, 'previous' | 'current'>;

interface BillRow extends Pick<
  BillDocument,
  'number' | 'month' | 'issuedOn' | 'payBy' | 'currency' | 'organization' | 'recipients'
> {
  total: string;
  qr: string | null;
  accountNumber: string;
  holder: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
  residents: string | null;
  totalArea: string | null;
  heatedArea: string | null;
  houseArea: string | null;
  lines: readonly LineJson[];
  readings: readonly ReadingJson[];
}

/** What was believed when the month was closed; a fact that was entered later serves where there was none. */
const known = (columns: string, from: string, where: string): string =>
  `(select ${columns} from ${from} f where f.organization_id = b.organization_id and ${where}
    and f.valid @> $4::date order by f.known @> c.knew_at desc, upper_inf(f.known) desc, f.id limit 1)`;
const fact = (subject: string, id: string, kind: string): string =>
  known('f.value::text', 'fact', `f.subject = '${subject}' and f.subject_id = ${id} and f.kind = '${kind}'`);

const BILL = `
  select b.number, to_char(p.month, 'YYYY-MM') as month, b.issued_on::text as "issuedOn", b.pay_by::text as "payBy", b.total,
    b.qr, o.currency, a.number as "accountNumber", h.city, h.street, h.number as house, q.number as flat,
    q.kind as "premisesKind",
    coalesce(${known(
      `case f.kind when 'LEGAL' then f.company else concat_ws(' ', f.surname, f.given_name, f.patronymic) end`,
      'holder',
      'f.account_id = a.id',
    )}, '') as holder,
    ${fact('ACCOUNT', 'a.id', 'RESIDENTS')} as residents,
    ${fact('PREMISES', 'a.premises_id', 'TOTAL_AREA')} as "totalArea",
    ${fact('PREMISES', 'a.premises_id', 'HEATED_AREA')} as "heatedArea",
    ${fact('HOUSE', 'a.house_id', 'TOTAL_AREA')} as "houseArea",
    json_build_object('name', o.name, 'taxId', o.tax_id, 'requisites', o.requisites) as organization,
    (select coalesce(json_agg(json_build_object('service', s.name, 'unit', s.unit, 'method', l.method,
        'quantity', l.quantity::text, 'price', l.price::text, 'opening', l.opening::text, 'charged', l.charged::text,
        'recalculated', l.recalculated::text, 'underdelivered', l.underdelivered::text, 'benefit', l.benefit::text,
        'adjusted', l.adjusted::text, 'paid', l.paid::text, 'closing', l.closing::text)
        order by s.calc_order, s.id, l.supplier_id), '[]')
      from statement_line l join service s on s.organization_id = l.organization_id and s.id = l.service_id
      where l.organization_id = $1 and l.account_id = a.id and l.closing_id = $3) as lines,
    (select coalesce(json_agg(json_build_object('name', r.name, 'taxId', r.tax_id, 'requisites', r.requisites) order by r.id), '[]')
      from supplier r where r.organization_id = b.organization_id and r.id in (
        select u.recipient_id from statement_line l
        join supplier u on u.organization_id = l.organization_id and u.id = l.supplier_id
        where l.organization_id = $1 and l.account_id = a.id and l.closing_id = $3)) as recipients,
    (select coalesce(json_agg(json_build_object('resource', m.resource, 'zone', g.zone, 'serial', m.serial,
        'previous', (select e.value::text from reading e where e.organization_id = g.organization_id and e.register_id = g.id
          and e.month < p.month and e.settles order by e.month desc limit 1),
        'current', n.value::text, 'takenOn', n.taken_on::text,
        'verifiedUntil', (select (upper(f.valid) - 1)::text from fact f where f.organization_id = m.organization_id
          and f.subject = 'METER' and f.subject_id = m.id and f.kind = 'METER_VERIFIED' and upper_inf(f.known)
          and f.valid @> $4::date limit 1)) order by m.resource, m.id, g.id), '[]')
      from meter m join register g on g.organization_id = m.organization_id and g.meter_id = m.id
      left join reading n on n.organization_id = g.organization_id and n.register_id = g.id and n.month = p.month and n.settles
      where m.organization_id = b.organization_id and m.account_id = a.id and exists (
        select from fact f where f.organization_id = m.organization_id and f.subject = 'METER' and f.subject_id = m.id
          and f.kind = 'METER_WORKING' and upper_inf(f.known) and f.value > 0 and f.valid && daterange($5::date, $4::date, '[]'))
    ) as readings
  from bill b
  join closing c on c.organization_id = b.organization_id and c.id = b.closing_id
  join period p on p.organization_id = b.organization_id and p.id = b.period_id
  join organization o on o.id = b.organization_id
  join account a on a.organization_id = b.organization_id and a.id = b.account_id
  join house h on h.organization_id = a.organization_id and h.id = a.house_id
  join premises q on q.organization_id = a.organization_id and q.id = a.premises_id
  where b.organization_id = $1 and b.id = $2`;

/** Reads all that one bill prints. Throws NotFound. */
export async function readBillDocument(
  db: Pick<Tx, 'query'>,
  bill: { organizationId: string; billId: string; closingId: string; month: Month },
): Promise<BillDocument> {
  const found = await row<BillRow>(db, BILL, [
    bill.organizationId,
    bill.billId,
    bill.closingId,
    lastDay(bill.month),
    firstDay(bill.month),
  ]);
  if (!found) throw new NotFound();
  const { accountNumber, holder, city, street, house, flat, premisesKind, qr, total, ...rest } = found;
  return {
    ...rest,
    total: moneyOf(BigInt(total)),
    account: {
      number: accountNumber,
      holder,
      address: addressLine({ city, street, house, flat, premisesKind }),
    },
    residents: quantityOrNull(rest.residents),
    totalArea: quantityOrNull(rest.totalArea),
    heatedArea: quantityOrNull(rest.heatedArea),
    houseArea: quantityOrNull(rest.houseArea),
    lines: rest.lines.map(lineOf),
    readings: rest.readings.map(({ previous, current, ...reading }) => ({
      ...reading,
      previous: quantityOrNull(previous),
      current: quantityOrNull(current),
    })),
    codes: codesOf(qr),
  };
}

const quantityOrNull = (digits: string | null): Quantity | null =>
  digits === null ? null : quantityOf(BigInt(digits));
const toMoney = (digits: string): Money => moneyOf(BigInt(digits));

const lineOf = (line: LineJson): BillLine => ({
  service: line.service,
  unit: line.unit,
  method: line.method,
  quantity: quantityOf(BigInt(line.quantity)),
  price: priceOf(BigInt(line.price)),
  opening: toMoney(line.opening),
  charged: toMoney(line.charged),
  recalculated: toMoney(line.recalculated),
  underdelivered: toMoney(line.underdelivered),
  benefit: toMoney(line.benefit),
  adjusted: toMoney(line.adjusted),
  paid: toMoney(line.paid),
  closing: toMoney(line.closing),
});
