import {
  ChangeDetectionStrategy,
  Component,
  computed,
  Directive,
  inject,
  input,
  signal,
} from '@angular/core';
import { Icon } from './icon';
import { uiWords } from './ui-words';

/**
 * A control with its label above and its hint, warning or error below, joined for screen readers. The control inside
 * carries `kvInput`. `name` makes the ids, so that an error summary can lead to `field-<name>`.
 */
@Component({
  selector: 'kv-field',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'field' },
  template: `<label [for]="id()"
      >{{ label() }}
      @if (optional()) {
        <span class="muted">({{ words().optional }})</span>
      }
    </label>
    <ng-content />
    @if (hint()) {
      <span class="hint" [id]="id() + '-hint'">{{ hint() }}</span>
    }
    @if (warning() && !mistake()) {
      <p class="wrn" [id]="id() + '-warning'"><kv-icon name="triangle-alert" />{{ warning() }}</p>
    }
    @if (mistake()) {
      <p class="err" [id]="id() + '-error'"><kv-icon name="circle-alert" />{{ mistake() }}</p>
    }`,
})
export class Field {
  readonly name = input.required<string>();
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly warning = input('');
  readonly error = input('');
  readonly optional = input(false);
  /** What the control itself finds wrong with what was typed; the form's own word comes before it. */
  readonly found = signal('');
  readonly mistake = computed(() => this.error() || this.found());

  protected readonly words = uiWords();
  readonly id = computed(() => `field-${this.name()}`);
  readonly describedBy = computed(() => {
    const id = this.id();
    const parts = [
      this.hint() && `${id}-hint`,
      this.mistake() ? `${id}-error` : this.warning() && `${id}-warning`,
    ];
    return parts.filter(Boolean).join(' ') || null;
  });
}

/** The control of a `kv-field`: takes its id, its description and whether it is in error from there. */
@Directive({
  selector: '[kvInput]',
  host: {
    class: 'inp',
    '[id]': 'field.id()',
    '[attr.aria-describedby]': 'field.describedBy()',
    '[attr.aria-invalid]': "field.mistake() ? 'true' : null",
  },
})
export class FieldInput {
  protected readonly field = inject(Field);
}
