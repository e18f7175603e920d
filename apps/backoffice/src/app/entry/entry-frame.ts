import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Languages, Mark } from '@kvartal/ui';
import { Say } from '../texts/say';
import { NightHouses } from './night-houses';

const LANGUAGES = [
  { locale: 'ru', name: 'Рус' },
  { locale: 'kk', name: 'Қаз' },
  { locale: 'en', name: 'Eng' },
] as const;

/** What the pages of getting in stand in: the name, the languages, houses by night. */
@Component({
  selector: 'kv-entry-frame',
  imports: [Mark, NightHouses],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<main class="signin">
    <div class="form">
      <div class="row between">
        <span class="org"><kv-mark />{{ say.text('app.name') }}</span>
        <span class="lang" role="group" [attr.aria-label]="say.text('shell.language')">
          @for (one of all; track one.locale) {
            <button
              type="button"
              [lang]="one.locale"
              [attr.aria-pressed]="say.locale() === one.locale"
              (click)="languages.choose(one.locale)"
            >
              {{ one.name }}
            </button>
          }
        </span>
      </div>
      <ng-content />
    </div>
    <kv-night-houses class="view" />
  </main>`,
})
export class EntryFrame {
  protected readonly languages = inject(Languages);
  protected readonly say = inject(Say);
  protected readonly all = LANGUAGES;
}
