import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Api, isRefused } from '@kvartal/api-client';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import { ResetPasswordDocument } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Say } from '../texts/say';
import { EntryFrame } from './entry-frame';

const NAMES = ['password', 'passwordAgain'] as const;
type Name = (typeof NAMES)[number];
interface Wrong {
  name?: Name;
  text: string;
}

/** Where the link of the recovery letter leads staff: a new password. */
@Component({
  selector: 'kv-reset',
  imports: [RouterLink, EntryFrame, ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<kv-entry-frame>
    <div>
      <h1>{{ say.text('title.reset') }}</h1>
      <p class="muted">{{ say.text('restore.resetLead') }}</p>
    </div>
    @if (failure(); as failure) {
      <kv-failure [failure]="failure" (retry)="submit()" />
    }
    @if (wrong().length) {
      <kv-error-summary [heading]="say.text('restore.notChanged')" [errors]="wrong()" />
    }
    @if (isExpired()) {
      <a class="btn pri" routerLink="/restore">{{ say.text('restore.anew') }}</a>
    } @else {
      <form class="stack" novalidate (submit)="submit($event)">
        @for (name of names; track name) {
          <kv-field
            [name]="name"
            [label]="say.text(name === 'password' ? 'restore.password' : 'restore.passwordAgain')"
            [error]="errorOf(name)"
          >
            <input
              #box
              kvInput
              type="password"
              autocomplete="new-password"
              [value]="typed()[name]"
              (input)="type(name, box.value)"
            />
          </kv-field>
        }
        <button type="submit" class="btn pri wide" [attr.aria-disabled]="isBusy() ? 'true' : null">
          {{ say.text('restore.change') }}
        </button>
      </form>
    }
    <p class="s">
      <a routerLink="/sign-in">{{ say.text('restore.back') }}</a>
    </p>
  </kv-entry-frame>`,
})
export class Reset {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  protected readonly say = inject(Say);
  /** From the link. */
  readonly token = input.required<string>();
  protected readonly names = NAMES;
  protected readonly typed = signal<Readonly<Record<Name, string>>>({ password: '', passwordAgain: '' });
  protected readonly isExpired = signal(false);
  protected readonly wrong = signal<readonly Wrong[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected errorOf(name: Name): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected type(name: Name, text: string): void {
    this.typed.update((typed) => ({ ...typed, [name]: text }));
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    await this.acting.run(() => this.send());
  }

  private async send(): Promise<void> {
    const input = { token: this.token(), ...this.typed() };
    const { resetPassword: result } = await this.api.mutate(ResetPasswordDocument, { input });
    if (!isRefused(result)) {
      await this.router.navigate(['/sign-in'], { queryParams: { done: 'reset' } });
      return;
    }
    this.isExpired.set(result.refusals.some(({ code }) => code === 'RECOVERY_LINK_EXPIRED'));
    this.wrong.set(
      result.refusals.map(({ code, path, params }) => {
        const name = NAMES.find((one) => path.includes(one));
        return { ...(name ? { name } : {}), text: this.say.refusal(code, params) };
      }),
    );
  }
}
