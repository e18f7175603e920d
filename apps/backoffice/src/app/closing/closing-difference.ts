import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { month, money, moneyText, subtractMoney } from '@kvartal/domain';
import { Field, FieldInput, Money, Progress } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import {
  ClosingDifferenceDocument,
  type ReasonFragment,
  type WholeClosingFragment,
} from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { Closings } from './closings';

const POLL_MS = 1500;

/** Why a computed month costs another sum than the last one: causes that add up, of all houses or of one, of a service. */
@Component({
  selector: 'kv-closing-difference',
  imports: [Failure, Field, FieldInput, Money, Progress, Refused, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sheet flush', style: 'display: block', role: 'region', 'aria-labelledby': 'why-differs' },
  templateUrl: './closing-difference.html',
})
export class ClosingDifference {
  private readonly staff = inject(Staff);
  private readonly closings = inject(Closings);
  protected readonly say = inject(Say);
  protected readonly acting = new Acting();
  readonly closing = input.required<WholeClosingFragment>();

  protected readonly houseId = signal('');
  protected readonly serviceId = signal('');
  protected readonly refusals = signal<readonly ReasonFragment[]>([]);
  protected readonly answer = asked(
    ClosingDifferenceDocument,
    () => {
      const organizationId = this.staff.organizationId();
      if (!organizationId) return undefined;
      const part = { houseId: this.houseId() || null, serviceId: this.serviceId() || null };
      return { organizationId, id: this.closing().id, ...part };
    },
    // another computation has other figures
    () => `${this.closing().id} ${this.closing().digest}`,
  );
  protected readonly found = computed(() => this.answer.value()?.closing.difference ?? undefined);
  protected readonly isWhole = computed(() => {
    const found = this.found();
    return found !== undefined && found.explained === found.houses;
  });
  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly since = computed(() => {
    const found = this.found();
    return found ? this.say.monthName(month(found.since)) : '';
  });
  protected readonly current = computed(() => this.say.monthName(this.closing().month));
  protected readonly whole = computed(() => {
    const { before, after } = this.found() ?? { before: '0.00', after: '0.00' };
    return moneyText(subtractMoney(money(after), money(before)));
  });
  /** Bars against the greatest cause, which comes first. */
  protected readonly rows = computed(() => {
    const causes = this.found()?.causes ?? [];
    const widest = Math.abs(Number(causes[0]?.amount ?? 0));
    return causes.map((one) => ({ ...one, bar: widest === 0 ? 0 : (Number(one.amount) / widest) * 100 }));
  });
  protected readonly size = Math.abs;

  constructor() {
    effect((onCleanup) => {
      if (this.answer.isLoading() || !this.found()?.isAsked || this.isWhole()) return;
      const timer = setTimeout(() => this.answer.reload(), POLL_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected async ask(): Promise<void> {
    const reasons = await this.acting.run(() => this.closings.explain(this.closing().id));
    if (!reasons) return;
    this.refusals.set(reasons);
    this.answer.reload();
  }
}
