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
    throw new RangeError(`${this.name(key)}: no text`);
  }

  textOr<T>(key: string, otherwise: T): string | T {
    return this.has(key) ? this.text(key) : otherwise;
  }

  flag(key: string): boolean {
    const value = this.values.get(key);
    return value === true || value === 'true';
  }

  whole(key: string): number {
    const value = Number(this.text(key));
    if (!Number.isSafeInteger(value)) throw new RangeError(`${this.name(key)}: no whole number`);
    return value;
  }

  wholeOr(key: string, otherwise: number): number {
    return this.has(key) ? this.whole(key) : otherwise;
  }

  /** A count of people, as the rules multiply it. */
  people(key = 'persons'): bigint {
    return BigInt(this.whole(key));
  }

  money(key: string): Money {
    return this.read(key, money);
  }

  moneyOr(key: string, otherwise: string): Money {
    return this.has(key) ? this.money(key) : money(otherwise);
  }

  quantity(key: string): Quantity {
    return this.read(key, quantity);
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
    if (word === undefined) throw new RangeError(`${this.name(key)}: ${JSON.stringify(text)} is unknown`);
    return word;
  }

  object(key: string): Inputs {
    return Inputs.of(this.values.get(key), this.name(key));
  }

  /** A list of objects; empty where the key is missing. */
  list(key: string): Inputs[] {
    return this.items(key).map((value, place) => Inputs.of(value, `${this.name(key)}[${place}]`));
  }

  /** A list of texts; empty where the key is missing. */
  texts(key: string): string[] {
    return this.items(key).map((value) => String(value));
  }

  /** A list of dates; empty where the key is missing. */
  dates(key: string): CivilDate[] {
    return this.texts(key).map(civilDate);
  }

  /** All values as text, in their order. */
  record(key: string): Record<string, string> {
    const { values } = this.object(key);
    return Object.fromEntries([...values].map(([name, value]) => [name, String(value ?? '')]));
  }

  private items(key: string): unknown[] {
    if (!this.has(key)) return [];
    const value = this.values.get(key);
    if (!Array.isArray(value)) throw new RangeError(`${this.name(key)}: not a list`);
    return value;
  }

  private read<T>(key: string, parse: (text: string) => T): T {
    const text = this.text(key);
    try {
      return parse(text);
    } catch (error) {
      throw new RangeError(`${this.name(key)}: ${error instanceof Error ? error.message : 'unreadable'}`, {
        cause: error,
      });
    }
  }

  private name(key: string): string {
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}

function isRecord(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
