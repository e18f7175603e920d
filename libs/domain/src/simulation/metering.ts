import { quantity, type Quantity, quantityOf } from '../decimal';
import { type AccountRegister, type PeriodDays } from '../charging/snapshot';
import { silentVolumes } from '../charging/silent-registers';
import { type StatementLine } from '../charging/statement-line';
import { registerOf } from '../charging/testing';
import { counted } from '../readings';
import type { Flat } from './plan';

const SHAPE = { digits: 5, decimals: 3 };

/** What a water meter brings from month to month: its last reading, what was estimated since, what it counted. */
export class Metering {
  private previous: AccountRegister['previous'];
  private estimatedSince = quantity('0');
  private readonly history: Quantity[] = [];
  private missed = 0;

  constructor(flat: Flat, first: PeriodDays) {
    this.previous = { value: flat.start, on: first.from - 1 };
  }

  /** The register as a month finds it. */
  register(period: PeriodDays, reading: Quantity | undefined): AccountRegister {
    return registerOf(
      {
        shape: SHAPE,
        previous: this.previous,
        current: reading === undefined ? null : { value: reading, on: period.to - 1 },
        estimatedSince: this.estimatedSince,
        history: [...this.history],
        missed: reading === undefined ? this.missed + 1 : 0,
      },
      period,
    );
  }

  /** Goes on to the next month, after one was charged for what the meter counted, or was taken to count. */
  go({ previous, current }: AccountRegister, period: PeriodDays, lines: readonly StatementLine[]): void {
    if (current) {
      if (previous) this.history.push(counted(previous.value, current.value, SHAPE));
      this.previous = current;
      this.estimatedSince = quantity('0');
      this.missed = 0;
    } else {
      this.missed += 1;
      const charged = lines.map((line) => ({ ...period, quantity: line.quantity }));
      const [silent] = silentVolumes(charged, { counted: 0n, silent: 1 });
      this.estimatedSince = quantityOf(this.estimatedSince + (silent ?? 0n));
    }
  }
}
