import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { money } from '@kvartal/domain';
import { Icon, Money } from '@kvartal/ui';
import { type CurrencyCode, showQuantity } from '@kvartal/words';
import type { WholeStatementFragment } from '../../generated/graphql';
import { Table } from '../shell/table';
import { Say, type TextKey } from '../texts/say';
import { LineExplained } from './line-explained';

type Line = WholeStatementFragment['lines'][number];
type Sum =
  'opening' | 'charged' | 'recalculated' | 'underdelivered' | 'benefit' | 'adjusted' | 'paid' | 'closing';

const COLUMNS: readonly { sum: Sum; name: TextKey }[] = [
  { sum: 'opening', name: 'statement.opening' },
  { sum: 'charged', name: 'statement.charged' },
  { sum: 'recalculated', name: 'statement.recalculated' },
  { sum: 'underdelivered', name: 'statement.underdelivered' },
  { sum: 'benefit', name: 'statement.benefit' },
  { sum: 'adjusted', name: 'statement.adjusted' },
  { sum: 'paid', name: 'statement.paid' },
  { sum: 'closing', name: 'statement.closing' },
];
/** A decimal that is not zero. */
const SOME = /[1-9]/;
const ALWAYS: readonly Sum[] = ['opening', 'charged', 'paid', 'closing'];

/** The lines of a month and its totals. A kind of sum that is zero on every line has no column. */
@Component({
  selector: 'kv-statement-table',
  imports: [Icon, LineExplained, Money, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './statement-table.html',
})
export class StatementTable {
  protected readonly say = inject(Say);
  readonly statement = input.required<WholeStatementFragment>();
  readonly currency = input.required<CurrencyCode>();
  /** The closing under review that the lines are of; left out for a closed month. */
  readonly closing = input<string>();
  /** One line is open at a time. */
  private readonly open = signal<Line | undefined>(undefined);

  /** Inside a sentence the name of a mode is not its beginning. */
  protected readonly mode = computed(() => {
    const name = this.say.enum('TotalMode', this.statement().mode);
    return name.slice(0, 1).toLowerCase() + name.slice(1);
  });
  protected readonly columns = computed(() => {
    const { lines } = this.statement();
    return COLUMNS.filter(({ sum }) => ALWAYS.includes(sum) || lines.some((line) => money(line[sum]) !== 0n));
  });

  protected isOpen(line: Line): boolean {
    return this.open() === line;
  }

  protected toggle(line: Line): void {
    this.open.set(this.isOpen(line) ? undefined : line);
  }

  /** A penalty and a line that charges nothing have no volume. */
  protected volume({ quantity, unit }: Line): string {
    return SOME.test(quantity) ? showQuantity(quantity, this.say.unit(unit)) : '—';
  }

  /** Nor a price; nothing then. */
  protected price({ price, unit }: Line): string {
    return SOME.test(price) ? this.say.price(price, this.currency(), unit) : '';
  }

  /** Which part of the volume is a share of the house's; nothing where it is none or all of it. */
  protected common({ quantity, commonQuantity }: Line): string {
    if (!SOME.test(commonQuantity) || showQuantity(quantity) === showQuantity(commonQuantity)) return '';
    return this.say.text('statement.common', { volume: showQuantity(commonQuantity) });
  }
}
