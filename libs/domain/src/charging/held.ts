import { type HouseMonth } from './house';
import {
  addPart,
  balance,
  closingOf,
  dueOf,
  type LineBeingMade,
  newLine,
  type StatementLine,
} from './statement-line';
import { type AccountSnapshot, type HouseSnapshot } from './snapshot';
import { type Statement } from './statement';
import { priceOf, quantityOf } from '../decimal';
import { type Money, moneyOf, ZERO } from '../money';

/** A line of an account by what it is charged for. */
export interface LineKey {
  readonly accountId: string;
  readonly serviceId: string;
  readonly supplierId: string;
}

/** What a person holds back this month: a line, or all lines of an account where no service is named. */
export interface Held {
  readonly accountId: string;
  readonly serviceId: string | null;
  readonly supplierId: string | null;
}

/** What was held in an earlier month and is charged now: minor units, with its benefits and reductions. */
export interface LateCharge extends LineKey {
  readonly recalculated: Money;
}

/**
 * The month of a house that is not charged: every line carries its balance and what moved it forward, charges nothing,
 * and says so by its method. What it would have been charged is charged in the next month (docs/decisions/011).
 */
export function carryForward(house: HouseSnapshot): HouseMonth {
  const statements = house.accounts.map((account): Statement => {
    const { accountId } = account;
    return { accountId, lines: carriedLines(account), missingTariffs: [], missingNorms: [] };
  });
  return { houseId: house.houseId, share: { period: house.period, commons: [] }, statements };
}

function carriedLines({ services }: AccountSnapshot): StatementLine[] {
  const lines: LineBeingMade[] = [];
  for (const service of services) {
    const line: LineBeingMade = { ...newLine(service), method: 'HELD' };
    const before = lines.at(-1);
    const isPart = before?.serviceId === line.serviceId && before.supplierId === line.supplierId;
    const whole = before && isPart ? addPart(before, line) : line;
    balance(whole);
    if (whole === line) lines.push(line);
  }
  return lines;
}

/** An account's line while it is held: its balance and no charge. Of a service that it does not take, nothing at all. */
export function heldLine(account: AccountSnapshot, key: Omit<LineKey, 'accountId'>): StatementLine {
  const { serviceId, supplierId } = key;
  return carriedLines(account).find(isSame(key)) ?? { ...EMPTY, serviceId, supplierId };
}

/** A computed month without what is held: those lines are as if the house were not charged, the others as they are. */
export function holdLines(computed: HouseMonth, house: HouseSnapshot, held: readonly Held[]): HouseMonth {
  if (held.length === 0) return computed;
  const carried = new Map(carryForward(house).statements.map((one) => [one.accountId, one.lines]));
  const statements = computed.statements.map((statement) => {
    const own = held.filter(({ accountId }) => accountId === statement.accountId);
    if (own.length === 0) return statement;
    const lines = statement.lines.map((line) =>
      own.some(isOf(line)) ? (carried.get(statement.accountId)?.find(isSame(line)) ?? line) : line,
    );
    return { ...statement, lines };
  });
  return { ...computed, statements };
}

/** A computed month with what earlier months held: each sum enters the recalculation of its line, which stays in its place. */
export function chargeLate(computed: HouseMonth, late: readonly LateCharge[]): HouseMonth {
  if (late.length === 0) return computed;
  const statements = computed.statements.map((statement) => {
    const own = late.filter(({ accountId }) => accountId === statement.accountId);
    if (own.length === 0) return statement;
    const lines = statement.lines.map((line) => added(line, own.filter(isSame(line))));
    const lost = own.filter((one) => !statement.lines.some(isSame(one)));
    return { ...statement, lines: [...lines, ...newLines(lost)] };
  });
  return { ...computed, statements };
}

const isSame =
  (one: Pick<LineKey, 'serviceId' | 'supplierId'>) =>
  (other: Pick<LineKey, 'serviceId' | 'supplierId'>): boolean =>
    one.serviceId === other.serviceId && one.supplierId === other.supplierId;

const isOf =
  (line: Pick<LineKey, 'serviceId' | 'supplierId'>) =>
  ({ serviceId, supplierId }: Held): boolean =>
    serviceId === null || (serviceId === line.serviceId && supplierId === line.supplierId);

function added(line: StatementLine, late: readonly LateCharge[]): StatementLine {
  if (late.length === 0) return line;
  const recalculated = late.reduce((total, one) => moneyOf(total + one.recalculated), line.recalculated);
  const closing = closingOf({ ...line, recalculated });
  return { ...line, recalculated, closing, due: dueOf(closing) };
}

/** Lines of services that the account no longer takes; several months of one make one line. */
function newLines(lost: readonly LateCharge[]): StatementLine[] {
  const lines: StatementLine[] = [];
  for (const one of lost) {
    if (lines.some(isSame(one))) continue;
    lines.push(
      added({ ...EMPTY, serviceId: one.serviceId, supplierId: one.supplierId }, lost.filter(isSame(one))),
    );
  }
  return lines;
}

const EMPTY: Omit<StatementLine, 'serviceId' | 'supplierId'> = {
  method: 'HELD',
  quantity: quantityOf(0n),
  commonQuantity: quantityOf(0n),
  price: priceOf(0n),
  tariffId: null,
  opening: ZERO,
  charged: ZERO,
  vat: ZERO,
  excess: ZERO,
  recalculated: ZERO,
  underdelivered: ZERO,
  benefit: ZERO,
  adjusted: ZERO,
  paid: ZERO,
  closing: ZERO,
  due: ZERO,
};
