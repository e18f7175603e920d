import { allocateInOrder, allocateProportional } from '../allocation';
import { consumption } from '../charging/consumption';
import { type HouseShare } from '../charging/common-area';
import { calculateHouse, type HouseMonth } from '../charging/house';
import { calculateStatement } from '../charging/statement';
import { type StatementLine } from '../charging/statement-line';
import { quantity, type Quantity } from '../decimal';
import { balancesAfter, type JournalEntry } from '../ledger';
import { type Money, moneyOf, ZERO } from '../money';
import { type FlatMonth, houseIn, type Moved, unmoved } from './house';
import { Metering } from './metering';
import { type Flat, type Happening, type Plan, type ServiceId, SERVICES } from './plan';

/** What is charged by the one meter of a flat. */
const METERED = ['WATER', 'SUPPLY'] as const satisfies readonly ServiceId[];

type Charges = Readonly<Record<ServiceId, Money>>;
const eachService = <T>(of: (service: ServiceId) => T): Record<ServiceId, T> => ({
  MAINT: of('MAINT'),
  WASTE: of('WASTE'),
  INTERCOM: of('INTERCOM'),
  WATER: of('WATER'),
  SUPPLY: of('SUPPLY'),
  DRAIN: of('DRAIN'),
  COMMON: of('COMMON'),
});

/** The books of one flat. */
class FlatBooks {
  readonly readings = new Map<number, Quantity>();
  /** What was charged and recalculated so far. */
  believed = eachService(() => ZERO);
  closed = eachService(() => ZERO);
  moved: Record<ServiceId, Moved> = eachService(() => unmoved());

  constructor(readonly flat: Flat) {}
}

/**
 * A house's books: told what happens, in any order within a month and as often as one likes, and closed month by
 * month by the product's own rules. Beside the lines runs a journal that only grows.
 */
export class Books {
  /** By month, then flat. */
  readonly closings: HouseMonth[] = [];
  readonly journal: JournalEntry[] = [];
  private readonly heard = new Set<string>();
  private readonly flats: ReadonlyMap<string, FlatBooks>;
  private readonly payments = new Map<string, readonly Money[]>();

  constructor(private readonly plan: Plan) {
    this.flats = new Map(plan.flats.map((flat) => [flat.id, new FlatBooks(flat)]));
  }

  /** Hears of something; a second time changes nothing. */
  hear(happening: Happening): void {
    if (this.heard.has(happening.id)) return;
    this.heard.add(happening.id);
    const books = this.of(happening.flat);
    switch (happening.kind) {
      case 'READING':
        return void books.readings.set(happening.of, happening.value);
      case 'CORRECTION':
        return this.correct(books, happening);
      case 'PAYMENT':
        return this.pay(books, happening);
      case 'REVERSAL':
        return this.reverse(books, happening);
      case 'ADJUSTMENT':
        return this.adjust(books, happening);
    }
  }

  /** The month as it would be closed now. Changes nothing. */
  preview(turned = false): HouseMonth {
    const at = this.closings.length;
    const flats = [...this.flats.values()].map((books): FlatMonth => {
      const register = this.meteringOf(books, at)?.register;
      return { flat: books.flat, register, moved: books.moved };
    });
    return calculateHouse(houseIn(this.plan, at, turned ? flats.reverse() : flats, this.carryInto(at)));
  }

  /** Closes the month: its lines stand, the next one opens with their balances. */
  close(): HouseMonth {
    const month = this.preview();
    for (const { accountId, lines } of month.statements) {
      const books = this.of(accountId);
      for (const line of lines) {
        const service = serviceOf(line);
        const id = `${accountId}-charge-${this.closings.length}-${service}`;
        this.journal.push({ id, type: 'CHARGE', service: `${accountId}/${service}`, amount: line.charged });
        books.closed[service] = line.closing;
        books.believed[service] = moneyOf(books.believed[service] + line.charged);
        books.moved[service] = unmoved(line.closing);
      }
    }
    this.closings.push(month);
    return month;
  }

  /** What a flat is charged for all closed months by what is known now, computed from the beginning. */
  chargedByNow(flat: string): Charges {
    return this.charges(this.of(flat));
  }

  /** What a flat's meter has counted until it was read last, and what each of its services is charged for by then. */
  meteredByNow(flat: string): { counted: bigint; charged: readonly bigint[] } {
    const books = this.of(flat);
    const last = Math.max(...books.readings.keys());
    const read = books.readings.get(last);
    if (!books.flat.hasMeter || read === undefined) return { counted: 0n, charged: [] };
    const charged = METERED.map(() => 0n);
    this.meteringOf(books, this.closings.length, ({ serviceId, quantity: used }, month) => {
      const place = METERED.findIndex((one) => one === serviceId);
      if (place >= 0 && month <= last) charged[place] = (charged[place] ?? 0n) + used;
    });
    return { counted: read - books.flat.start, charged };
  }

