import { Component, inject, signal, viewChild } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { RouterLink } from '@angular/router';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { CaptchaBox } from './captcha-box';
import { Entry } from './entry';
import { needed } from './entry-rules';

/** Getting back in. The answer is the same whether we know the address or not. */
@Component({
  selector: 'kv-restore',
  imports: [RouterLink, FormField, ErrorSummary, Field, FieldInput, CaptchaBox, FailureView],
  template: `<div class="head">
      <h1>{{ say.text('title.restore') }}</h1>
      <p class="muted">{{ say.text(isSent() ? 'restore.sent' : 'restore.lead') }}</p>
    </div>
    @if (!isSent()) {
      @if (sending.problems().length) {
        <kv-error-summary [heading]="sending.heading()" [errors]="sending.problems()" />
      }
      @if (sending.failure(); as failure) {
        <kv-failure [failure]="failure" (again)="send()" />
      }
      <form novalidate (submit)="send($event)">
        <kv-field
          name="loginOrEmail"
          [label]="say.text('entry.loginOrEmail')"
          [error]="sending.errorOf(form.loginOrEmail)"
        >
          <input
            kvInput
            [formField]="form.loginOrEmail"
            autocomplete="username"
            autocapitalize="off"
            spellcheck="false"
          />
        </kv-field>
        @if (needsCaptcha()) {
          <kv-captcha-box [formField]="form.captcha" [error]="sending.errorOf(form.captcha)" />
        }
        <button class="btn pri wide" [attr.aria-disabled]="sending.busy() ? 'true' : null">
          {{ say.text(sending.busy() ? 'form.sending' : 'restore.send') }}
        </button>
      </form>
    }
    <p>
      <a routerLink="/login">{{ say.text('entry.toSignIn') }}</a>
    </p>`,
  styleUrl: './entry.scss',
})
export class Restore {
  private readonly entry = inject(Entry);
  protected readonly say = inject(Say);
  protected readonly isSent = signal(false);
  protected readonly needsCaptcha = signal(false);
  private readonly captcha = viewChild(CaptchaBox);
  protected readonly form = form(signal({ loginOrEmail: '', captcha: '' }), (path) =>
    needed(path.loginOrEmail, () => this.say.text('entry.needLoginOrEmail')),
  );
  protected readonly sending = new Sending(this.form, () => this.ask());

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (await this.sending.send()) this.isSent.set(true);
  }

  private async ask(): Promise<Outcome> {
    const loginOrEmail = this.form.loginOrEmail().value().trim();
    const refusals = await this.entry.recover({ loginOrEmail, captcha: this.captcha()?.answer() });
    const isWrong = refusals?.some(({ code }) => code === 'CAPTCHA_WRONG') ?? false;
    if (isWrong) this.needsCaptcha.set(true);
    if (refusals) void this.captcha()?.renew(isWrong);
    return refusals;
  }
}
