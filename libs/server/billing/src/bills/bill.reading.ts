import { addressLine } from '@kvartal/accounts';
import {
  type Money,
  type Month,
  type Quantity,
  firstDay,
  lastDay,
  moneyOf,
  priceOf,
  quantityOf,
  ratioOf,
} from '@kvartal/domain';
import { NotFound, rows, type Tx } from '@kvartal/platform';
import { previewTable } from '../closing/closing.queries';
import type {
  BillCorrection,
  BillDocument,
  BillLine,
  BillNorm,
  BillReading,
  BillShare,
} from './bill.document';
import { readPrinted } from './bill.printed';
import { codesOf } from './bill.qr';
import { BILLS, HOUSES, draftBills, draftHouses } from './bill.sql';

/** As JSON brings a row: numbers of domain types are text. */
type Json<T> = { [Field in keyof T]: JsonValue<T[Field]> };
type JsonValue<V> = V extends bigint ? string : V;

type Areas = 'residents' | 'totalArea' | 'livingArea' | 'heatedArea' | 'houseArea' | 'commonArea';
type AsTheyAre =
  | 'number'
  | 'replaces'
  | 'month'
  | 'issuedOn'
  | 'payBy'
  | 'currency'
  | 'organization'
  | 'recipients'
  | 'countedUntil'
  | 'lastPaidOn'
  | 'hasBarcodes';

interface BillRow
  extends Pick<BillDocument, AsTheyAre>, Json<Pick<BillDocument, Exclude<Areas, HouseAreas>>> {
  id: string;
  houseId: string;
  total: string;
  qr: string | null;
  accountNumber: string;
  els: string | null;
  holder: string;
  city: string;
  street: string;
  house: string;
  flat: string;
  premisesKind: string;
  lines: readonly Json<BillLine>[];
  readings: readonly Json<BillReading>[];
  corrections: readonly Json<BillCorrection>[];
}

type HouseAreas = 'houseArea' | 'commonArea';
interface HouseRow extends Json<Pick<BillDocument, HouseAreas>> {
  id: string;
  houseReadings: readonly Json<BillReading>[];
  shares: readonly Json<BillShare>[];
  norms: readonly Json<BillNorm>[];
}
type OfTheHouse = Pick<BillDocument, HouseAreas | 'houseReadings' | 'shares' | 'norms'>;

/** A closing's bills that are to be read. */
export interface BillsToRead {
  organizationId: string;
  closingId: string;
  month: Month;
}

/** Reads all that bills of one closing print, in three statements however many they are; in the order of the ids. Throws NotFound. */
export async function readBillDocuments(
  db: Pick<Tx, 'query'>,
  { organizationId, closingId, month }: BillsToRead,
  billIds: readonly string[],
): Promise<BillDocument[]> {
  return readDocuments(db, { bills: BILLS, houses: HOUSES }, { organizationId, closingId, month }, billIds);
}

/** The bill of an account as it would be, but for its days and its total. Throws NotFound. */
export async function readDraft(
  db: Pick<Tx, 'query'>,
  at: BillsToRead,
  accountId: string,
): Promise<Omit<BillDocument, 'issuedOn' | 'payBy' | 'total'>> {
  const preview = previewTable(at.closingId);
  const statements = { bills: draftBills(preview), houses: draftHouses(preview) };
  const [draft] = await readDocuments(db, statements, at, [accountId]);
  if (!draft || draft.lines.length === 0) throw new NotFound();
  return { ...draft, isDraft: true, hasBarcodes: false };
}

async function readDocuments(
  db: Pick<Tx, 'query'>,
  statements: { bills: string; houses: string },
  { organizationId, closingId, month }: BillsToRead,
  billIds: readonly string[],
): Promise<BillDocument[]> {
  const printed = JSON.stringify(await readPrinted(db, { organizationId, closingId }));
  const days = [closingId, lastDay(month), firstDay(month), printed];
  const found = await rows<BillRow>(db, statements.bills, [organizationId, billIds, ...days]);
  const byId = new Map(found.map((bill) => [bill.id, bill]));
  const houseIds = [...new Set(found.map(({ houseId }) => houseId))];
  const houses = await rows<HouseRow>(db, statements.houses, [organizationId, houseIds, ...days]);
  const houseById = new Map(houses.map((house) => [house.id, houseOf(house)]));
  return billIds.map((id) => {
    const bill = byId.get(id);
    const house = bill && houseById.get(bill.houseId);
    if (!house) throw new NotFound();
    return documentOf(bill, house);
  });
}

function documentOf(found: BillRow, house: OfTheHouse): BillDocument {
  const { accountNumber: number, els, holder, city, street, flat, premisesKind, qr, ...rest } = found;
  return {
    ...rest,
    ...house,
    isDraft: false,
    total: toMoney(rest.total),
    account: {
      number,
      els,
      holder,
      address: addressLine({ city, street, house: found.house, flat, premisesKind }),
    },
    residents: quantityOrNull(rest.residents),
    totalArea: quantityOrNull(rest.totalArea),
    livingArea: quantityOrNull(rest.livingArea),
    heatedArea: quantityOrNull(rest.heatedArea),
    lines: rest.lines.map(lineOf),
    readings: rest.readings.map(readingOf),
    corrections: rest.corrections.map((one) => ({ ...one, amount: toMoney(one.amount) })),
    codes: codesOf(qr),
  };
}

const houseOf = ({ houseArea, commonArea, houseReadings, shares, norms }: HouseRow): OfTheHouse => ({
  houseArea: quantityOrNull(houseArea),
  commonArea: quantityOrNull(commonArea),
  houseReadings: houseReadings.map(readingOf),
  shares: shares.map((share) => ({
    ...share,
    houseMeter: quantityOrNull(share.houseMeter),
    individual: toQuantity(share.individual),
    distributed: toQuantity(share.distributed),
  })),
  norms: norms.map((norm) => ({ ...norm, value: ratioOf(BigInt(norm.value)) })),
});

const toQuantity = (digits: string): Quantity => quantityOf(BigInt(digits));
const quantityOrNull = (digits: string | null): Quantity | null =>
  digits === null ? null : toQuantity(digits);
const toMoney = (digits: string): Money => moneyOf(BigInt(digits));

const readingOf = ({ previous, current, ...reading }: Json<BillReading>): BillReading => ({
  ...reading,
  previous: quantityOrNull(previous),
  current: quantityOrNull(current),
});

const lineOf = (line: Json<BillLine>): BillLine => ({
  ...line,
  quantity: toQuantity(line.quantity),
  commonQuantity: toQuantity(line.commonQuantity),
  price: priceOf(BigInt(line.price)),
  opening: toMoney(line.opening),
  charged: toMoney(line.charged),
  recalculated: toMoney(line.recalculated),
  underdelivered: toMoney(line.underdelivered),
  benefit: toMoney(line.benefit),
  adjusted: toMoney(line.adjusted),
  paid: toMoney(line.paid),
  closing: toMoney(line.closing),
  vat: toMoney(line.vat),
  excess: toMoney(line.excess),
});
