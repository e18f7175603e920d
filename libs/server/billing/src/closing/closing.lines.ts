import { createHash } from 'node:crypto';
import type { HouseMonth, StatementLine } from '@kvartal/domain';
import type { Tx } from '@kvartal/platform';
import { CopyWriter, copyIn } from './copy.writer';

/** What is written down of a computed house: the sums that are verified, and the digest that a commit is bound to. */
export interface HouseMark {
  houseId: string;
  accounts: number;
  lines: number;
  opening: bigint;
  charged: bigint;
  paid: bigint;
  closing: bigint;
  digest: string;
  /** What its accounts shared, as JSON (closing_house.commons). */
  commons: string;
}

const COLUMNS = [
  'house_id',
  'account_id',
  'service_id',
  'supplier_id',
  'method',
  'rule_version',
  'tariff_id',
  'quantity',
  'common_quantity',
  'price',
  'opening',
  'charged',
  'recalculated',
  'underdelivered',
  'benefit',
  'adjusted',
  'paid',
  'closing',
  'vat',
  'excess',
] as const;

/** The version of the rules in libs/domain/charging; a rule that changes leaves its old version beside it. */
const RULE_VERSION = 1;

/** The lines of a batch of houses on their way into the preview. */
export class PreviewWriter {
  private readonly rows = new CopyWriter();
  private readonly numbers = new Map<string, number>();
  readonly marks: HouseMark[] = [];

  /** Writes a house's lines and draws up its mark. */
  add({ houseId, statements, share }: HouseMonth): void {
    const start = this.rows.position;
    const mark = { houseId, accounts: 0, lines: 0, opening: 0n, charged: 0n, paid: 0n, closing: 0n };
    const house = Number(houseId);
    for (const { accountId, lines } of statements) {
      const account = Number(accountId);
      mark.accounts += 1;
      for (const line of lines) {
        mark.lines += 1;
        mark.opening += line.opening;
        mark.charged += line.charged;
        mark.paid += line.paid;
        mark.closing += line.closing;
        this.write(house, account, line);
      }
    }
    const digest = createHash('sha256').update(this.rows.slice(start)).digest('hex');
    this.marks.push({ ...mark, digest, commons: commonsText(share) });
  }

  /** Loads everything into the closing's preview table. */
  async load(tx: Tx, table: string): Promise<void> {
    if (this.marks.length > 0) await copyIn(tx, `${table} (${COLUMNS.join(', ')})`, this.rows);
  }

  /** Ids of the catalogue come as the same few texts over and over. */
  private numberOf(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const number = Number(id);
    this.numbers.set(id, number);
    return number;
  }

  private write(house: number, account: number, line: StatementLine): void {
    const { rows } = this;
    rows.row(COLUMNS.length);
    rows.id(house);
    rows.id(account);
    rows.id(this.numberOf(line.serviceId));
    rows.id(this.numberOf(line.supplierId));
    rows.code(line.method);
    rows.small(RULE_VERSION);
    rows.idOrNull(line.tariffId === null ? null : this.numberOf(line.tariffId));
    rows.big(line.quantity);
    rows.big(line.commonQuantity);
    rows.big(line.price);
    rows.big(line.opening);
    rows.big(line.charged);
    rows.big(line.recalculated);
    rows.big(line.underdelivered);
    rows.big(line.benefit);
    rows.big(line.adjusted);
    rows.big(line.paid);
    rows.big(line.closing);
    rows.big(line.vat);
    rows.big(line.excess);
  }
}

const commonsText = (share: HouseMonth['share']): string =>
  JSON.stringify(
    share.commons.map(({ terms, ...volumes }) => ({ ...terms, ...volumes })),
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );
