import {
  DOCUMENT,
  type EnvironmentProviders,
  inject,
  InjectionToken,
  isDevMode,
  makeEnvironmentProviders,
  Service,
} from '@angular/core';
import {
  provideTransloco,
  provideTranslocoTranspiler,
  type Translation,
  type TranslocoLoader,
  TranslocoService,
  type TranslocoTranspiler,
  type TranspileParams,
} from '@jsverse/transloco';
import { type Locale, localeOf, LOCALES } from '@kvartal/words';
import { firstValueFrom } from 'rxjs';
import { Language } from '../language';
import { messageText } from './message';
import { Refusals } from './refusals';

/** The texts of an application by language, each fetched when it is first spoken. */
export type TextFiles = Readonly<Record<Locale, () => Promise<Translation>>>;

const FILES = new InjectionToken<TextFiles>('texts');

@Service()
class Files implements TranslocoLoader {
  private readonly files = inject(FILES);

  getTranslation(locale: string): Promise<Translation> {
    return this.files[localeOf(locale)]();
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

/** Chooses the language of the page and remembers the choice in this browser. */
@Service()
export class Languages {
  private readonly document = inject(DOCUMENT);
  private readonly transloco = inject(TranslocoService);
  private readonly language = inject(Language);
  private readonly refusals = inject(Refusals);

  /** What was chosen here before. */
  kept(): Locale | undefined {
    const kept = localStorage.getItem(KEPT);
    return LOCALES.find((locale) => locale === kept);
  }

  async use(locale: Locale): Promise<void> {
    await Promise.all([firstValueFrom(this.transloco.load(locale)), this.refusals.use(locale)]);
    this.transloco.setActiveLang(locale);
    this.language.code.set(locale);
    this.document.documentElement.lang = locale;
  }

  async choose(locale: Locale): Promise<void> {
    localStorage.setItem(KEPT, locale);
    await this.use(locale);
  }
}

/** The texts of an application, spoken through `Languages` and `Speech`. */
export function provideTexts(files: TextFiles): EnvironmentProviders {
  const config = {
    availableLangs: [...LOCALES],
    defaultLang: 'ru',
    reRenderOnLangChange: true,
    prodMode: !isDevMode(),
  };
  return makeEnvironmentProviders([
    { provide: FILES, useValue: files },
    provideTransloco({ config, loader: Files }),
    provideTranslocoTranspiler(Messages),
  ]);
}
