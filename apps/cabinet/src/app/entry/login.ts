import { Component, computed, inject, input, type OnInit, signal, viewChild } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { Banner, ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { PasswordBox } from '../forms/password-box';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { CaptchaBox } from './captcha-box';
import { Entry } from './entry';
import { needed } from './entry-rules';

/** Only addresses of this cabinet are gone back to. */
const isOurs = (to: string | undefined): to is string => !!to && /^\/(?![/\\])/.test(to);

/** The sign-in page. Goes on to the page that was asked for. */
@Component({
  selector: 'kv-login',
  imports: [
    RouterLink,
    FormField,
    Banner,
    ErrorSummary,
    Field,
    FieldInput,
    PasswordBox,
    CaptchaBox,
    FailureView,
  ],
  templateUrl: './login.html',
  styleUrl: './entry.scss',
})
export class Login implements OnInit {
  private readonly entry = inject(Entry);
  private readonly router = inject(Router);
  protected readonly say = inject(Say);

  /** From the address: what was asked for; what has just been done; whose login it was. */
  readonly to = input<string>();
  readonly done = input<string>();
  readonly login = input<string>();

  protected readonly news = computed(() => {
    const done = this.done();
    if (done === 'confirmed') return this.say.text('entry.confirmed');
    return done === 'reset' ? this.say.text('entry.wasReset') : undefined;
  });
  protected readonly form = form(signal({ login: '', password: '', remember: true, captcha: '' }), (path) => {
    needed(path.login, () => this.say.text('entry.needLogin'));
    needed(path.password, () => this.say.text('entry.needPassword'));
  });
  protected readonly sending = new Sending(this.form, () => this.ask());
  protected readonly needsCaptcha = signal(false);
  protected readonly notConfirmed = signal(false);
  private readonly captcha = viewChild(CaptchaBox);

  ngOnInit(): void {
    const login = this.login();
    if (login) this.form.login().value.set(login);
  }

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!(await this.sending.send())) return;
    const to = this.to();
    await this.router.navigateByUrl(isOurs(to) ? to : '/home');
  }

  private async ask(): Promise<Outcome> {
    const { login, password, remember } = this.form().value();
    const refusals = await this.entry.signIn({
      login: login.trim(),
      password,
      remember,
      captcha: this.captcha()?.answer(),
    });
    const codes = refusals?.map(({ code }) => code) ?? [];
    if (codes.includes('CAPTCHA_WRONG')) this.needsCaptcha.set(true);
    this.notConfirmed.set(codes.includes('AUTH_NOT_CONFIRMED'));
    if (codes.length) void this.captcha()?.renew(codes.includes('CAPTCHA_WRONG'));
    return refusals;
  }
}
