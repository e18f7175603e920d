import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The enamel plate with the number of the house: whose account this is. */
@Component({
  selector: 'kv-plate',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'plate', '[class.sm]': 'small()' },
  template: '{{ house() }}',
})
export class Plate {
  readonly house = input.required<string>();
  readonly small = input(false);
}
