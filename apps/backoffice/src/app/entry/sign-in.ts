import { ChangeDetectionStrategy, Component, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api } from '@kvartal/api-client';
import { Banner, ErrorSummary, Field, FieldInput, Icon } from '@kvartal/ui';
import { SignInDocument } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { CaptchaBox } from './captcha-box';
import { EntryFrame } from './entry-frame';

type FieldName = 'login' | 'password' | 'captcha';
interface Wrong {
  name?: FieldName;
  text: string;
}

const FIELDS: readonly FieldName[] = ['login', 'password', 'captcha'];
const CAPTCHA = 'CAPTCHA_WRONG';

/** The way in for staff. What was typed stays; a captcha appears only where the API asks for one. */
@Component({
  selector: 'kv-sign-in',
  imports: [RouterLink, Banner, CaptchaBox, EntryFrame, ErrorSummary, Failure, Field, FieldInput, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sign-in.html',
})
export class SignIn {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly staff = inject(Staff);
  private readonly title = inject(PageTitle);
  protected readonly say = inject(Say);

  /** The page that was wanted before the sign-in, from the address. */
  readonly to = input<string>();
  /** What has just been done, from the address: `reset`. */
  readonly done = input<string>();

  protected readonly login = signal('');
  protected readonly password = signal('');
  protected readonly remember = signal(false);
  protected readonly shown = signal(false);
  private readonly captcha = viewChild(CaptchaBox);
  protected readonly wrong = signal<readonly Wrong[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected errorOf(name: FieldName): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!this.isBusy() && this.isFilled()) await this.acting.run(() => this.send());
  }

  private isFilled(): boolean {
    const empty: Wrong[] = [];
    if (!this.login().trim()) empty.push({ name: 'login', text: this.say.text('signIn.noLogin') });
    if (!this.password()) empty.push({ name: 'password', text: this.say.text('signIn.noPassword') });
    this.show(empty);
    return empty.length === 0;
  }

  private async send(): Promise<void> {
    const captcha = this.captcha();
    const input = {
      login: this.login().trim(),
      password: this.password(),
      remember: this.remember(),
      captcha: captcha?.answer(),
    };
    const { signIn } = await this.api.mutate(SignInDocument, { input });
    if (signIn.__typename === 'SignedIn') {
      this.title.mark(false);
      this.staff.begin(signIn.viewer);
      await this.router.navigateByUrl(this.to() ?? '/');
      return;
    }
    if (captcha?.isAsked() || signIn.refusals.some(({ code }) => code === CAPTCHA)) await captcha?.renew();
    this.show(
      signIn.refusals.map(({ code, path, params }) => ({
        name: code === CAPTCHA ? 'captcha' : FIELDS.find((name) => path.includes(name)),
        text: this.say.refusal(code, params),
      })),
    );
  }

  private show(wrong: readonly Wrong[]): void {
    this.wrong.set(wrong);
    this.title.mark(wrong.length > 0);
  }
}
