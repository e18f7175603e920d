import { Component, inject, input, model, signal } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { Field, Icon } from '@kvartal/ui';
import { Say } from '../texts/say';

/** A password with an eye. Stands in a `kv-field`, from which it takes its name and its error. */
@Component({
  selector: 'kv-password-box',
  imports: [Icon],
  template: `<div class="with-btn">
    <input
      class="inp"
      [id]="field.id()"
      [type]="shown() ? 'text' : 'password'"
      [attr.autocomplete]="kind() + '-password'"
      [attr.aria-describedby]="field.describedBy()"
      [attr.aria-invalid]="field.error() ? 'true' : null"
      autocapitalize="off"
      spellcheck="false"
      [value]="value()"
      (input)="type($event)"
      (blur)="touched.set(true)"
    />
    <button
      type="button"
      class="icb"
      [attr.aria-pressed]="shown()"
      [attr.aria-label]="say.text('form.showPassword')"
      (click)="shown.set(!shown())"
    >
      <kv-icon [name]="shown() ? 'eye-off' : 'eye'" />
    </button>
  </div>`,
})
export class PasswordBox implements FormValueControl<string> {
  readonly value = model('');
  readonly touched = model(false);
  readonly kind = input<'current' | 'new'>('current');

  protected readonly say = inject(Say);
  protected readonly field = inject(Field);
  protected readonly shown = signal(false);

  protected type({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.value.set(target.value);
  }
}
