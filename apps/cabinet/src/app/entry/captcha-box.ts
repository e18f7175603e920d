import { Component, computed, inject, input, model, signal } from '@angular/core';
import type { FormValueControl } from '@angular/forms/signals';
import { type ApiFailure, failureOf } from '@kvartal/api-client';
import { Field, FieldInput, Icon } from '@kvartal/ui';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { type Captcha, Entry } from './entry';

/**
 * The picture with a code and the field for it, or a sum in words for whoever cannot see a picture. «Другой код» changes
 * the question and nothing else on the page.
 */
@Component({
  selector: 'kv-captcha-box',
  imports: [Field, FieldInput, Icon, FailureView],
  template: `<kv-field
      name="captcha"
      [label]="shown()?.question ?? say.text('entry.captcha')"
      [hint]="say.text(inWords() ? 'entry.captchaSumHint' : 'entry.captchaHint')"
      [error]="told()"
    >
      <div class="row wrap picture">
        @if (picture(); as source) {
          <img [src]="source" [alt]="say.text('entry.captchaPicture')" width="150" height="50" />
        } @else if (!inWords()) {
          <span class="skel"></span>
        }
        <button type="button" class="lnk" (click)="renew()">
          <kv-icon name="refresh-cw" /> {{ say.text('entry.captchaNew') }}
        </button>
        <button type="button" class="lnk" (click)="change()">
          {{ say.text(inWords() ? 'entry.captchaByPicture' : 'entry.captchaInWords') }}
        </button>
      </div>
      <input
        kvInput
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        [attr.inputmode]="inWords() ? 'numeric' : null"
        [value]="value()"
        (input)="type($event)"
        (blur)="touched.set(true)"
      />
    </kv-field>
    @if (failure(); as why) {
      <kv-failure [failure]="why" (again)="renew()" />
    }`,
  styles: `
    .picture {
      margin-bottom: var(--kv-2);
    }
    img,
    .skel {
      width: 150px;
      height: 50px;
      border-radius: var(--kv-r-1);
    }
    img {
      background: var(--kv-on-enamel);
    }
  `,
})
export class CaptchaBox implements FormValueControl<string> {
  private readonly entry = inject(Entry);
  protected readonly say = inject(Say);
  readonly value = model('');
  readonly touched = model(false);
  readonly error = input('');

  protected readonly shown = signal<Captcha | undefined>(undefined);
  protected readonly inWords = signal(false);
  private readonly wasWrong = signal(false);
  protected readonly told = computed(() =>
    this.wasWrong() && !this.value() ? this.say.refusal('CAPTCHA_WRONG', []) : this.error(),
  );
  protected readonly failure = signal<ApiFailure | undefined>(undefined);
  /** As a picture, not as markup: nothing of it can run. */
  protected readonly picture = computed(() => {
    const svg = this.shown()?.svg;
    return svg && `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  });

  constructor() {
    void this.renew();
  }

  /** What the API is told. */
  answer(): { id: string; text: string } | undefined {
    const shown = this.shown();
    return shown && { id: shown.id, text: this.value().trim() };
  }

  /** A code is good for one attempt: after a refusal the next picture is needed. `wrong`: it was the code itself. */
  async renew(wrong = false): Promise<void> {
    this.wasWrong.set(wrong);
    this.failure.set(undefined);
    this.shown.set(undefined);
    try {
      this.shown.set(await this.entry.captcha({ inWords: this.inWords(), locale: this.say.locale() }));
      this.value.set('');
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    }
  }

  /** From the picture to words, or back. */
  protected async change(): Promise<void> {
    this.inWords.update((inWords) => !inWords);
    await this.renew();
  }

  protected type({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.value.set(target.value);
  }
}
