import { Service, signal } from '@angular/core';
import { type Locale, REFUSAL_CODES, type RefusalCode, refusalsIn, type RefusalSpeech } from '@kvartal/words';

const isRefusalCode = (code: string): code is RefusalCode => REFUSAL_CODES.some((one) => one === code);

/** The sentences of refusals in the language of the page, fetched with its texts. */
@Service()
export class Refusals {
  private readonly speech = signal<RefusalSpeech | undefined>(undefined);

  async use(locale: Locale): Promise<void> {
    this.speech.set(await refusalsIn(locale));
  }

  /** The sentence of a refusal; a code that is younger than this page stays a code. */
  text(code: string, params: readonly { name: string; value: string }[]): string {
    const say = this.speech();
    return say && isRefusalCode(code) ? say(code, params) : code;
  }
}
