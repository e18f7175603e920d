import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { DomSanitizer } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { Api, type ApiFailure, failureOf } from '@kvartal/api-client';
import { ErrorSummary, Field, FieldInput, Icon, Languages, Mark } from '@kvartal/ui';
import { NewCaptchaDocument, type NewCaptchaMutation, SignInDocument } from '../../generated/graphql';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { NightHouses } from './night-houses';

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
  imports: [ErrorSummary, Failure, Field, FieldInput, Icon, Mark, NightHouses],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sign-in.html',
})
export class SignIn {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly staff = inject(Staff);
  private readonly title = inject(PageTitle);
  private readonly sanitizer = inject(DomSanitizer);
  protected readonly languages = inject(Languages);
  protected readonly say = inject(Say);

  /** The page that was wanted before the sign-in, from the address. */
  readonly to = input<string>();

  protected readonly login = signal('');
  protected readonly password = signal('');
  protected readonly remember = signal(false);
  protected readonly shown = signal(false);
  protected readonly answer = signal('');
  protected readonly captcha = signal<NewCaptchaMutation['newCaptcha'] | undefined>(undefined);
  protected readonly picture = computed(() => {
    const svg = this.captcha()?.svg;
    // The picture comes from our own API and is shown as an image, where scripts do not run.
    return svg && this.sanitizer.bypassSecurityTrustUrl(`data:image/svg+xml,${encodeURIComponent(svg)}`);
  });
  protected readonly wrong = signal<readonly Wrong[]>([]);
  protected readonly failure = signal<ApiFailure | undefined>(undefined);
  protected readonly isBusy = signal(false);

  protected errorOf(name: FieldName): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (this.isBusy() || !this.isFilled()) return;
    this.isBusy.set(true);
    this.failure.set(undefined);
    try {
      await this.send();
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async newCaptcha(): Promise<void> {
    this.captcha.set((await this.api.mutate(NewCaptchaDocument, {})).newCaptcha);
    this.answer.set('');
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
      captcha: captcha && { id: captcha.id, text: this.answer() },
    };
    const { signIn } = await this.api.mutate(SignInDocument, { input });
    if (signIn.__typename === 'SignedIn') {
      this.title.mark(false);
      this.staff.begin(signIn.viewer);
      await this.router.navigateByUrl(this.to() ?? '/');
      return;
    }
    if (captcha || signIn.refusals.some(({ code }) => code === CAPTCHA)) await this.newCaptcha();
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
