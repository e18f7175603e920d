import { type Price, priceOf, type Quantity, quantityOf } from '../decimal';
import { type Money, moneyOf, ZERO } from '../money';
import { type AccountService, type LineMethod, type ServiceTerms } from './snapshot';

/**
 * The ledger's row. `closing = opening + charged + recalculated + underdelivered + benefit + adjusted − paid`, debt
 * positive, reductions negative, payments positive.
 */
export interface StatementLine {
  readonly serviceId: string;
  readonly supplierId: string;
  readonly method: LineMethod;
  /** All that is charged in the line, millionths. */
  readonly quantity: Quantity;
  /** Which part of the quantity is a share of the house's common consumption. */
  readonly commonQuantity: Quantity;
  /** The price on the last day that is charged. */
  readonly price: Price;
  /** The tariff of that price; null where nothing is charged. */
  readonly tariffId: string | null;
  readonly opening: Money;
  readonly charged: Money;
  /** The tax in what is charged, whether the price held it or it came on top. */
  readonly vat: Money;
  /** Which part of what is charged comes from a raised norm alone (specification B.3.2). */
  readonly excess: Money;
  readonly recalculated: Money;
  readonly underdelivered: Money;
  readonly benefit: Money;
  readonly adjusted: Money;
  readonly paid: Money;
  readonly closing: Money;
  /** What the line's row asks to pay: an overpayment asks nothing. */
  readonly due: Money;
}

/** A line while the rules fill it. */
export type LineBeingMade = { -readonly [Field in keyof StatementLine]: StatementLine[Field] };

const NO_QUANTITY = quantityOf(0n);
const NO_PRICE = priceOf(0n);

/** The line of a service with what has already moved it, before it is charged. */
export function newLine(service: AccountService): LineBeingMade {
  return {
    serviceId: service.terms.serviceId,
    supplierId: service.terms.supplierId,
    method: service.method,
    quantity: NO_QUANTITY,
    commonQuantity: NO_QUANTITY,
    price: NO_PRICE,
    tariffId: null,
    opening: service.opening,
    charged: ZERO,
    vat: ZERO,
    excess: ZERO,
    recalculated: service.recalculated,
    underdelivered: service.underdelivered,
    benefit: service.benefit,
    adjusted: service.adjusted,
    paid: service.paid,
    closing: ZERO,
    due: ZERO,
  };
}

/** Adds a later part of the month to the line of the same service and supplier, which keeps the later price. */
export function addPart(line: LineBeingMade, part: LineBeingMade): LineBeingMade {
  line.quantity = quantityOf(line.quantity + part.quantity);
  line.commonQuantity = quantityOf(line.commonQuantity + part.commonQuantity);
  for (const field of MONEY_FIELDS) line[field] = moneyOf(line[field] + part[field]);
  if (part.tariffId !== null) {
    line.method = part.method;
    line.price = part.price;
    line.tariffId = part.tariffId;
  }
  return line;
}

const MONEY_FIELDS = [
  'opening',
  'charged',
  'vat',
  'excess',
  'recalculated',
  'underdelivered',
  'benefit',
  'adjusted',
  'paid',
] as const satisfies readonly (keyof LineMoney | 'vat' | 'excess')[];

/** What has moved a line's balance in a month. */
export type LineMoney = Pick<
  StatementLine,
  'opening' | 'charged' | 'recalculated' | 'underdelivered' | 'benefit' | 'adjusted' | 'paid'
>;

/** What is owed after the month: the identity of the ledger. */
export function closingOf(line: LineMoney): Money {
  return moneyOf(
    line.opening +
      line.charged +
      line.recalculated +
      line.underdelivered +
      line.benefit +
      line.adjusted -
      line.paid,
  );
}

/** Draws the balance of a line whose charge is known. */
export function balance(line: LineBeingMade): void {
  line.closing = closingOf(line);
  line.due = dueOf(line.closing);
}

/** What the price alone charges in a line: without tax on top and what a raised norm adds (specification B.7). */
export const netOf = (
  { charged, vat, excess }: Pick<StatementLine, 'charged' | 'vat' | 'excess'>,
  terms: Pick<ServiceTerms, 'vat'> | undefined,
): Money => moneyOf(charged - excess - (terms?.vat?.mode === 'EXCLUSIVE' ? vat : 0n));

/** What a row asks to pay: never less than nothing (specification D.2). */
export function dueOf(closing: Money): Money {
  return closing > 0n ? closing : ZERO;
}
