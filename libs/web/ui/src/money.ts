import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { showAmount, type CurrencyCode, showMoney } from '@kvartal/words';

const isZero = (decimal: string): boolean => /^[-−]?0*(\.0*)?$/.test(decimal);

/**
 * A sum of money from the API's decimal string. Without a currency only the amount is shown, for tables whose head names
 * it. `signed` prints a plus too; `tone` is `late` for overdue debt, `over` for an overpayment.
 */
@Component({
  selector: 'kv-money',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    class: 'num',
    '[class.zero]': 'isZero()',
    '[class.bad]': "tone() === 'late' && !isZero()",
    '[class.good]': "tone() === 'over' && !isZero()",
  },
  template: '{{ text() }}',
})
export class Money {
  readonly value = input.required<string>();
  readonly currency = input<CurrencyCode>();
  readonly signed = input(false);
  readonly tone = input<'plain' | 'late' | 'over'>('plain');

  protected readonly isZero = computed(() => isZero(this.value()));
  protected readonly text = computed(() => {
    const [value, currency] = [this.value(), this.currency()];
    const plain = currency ? showMoney(value, currency) : showAmount(value);
    return this.signed() && !this.isZero() && !/^[-−]/.test(value) ? `+${plain}` : plain;
  });
}
