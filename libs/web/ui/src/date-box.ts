import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  model,
  untracked,
  viewChild,
} from '@angular/core';
import { isCivilDate } from '@kvartal/domain';
import { showDate } from '@kvartal/words';
import { Field, FieldInput } from './field';
import { Icon } from './icon';
import { dayAsTyped, typedDay } from './typed-day';
import { uiWords } from './ui-words';

/**
 * A day inside a `kv-field`: typed as 01.12.2026, or chosen in the browser's own calendar. `value` is a day of the API's
 * form, '' while nothing is typed, and otherwise what was typed: a form asks `isCivilDate`. The field says what is wrong
 * with it once it is left.
 */
@Component({
  selector: 'kv-date-box',
  imports: [FieldInput, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'with-btn date-box' },
  template: `<input
      #box
      kvInput
      inputmode="numeric"
      autocomplete="off"
      maxlength="10"
      (input)="read(box.value)"
      (blur)="leave(box)"
    />
    <input
      #native
      class="calendar"
      type="date"
      tabindex="-1"
      aria-hidden="true"
      [min]="min()"
      [max]="max()"
      (change)="choose(native.value, box)"
    />
    <button type="button" class="icb" [attr.aria-label]="words().calendar" (click)="open(native)">
      <kv-icon name="calendar" />
    </button>`,
})
export class DateBox {
  readonly value = model('');
  /** The first and the last day that may be chosen, where there are any. */
  readonly min = input<string>('');
  readonly max = input<string>('');

  protected readonly words = uiWords();
  private readonly field = inject(Field);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  private readonly mistake = computed(() => {
    const value = this.value();
    const words = this.words();
    if (!value) return '';
    if (!isCivilDate(value)) return words.noDay;
    if (this.max() && value > this.max()) return `${words.notAfter} ${showDate(this.max())}`;
    return this.min() && value < this.min() ? `${words.notBefore} ${showDate(this.min())}` : '';
  });

  constructor() {
    // what the form sets is shown as it would be typed; what is being typed is left alone
    effect(() => {
      const shown = dayAsTyped(this.value());
      const box = this.box().nativeElement;
      if ((typedDay(box.value) ?? box.value) !== this.value()) box.value = shown;
      if (!this.mistake()) untracked(() => this.field.found.set(''));
    });
  }

  protected read(text: string): void {
    this.value.set(typedDay(text) ?? text.trim());
  }

  protected leave(box: HTMLInputElement): void {
    box.value = dayAsTyped(this.value());
    this.field.found.set(this.mistake());
  }

  protected choose(day: string, box: HTMLInputElement): void {
    this.value.set(day);
    box.value = dayAsTyped(day);
    this.field.found.set(this.mistake());
    box.focus();
  }

  /** Where the browser has no calendar to show, the day is typed. */
  protected open(native: HTMLInputElement): void {
    native.value = isCivilDate(this.value()) ? this.value() : '';
    if (typeof native.showPicker === 'function') native.showPicker();
    else this.box().nativeElement.focus();
  }
}
