import { Injectable, signal } from '@angular/core';
import type { Locale } from '@kvartal/words';

/** The language of the page: the application sets it, every part that formats a number or a month reads it. */
@Injectable({ providedIn: 'root' })
export class Language {
  readonly code = signal<Locale>('ru');
}
