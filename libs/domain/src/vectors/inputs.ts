import { type CivilDate, civilDate } from '../civil-date';
import { type Price, price, type Quantity, quantity, type Ratio, ratio } from '../decimal';
import { type Money, money } from '../money';
import { type Month, month } from '../month';

/**
 * The inputs of a vector, read value by value. Numbers may stand as text or as JSON numbers. Whatever is missing or
 * malformed throws a RangeError that names it.
 */
export class Inputs {
  private constructor(
    private readonly values: ReadonlyMap<string, unknown>,
    private readonly path: string,
  ) {}

  static of(json: unknown, path = ''): Inputs {
    if (!isRecord(json)) throw new RangeError(`${path || 'inputs'}: not an object`);
    return new Inputs(new Map(Object.entries(json)), path);
  }

  has(key: string): boolean {
    const value = this.values.get(key);
    return value !== undefined && value !== null;
  }

  /** Whether a key stands there with null: that says something else than a key left out. */
  isNull(key: string): boolean {
    return this.values.get(key) === null;
  }

  text(key: string): string {
    const value = this.values.get(key);
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw new RangeError(`${this.name(key)}: ${this.has(key) ? 'neither text nor a number' : 'missing'}`);
  }

  textOr<T>(key: string, otherwise: T): string | T {
    return this.has(key) ? this.text(key) : otherwise;
  }

  /** False where the key is missing. */
  flag(key: string): boolean {
    const value = this.has(key) ? this.values.get(key) : false;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new RangeError(`${this.name(key)}: neither true nor false`);
  }

  whole(key: string): number {
    const text = this.text(key);
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value))
      throw new RangeError(`${this.name(key)}: no whole number: ${JSON.stringify(text)}`);
    return value;
  }

  wholeOr(key: string, otherwise: number): number {
    return this.has(key) ? this.whole(key) : otherwise;
  }

  /** How many: days, digits, months. */
  count(key: string): number {
    const value = this.whole(key);
    if (value < 0) throw new RangeError(`${this.name(key)}: below zero: ${value}`);
    return value;
  }

  countOr(key: string, otherwise: number): number {
    return this.has(key) ? this.count(key) : otherwise;
  }

  /** A count of people, as the rules multiply it. */
  people(key = 'persons', least = 0): bigint {
    const count = this.count(key);
    if (count < least) throw new RangeError(`${this.name(key)}: must be ${least} at least`);
    return BigInt(count);
  }

  /** Money as text. A JSON number with a fraction is refused: it is a binary one, and may stand a kopek beside. */
  money(key: string): Money {
    const value = this.values.get(key);
    if (typeof value === 'number' && !Number.isSafeInteger(value))
      throw new RangeError(`${this.name(key)}: money stands as text, "164.40", not as the number ${value}`);
    return this.read(key, money);
  }

  moneyOr(key: string, otherwise: string): Money {
    return this.has(key) ? this.money(key) : money(otherwise);
  }

  quantity(key: string): Quantity {
    return this.read(key, quantity);
  }

  /** What something is divided by. */
  positive(key: string): Quantity {
    const value = this.quantity(key);
    if (value <= 0n) throw new RangeError(`${this.name(key)}: must be above zero`);
    return value;
  }

  quantityOr(key: string, otherwise: string): Quantity {
    return this.has(key) ? this.quantity(key) : quantity(otherwise);
  }

  price(key: string): Price {
    return this.read(key, price);
  }

  ratio(key: string): Ratio {
    return this.read(key, ratio);
  }

  ratioOr(key: string, otherwise: string): Ratio {
    return this.has(key) ? this.ratio(key) : ratio(otherwise);
  }

  date(key: string): CivilDate {
    return this.read(key, civilDate);
  }

  dateOr<T>(key: string, otherwise: T): CivilDate | T {
    return this.has(key) ? this.date(key) : otherwise;
  }

  month(key: string): Month {
    return this.read(key, month);
  }

  /** One of the words given. */
  word<const T extends string>(key: string, words: readonly T[], otherwise?: NoInfer<T>): T {
    if (!this.has(key) && otherwise !== undefined) return otherwise;
    const text = this.text(key);
    const word = words.find((one) => one === text);
    if (word === undefined)
      throw new RangeError(`${this.name(key)}: ${JSON.stringify(text)} is none of ${words.join(', ')}`);
    return word;
  }

  object(key: string): Inputs {
    return Inputs.of(this.values.get(key), this.name(key));
  }

  /** A list of objects. */
  list(key: string): Inputs[] {
    if (!this.has(key)) throw new RangeError(`${this.name(key)}: missing`);
    return this.listOrNone(key);
  }

  /** A list of objects; empty where the key is missing. */
  listOrNone(key: string): Inputs[] {
    return this.items(key).map((value, place) => Inputs.of(value, `${this.name(key)}[${place}]`));
  }

  /** A list of texts; empty where the key is missing. */
  texts(key: string): string[] {
    return this.items(key).map((value) => String(value));
  }

  /** A list of volumes; empty where the key is missing. */
  quantities(key: string): Quantity[] {
    return this.each(key, quantity);
  }

  /** A list of dates; empty where the key is missing. */
  dates(key: string): CivilDate[] {
    return this.each(key, civilDate);
  }

  /** All values as text, in their order. */
  record(key: string): Record<string, string> {
    const { values } = this.object(key);
    return Object.fromEntries([...values].map(([name, value]) => [name, String(value ?? '')]));
  }

  private each<T>(key: string, parse: (text: string) => T): T[] {
    return this.texts(key).map((text, place) => named(`${this.name(key)}[${place}]`, () => parse(text)));
  }

  private items(key: string): unknown[] {
    if (!this.has(key)) return [];
    const value = this.values.get(key);
    if (!Array.isArray(value)) throw new RangeError(`${this.name(key)}: not a list`);
    return value;
  }

  private read<T>(key: string, parse: (text: string) => T): T {
    const text = this.text(key);
    return named(this.name(key), () => parse(text));
  }

  private name(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}

/** What a reading throws, with the name of what was read in front. */
function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new RangeError(`${name}: ${error instanceof Error ? error.message : 'unreadable'}`, {
      cause: error,
    });
  }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
