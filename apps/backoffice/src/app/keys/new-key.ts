import { ChangeDetectionStrategy, Component, inject, output, signal } from '@angular/core';
import { ErrorSummary, Field, FieldInput } from '@kvartal/ui';
import type { KeyScope } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Say, type TextKey } from '../texts/say';
import { Keys } from './keys';

const SCOPES: readonly { scope: KeyScope; what: TextKey }[] = [
  { scope: 'ACCOUNTS_READ', what: 'keys.accountsRead' },
  { scope: 'READINGS_WRITE', what: 'keys.readingsWrite' },
];

interface Wrong {
  name?: 'name' | 'scopes';
  text: string;
}

/** A key's name and rights. */
@Component({
  selector: 'kv-new-key',
  imports: [ErrorSummary, Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './new-key.html',
})
export class NewKey {
  private readonly keys = inject(Keys);
  protected readonly say = inject(Say);
  protected readonly scopes = SCOPES;
  readonly created = output<{ name: string; secret: string }>();
  readonly canceled = output();

  protected readonly name = signal('');
  protected readonly chosen = signal<readonly KeyScope[]>(['ACCOUNTS_READ']);
  protected readonly wrong = signal<readonly Wrong[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;

  protected errorOf(name: Wrong['name']): string {
    return this.wrong().find((one) => one.name === name)?.text ?? '';
  }

  protected toggle(scope: KeyScope): void {
    this.chosen.update((chosen) =>
      chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope],
    );
  }

  protected async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (!this.isBusy() && this.isFilled()) await this.acting.run(() => this.send());
  }

  private isFilled(): boolean {
    const wrong: Wrong[] = [];
    if (!this.name().trim()) wrong.push({ name: 'name', text: this.say.text('keys.noName') });
    if (this.chosen().length === 0) wrong.push({ name: 'scopes', text: this.say.refusal('KEY_SCOPE', []) });
    this.wrong.set(wrong);
    return wrong.length === 0;
  }

  private async send(): Promise<void> {
    const answer = await this.keys.create(this.name().trim(), this.chosen());
    if (answer.__typename === 'CreatedApiKey') {
      this.created.emit({ name: answer.key.name, secret: answer.secret });
      return;
    }
    this.wrong.set(
      answer.refusals.map(({ code, path, params }) => ({
        name: path.includes('scopes') ? 'scopes' : path.includes('name') ? 'name' : undefined,
        text: this.say.refusal(code, params),
      })),
    );
  }
}
