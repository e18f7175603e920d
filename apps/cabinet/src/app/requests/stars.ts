import { Component, inject, input, output, signal } from '@angular/core';
import { Field, FieldInput, Icon } from '@kvartal/ui';
import { Say } from '../texts/say';

/** One to five stars and a few words, once. Radio buttons: the arrow keys choose. */
@Component({
  selector: 'kv-stars',
  imports: [Field, FieldInput, Icon],
  template: `@if (mayRate()) {
      <form novalidate (submit)="send($event)">
        <fieldset>
          <legend class="vh">{{ say.text('requests.rating') }}</legend>
          @for (count of all; track count) {
            <label [class.on]="count <= chosen()">
              <input
                class="vh"
                type="radio"
                name="stars"
                [value]="count"
                [checked]="count === chosen()"
                (change)="chosen.set(count)"
              />
              <kv-icon name="star" /><span class="vh">{{ say.text('requests.stars', { count }) }}</span>
            </label>
          }
        </fieldset>
        @if (chosen()) {
          <kv-field name="rating-text" [optional]="true" [label]="say.text('requests.ratingText')">
            <textarea kvInput rows="2" maxlength="1000" [value]="words()" (input)="type($event)"></textarea>
          </kv-field>
          <button class="btn pri">{{ say.text('requests.rate') }}</button>
        }
      </form>
    } @else {
      <p class="given" role="img" [attr.aria-label]="say.text('requests.stars', { count: given() ?? 0 })">
        @for (count of all; track count) {
          <span [class.on]="count <= (given() ?? 0)"><kv-icon name="star" /></span>
        }
      </p>
      @if (text()) {
        <p class="pre">{{ text() }}</p>
      }
    }`,
  styles: `
    form {
      display: grid;
      gap: var(--kv-4);
      justify-items: start;
    }
    kv-field {
      width: 100%;
      max-width: 33rem;
    }
    fieldset,
    .given {
      display: flex;
      flex-wrap: wrap;
      gap: var(--kv-1);
    }
    label {
      display: grid;
      place-items: center;
      width: 2.75rem;
      height: 2.75rem;
      border-radius: var(--kv-r-2);
      cursor: pointer;
    }
    label:hover {
      background: var(--kv-sheet-3);
    }
    label:focus-within {
      outline: 2px solid var(--kv-ink);
      outline-offset: 2px;
    }
    kv-icon {
      font-size: 1.375rem;
      color: var(--kv-control);
    }
    .on kv-icon {
      color: var(--kv-link);
    }
    .on ::ng-deep svg {
      fill: currentColor;
    }
  `,
})
export class Stars {
  protected readonly say = inject(Say);
  readonly given = input.required<number | null>();
  readonly text = input('');
  readonly mayRate = input(false);
  readonly rate = output<{ stars: number; text: string }>();

  protected readonly all = [1, 2, 3, 4, 5] as const;
  protected readonly chosen = signal(0);
  protected readonly words = signal('');

  protected type({ target }: Event): void {
    if (target instanceof HTMLTextAreaElement) this.words.set(target.value);
  }

  protected send(event: Event): void {
    event.preventDefault();
    this.rate.emit({ stars: this.chosen(), text: this.words().trim() });
  }
}
