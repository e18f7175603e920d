import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { month, previousMonth } from '@kvartal/domain';
import { Money } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { percentText, type ServiceFigures, totalsOf } from './totals';

/** What each service was charged, against last month: figures, percent and a bar around one axis. */
@Component({
  selector: 'kv-closing-totals',
  imports: [Money, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet flush', style: 'display: block' },
  templateUrl: './closing-totals.html',
})
export class ClosingTotals {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly month = input.required<string>();
  readonly services = input.required<readonly ServiceFigures[]>();

  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly previous = computed(() => this.say.monthName(previousMonth(month(this.month()))));
  protected readonly current = computed(() => this.say.monthName(this.month()));
  protected readonly table = computed(() => totalsOf(this.services()));
  protected readonly percent = percentText;
  protected readonly size = Math.abs;
}
