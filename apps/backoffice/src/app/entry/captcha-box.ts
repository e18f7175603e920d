import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { Api } from '@kvartal/api-client';
import { Field, FieldInput } from '@kvartal/ui';
import { NewCaptchaDocument, type NewCaptchaMutation } from '../../generated/graphql';
import { Say } from '../texts/say';

/** The picture with a code and the field for it, or a sum in words for whoever cannot see a picture. */
@Component({
  selector: 'kv-captcha-box',
  imports: [Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (shown(); as captcha) {
    <kv-field name="captcha" [label]="captcha.question ?? say.text('signIn.captcha')" [error]="error()">
      <div class="row wrap captcha">
        @if (picture(); as picture) {
          <img [src]="picture" [alt]="say.text('signIn.picture')" height="50" />
        }
        <button type="button" class="lnk s" (click)="renew()">{{ say.text('signIn.another') }}</button>
        <button type="button" class="lnk s" (click)="change()">
          {{ say.text(inWords() ? 'signIn.byPicture' : 'signIn.inWords') }}
        </button>
      </div>
      <input
        #box
        kvInput
        autocomplete="off"
        [attr.inputmode]="inWords() ? 'numeric' : null"
        [value]="typed()"
        (input)="typed.set(box.value)"
      />
    </kv-field>
  }`,
})
export class CaptchaBox {
  private readonly api = inject(Api);
  private readonly sanitizer = inject(DomSanitizer);
  protected readonly say = inject(Say);
  readonly error = input('');

  protected readonly typed = signal('');
  protected readonly inWords = signal(false);
  protected readonly shown = signal<NewCaptchaMutation['newCaptcha'] | undefined>(undefined);
  protected readonly picture = computed(() => {
    const svg = this.shown()?.svg;
    // The picture comes from our own API and is shown as an image, where scripts do not run.
    return svg && this.sanitizer.bypassSecurityTrustUrl(`data:image/svg+xml,${encodeURIComponent(svg)}`);
  });

  /** Whether the API has asked for an answer yet. */
  isAsked(): boolean {
    return this.shown() !== undefined;
  }

  /** What the API is told; nothing until it has asked. */
  answer(): { id: string; text: string } | undefined {
    const shown = this.shown();
    return shown && { id: shown.id, text: this.typed().trim() };
  }

  /** A question is good for one attempt. */
  async renew(): Promise<void> {
    const variables = { inWords: this.inWords(), locale: this.say.locale() };
    this.shown.set((await this.api.mutate(NewCaptchaDocument, variables)).newCaptcha);
    this.typed.set('');
  }

  protected async change(): Promise<void> {
    this.inWords.update((inWords) => !inWords);
    await this.renew();
  }
}
