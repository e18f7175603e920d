import { ChangeDetectionStrategy, Component, inject, signal, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api, isRefused } from '@kvartal/api-client';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { RequestRecoveryDocument } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Say } from '../texts/say';
import { CaptchaBox } from './captcha-box';
import { EntryFrame } from './entry-frame';

const CAPTCHA = 'CAPTCHA_WRONG';
interface Wrong {
  name?: 'loginOrEmail' | 'captcha';
  text: string;
}

/** A forgotten password of staff. The answer is the same whether we know the address or not. */
@Component({
  selector: 'kv-restore',
  imports: [RouterLink, CaptchaBox, EntryFrame, ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-entry-frame>
    <div>
      <h1>{{ say.text('title.restore') }}</h1>
      <p class="muted">{{ say.text(isSent() ? 'restore.sent' : 'restore.lead') }}</p>
    </div>
    @if (!isSent()) {
      <form class="stack" novalidate (submit)="submit($event)">
        @if (failure(); as failure) {
          <kv-failure [failure]="failure" (retry)="submit()" />
        }
        @if (wrong().length) {
          <kv-error-summary [heading]="say.text('restore.wrong')" [errors]="wrong()" />
        }
        <kv-field name="loginOrEmail" [label]="say.text('signIn.login')" [error]="errorOf('loginOrEmail')">
          <input
            #loginBox
            kvInput
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
            [value]="loginOrEmail()"
            (input)="loginOrEmail.set(loginBox.value)"
          />
        </kv-field>
        <kv-captcha-box [error]="errorOf('captcha')" />
        <button type="submit" class="btn pri wide" [attr.aria-disabled]="isBusy() ? 'true' : null">
          {{ say.text('restore.send') }}
        </button>
      </form>
    }
    <p class="s">
      <a routerLink="/sign-in">{{ say.text('restore.back') }}</a>
    </p>
  </kv-entry-frame>`,
})
export class Restore {
  private readonly api = inject(Api);
  protected readonly say = inject(Say);
  private readonly captcha = viewChild(CaptchaBox);
  protected readonly loginOrEmail = signal('');
  protected readonly isSent = signal(false);
  protected readonly wrong = signal<readonly Wrong[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected errorOf(name: Wrong['name']): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    const loginOrEmail = this.loginOrEmail().trim();
    this.wrong.set(loginOrEmail ? [] : [{ name: 'loginOrEmail', text: this.say.text('signIn.noLogin') }]);
    if (loginOrEmail) await this.acting.run(() => this.send(loginOrEmail));
  }

  private async send(loginOrEmail: string): Promise<void> {
    const captcha = this.captcha();
    const variables = { loginOrEmail, captcha: captcha?.answer() };
    const { requestRecovery: result } = await this.api.mutate(RequestRecoveryDocument, variables);
    if (!isRefused(result)) return this.isSent.set(true);
    if (captcha?.isAsked() || result.refusals.some(({ code }) => code === CAPTCHA)) await captcha?.renew();
    this.wrong.set(
      result.refusals.map(({ code, params }) => ({
        ...(code === CAPTCHA ? { name: 'captcha' as const } : {}),
        text: this.say.refusal(code, params),
      })),
    );
  }
}
