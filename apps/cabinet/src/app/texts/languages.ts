import { DOCUMENT, type EnvironmentProviders, inject, isDevMode, makeEnvironmentProviders, Service } from '@angular/core';
import {
  provideTransloco,
  provideTranslocoTranspiler,
  type Translation,
  type TranslocoLoader,
  TranslocoService,
  type TranslocoTranspiler,
  type TranspileParams,
} from '@jsverse/transloco';
import { Language } from '@kvartal/ui';
import { type Locale, localeOf, LOCALES } from '@kvartal/words';
import { firstValueFrom } from 'rxjs';
import { messageText } from './message';

const FILES: Readonly<Record<Locale, () => Promise<Translation>>> = {
  ru: () => import('./ru').then(({ ru }) => ru),
  kk: () => import('./kk').then(({ kk }) => kk),
  en: () => import('./en').then(({ en }) => en),
};

/** Each language is a file of its own, fetched when it is first spoken. */
@Service()
class LanguageFiles implements TranslocoLoader {
  getTranslation(locale: string): Promise<Translation> {
    return FILES[localeOf(locale)]();
  }
}

@Service()
class Messages implements TranslocoTranspiler {
  private locale: Locale = 'ru';

  transpile({ value, params }: TranspileParams): unknown {
    return typeof value === 'string' ? messageText(value, params ?? {}, this.locale) : value;
  }

  onLangChanged(locale: string): void {
    this.locale = localeOf(locale);
  }
}

const KEPT = 'kvartal.language';

/** Chooses the language of the page, and remembers the choice. */
@Service()
export class Languages {
  private readonly document = inject(DOCUMENT);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);

  /** What this person chose before, in this browser. */
  kept(): Locale | undefined {
    const kept = localStorage.getItem(KEPT);
    return LOCALES.find((locale) => locale === kept);
  }

  async use(locale: Locale): Promise<void> {
    await firstValueFrom(this.transloco.load(locale));
    this.transloco.setActiveLang(locale);
    this.language.code.set(locale);
    this.document.documentElement.lang = locale;
  }

  async choose(locale: Locale): Promise<void> {
    localStorage.setItem(KEPT, locale);
    await this.use(locale);
  }
}

export function provideTexts(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      config: { availableLangs: [...LOCALES], defaultLang: 'ru', reRenderOnLangChange: true, prodMode: !isDevMode() },
      loader: LanguageFiles,
    }),
    provideTranslocoTranspiler(Messages),
  ]);
}
