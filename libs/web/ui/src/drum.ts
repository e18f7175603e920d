import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { showNumber } from '@kvartal/words';

/** The face of a meter: whole digits black, decimals red. `value` is the API's decimal. */
@Component({
  selector: 'kv-drum',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'drum', role: 'img', '[attr.aria-label]': 'name()' },
  template: '@for (digit of digits(); track $index) {<i [class.d]="digit.decimal">{{ digit.text }}</i>}',
})
export class Drum {
  readonly value = input.required<string>();
  readonly wholeDigits = input.required<number>();
  readonly decimalDigits = input.required<number>();

  protected readonly name = computed(() => showNumber(this.value()));
  protected readonly digits = computed(() => {
    const [whole = '', fraction = ''] = this.value().split('.');
    const decimals = fraction.padEnd(this.decimalDigits(), '0').slice(0, this.decimalDigits());
    return [
      ...[...whole.padStart(this.wholeDigits(), '0')].map((text) => ({ text, decimal: false })),
      ...[...decimals].map((text) => ({ text, decimal: true })),
    ];
  });
}
