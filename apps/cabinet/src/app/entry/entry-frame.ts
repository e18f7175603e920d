import { Component, computed, inject, signal } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Icon, Languages, Mark } from '@kvartal/ui';
import { type Locale, showPhone } from '@kvartal/words';
import { ViewPanel } from '../shell/view-panel';
import { Start } from '../start';
import { Say } from '../texts/say';
import { Town } from './town';

const LANGUAGES: readonly { locale: Locale; name: string }[] = [
  { locale: 'ru', name: 'Рус' },
  { locale: 'kk', name: 'Қаз' },
  { locale: 'en', name: 'Eng' },
];

/** The frame of the pages before sign-in: the organisation, the languages, the street in the evening. */
@Component({
  selector: 'kv-entry-frame',
  imports: [RouterOutlet, Icon, Mark, Town, ViewPanel],
  templateUrl: './entry-frame.html',
  styleUrl: './entry-frame.scss',
})
export class EntryFrame {
  private readonly start = inject(Start);
  protected readonly languages = inject(Languages);
  protected readonly say = inject(Say);
  protected readonly spoken = LANGUAGES;
  protected readonly viewIsOpen = signal(false);
  protected readonly name = computed(() => this.start.portal()?.name ?? '');
  protected readonly organization = this.start.organization;
  protected readonly phone = showPhone;
}