  /** What the journal says is owed, by flat and service. */
  balances(): Map<string, Money> {
    return balancesAfter(this.journal);
  }

  private of(flat: string): FlatBooks {
    const books = this.flats.get(flat);
    if (!books) throw new RangeError(`There is no flat ${flat}`);
    return books;
  }

  /** Split over what the last closing left owing; what nothing takes is an advance on the first service. */
  private pay(books: FlatBooks, { id, amount, mode }: Extract<Happening, { kind: 'PAYMENT' }>): void {
    const owed = SERVICES.map((service) => books.closed[service]);
    const split = mode === 'SHARED' ? allocateProportional : allocateInOrder;
    const { amounts, advance } = split(amount, owed);
    const parts = amounts.map((part, at) => (at === 0 ? moneyOf(part + advance) : part));
    this.payments.set(id, parts);
    for (const [at, service] of SERVICES.entries()) {
      const part = parts[at] ?? ZERO;
      if (part === 0n) continue;
      books.moved[service].paid = moneyOf(books.moved[service].paid + part);
      this.post(`${id}-${service}`, 'PAYMENT', books, { service, amount: part });
    }
  }

  private reverse(books: FlatBooks, { payment }: Extract<Happening, { kind: 'REVERSAL' }>): void {
    for (const [at, service] of SERVICES.entries()) {
      const part = this.payments.get(payment)?.[at] ?? ZERO;
      if (part === 0n) continue;
      books.moved[service].paid = moneyOf(books.moved[service].paid - part);
      this.journal.push({
        id: `${payment}-${service}-back`,
        type: 'STORNO',
        reversalOf: `${payment}-${service}`,
      });
    }
  }

  private adjust(
    books: FlatBooks,
    { id, service, amount }: Extract<Happening, { kind: 'ADJUSTMENT' }>,
  ): void {
    books.moved[service].adjusted = moneyOf(books.moved[service].adjusted + amount);
    this.post(id, 'ADJUSTMENT', books, { service, amount });
  }

  /** A closed month is never changed: what it would be by the right reading, less what was believed, moves this month. */
  private correct(books: FlatBooks, { id, of, value }: Extract<Happening, { kind: 'CORRECTION' }>): void {
    books.readings.set(of, value);
    const right = this.charges(books);
    for (const service of SERVICES) {
      const amount = moneyOf(right[service] - books.believed[service]);
      if (amount === 0n) continue;
      books.believed[service] = right[service];
      books.moved[service].recalculated = moneyOf(books.moved[service].recalculated + amount);
      this.post(`${id}-${service}`, 'RECALCULATION', books, { service, amount });
    }
  }

  private post(
    id: string,
    type: 'PAYMENT' | 'ADJUSTMENT' | 'RECALCULATION',
    { flat }: FlatBooks,
    { service, amount }: { service: ServiceId; amount: Money },
  ): void {
    this.journal.push({ id, type, service: `${flat.id}/${service}`, amount });
  }

  private charges(books: FlatBooks): Charges {
    const total = eachService(() => ZERO);
    this.meteringOf(books, this.closings.length, ({ serviceId, charged }) => {
      const service = SERVICES.find((one) => one === serviceId);
      if (service) total[service] = moneyOf(total[service] + charged);
    });
    return total;
  }

  /** Charges the months before `at` one after another with the shares that stand, and says what month `at` begins with. */
  private meteringOf(
    books: FlatBooks,
    at: number,
    charged: (line: StatementLine, month: number) => void = () => undefined,
  ): { register: FlatMonth['register'] } {
    const [first] = this.plan.months;
    const metering = books.flat.hasMeter && first ? new Metering(books.flat, first) : undefined;
    const registerIn = (month: number) => {
      const period = this.plan.months[month];
      return period && metering?.register(period, books.readings.get(month));
    };
    for (const [month, period] of this.plan.months.slice(0, at).entries()) {
      const register = registerIn(month);
      const lines = this.statement(books.flat, month, register);
      for (const line of lines) charged(line, month);
      const metered = lines.filter(({ serviceId }) => METERED.some((one) => one === serviceId));
      if (register) metering?.go(register, period, metered);
    }
    return { register: registerIn(at) };
  }

  private statement(flat: Flat, at: number, register: FlatMonth['register']): readonly StatementLine[] {
    const moved = eachService(() => unmoved());
    const [account] = houseIn(this.plan, at, [{ flat, register, moved }], quantity('0')).accounts;
    const share: HouseShare | undefined = this.closings[at]?.share;
    if (!account || !share) throw new RangeError(`Month ${at} is not closed`);
    return calculateStatement(account, consumption(account), share).lines;
  }

  private carryInto(at: number): Quantity {
    return this.closings[at - 1]?.share.commons[0]?.carryOut ?? quantity('0');
  }
}

function serviceOf({ serviceId }: StatementLine): ServiceId {
  const service = SERVICES.find((one) => one === serviceId);
  if (!service) throw new RangeError(`Nobody takes ${serviceId}`);
  return service;
}
