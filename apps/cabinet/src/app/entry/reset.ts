import { Component, inject, input, signal } from '@angular/core';
import { form, FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { ErrorSummary, Field } from '@kvartal/ui';
import { PasswordBox } from '../forms/password-box';
import { type Outcome, Sending } from '../forms/sending';
import { FailureView } from '../shell/failure-view';
import { Start } from '../start';
import { Say } from '../texts/say';
import { Entry } from './entry';
import { newPassword } from './entry-rules';

/** Where the link of the recovery letter leads: a new password. */
@Component({
  selector: 'kv-reset',
  imports: [RouterLink, FormField, ErrorSummary, Field, PasswordBox, FailureView],
  template: `<div class="head">
      <h1>{{ say.text('title.reset') }}</h1>
      <p class="muted">{{ say.text('reset.lead') }}</p>
    </div>
    @if (sending.problems().length) {
      <kv-error-summary [heading]="sending.heading()" [errors]="sending.problems()" />
    }
    @if (sending.failure(); as failure) {
      <kv-failure [failure]="failure" (again)="send()" />
    }
    @if (isExpired()) {
      <a class="btn pri" routerLink="/restore">{{ say.text('reset.anew') }}</a>
    } @else {
      <form novalidate (submit)="send($event)">
        <kv-field
          name="password"
          [label]="say.text('reset.password')"
          [hint]="
            say.text('entry.passwordHint', {
              min: rule()?.minLength ?? 8,
              max: rule()?.maxLength ?? 64,
              now: form.password().value().length,
            })
          "
          [error]="sending.errorOf(form.password)"
        >
          <kv-password-box kind="new" [formField]="form.password" />
        </kv-field>
        <kv-field
          name="passwordAgain"
          [label]="say.text('entry.passwordAgain')"
          [error]="sending.errorOf(form.passwordAgain)"
        >
          <kv-password-box kind="new" [formField]="form.passwordAgain" />
        </kv-field>
        <button class="btn pri wide" [attr.aria-disabled]="sending.busy() ? 'true' : null">
          {{ say.text(sending.busy() ? 'form.sending' : 'reset.change') }}
        </button>
      </form>
    }
    <p>
      <a routerLink="/login">{{ say.text('entry.toSignIn') }}</a>
    </p>`,
  styleUrl: './entry.scss',
})
export class Reset {
  private readonly entry = inject(Entry);
  private readonly router = inject(Router);
  private readonly start = inject(Start);
  protected readonly say = inject(Say);
  readonly token = input.required<string>();
  protected readonly isExpired = signal(false);
  protected readonly rule = () => this.start.portal()?.passwordRule;
  protected readonly form = form(signal({ password: '', passwordAgain: '' }), (path) =>
    newPassword({ password: path.password, again: path.passwordAgain }, this.rule, this.say),
  );
  protected readonly sending = new Sending(this.form, () => this.ask());

  protected async send(event?: Event): Promise<void> {
    event?.preventDefault();
    if (await this.sending.send()) await this.router.navigate(['/login'], { queryParams: { done: 'reset' } });
  }

  private async ask(): Promise<Outcome> {
    const refusals = await this.entry.reset({ token: this.token(), ...this.form().value() });
    this.isExpired.set(refusals?.some(({ code }) => code === 'RECOVERY_LINK_EXPIRED') ?? false);
    return refusals;
  }
}
