import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { Field, FieldInput } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { ClosingBoundDocument } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { Closings } from './closings';

/** An amount as people type it, in API form; undefined where it is none. */
function amountOf(typed: string): string | undefined {
  const [, whole, rest = ''] = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s\u00a0]/g, '')) ?? [];
  return whole === undefined ? undefined : `${whole}.${rest.padEnd(2, '0')}`;
}

/** The charge of a line above which somebody is asked: an organisation's own. */
@Component({
  selector: 'kv-bound-form',
  imports: [Failure, Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<form novalidate class="stack" (submit)="save($event)">
    <kv-field
      name="bound"
      [label]="say.text('closing.bound', { sign: sign() })"
      [hint]="say.text('closing.boundHint')"
      [error]="error()"
    >
      <input
        #box
        kvInput
        inputmode="decimal"
        autocomplete="off"
        [value]="typed()"
        (input)="typed.set(box.value)"
      />
    </kv-field>
    <div class="row wrap">
      <button type="submit" class="btn sec sm" [attr.aria-disabled]="acting.isBusy() ? 'true' : null">
        {{ say.text('closing.boundSave') }}
      </button>
      <span class="xs muted" role="status">{{ isSaved() ? say.text('closing.boundSaved') : '' }}</span>
    </div>
    @if (bound.failure() ?? acting.failure(); as failure) {
      <kv-failure [failure]="failure" (retry)="bound.reload()" />
    }
  </form>`,
})
export class BoundForm {
  protected readonly say = inject(Say);
  private readonly staff = inject(Staff);
  private readonly closings = inject(Closings);
  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly acting = new Acting();
  protected readonly error = signal('');
  protected readonly isSaved = signal(false);
  protected readonly bound = asked(ClosingBoundDocument, () => {
    const organizationId = this.staff.organizationId();
    return organizationId ? { organizationId } : undefined;
  });
  private readonly kept = computed(() => this.bound.value()?.closingBound.bound ?? null);
  protected readonly typed = linkedSignal(() => {
    const kept = this.kept();
    return kept === null ? '' : kept.replace('.', ',');
  });

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    this.isSaved.set(false);
    const text = this.typed().trim();
    const amount = text === '' ? null : amountOf(text);
    this.error.set(amount === undefined ? this.say.text('closing.boundWrong') : '');
    if (amount === undefined) return;
    const reasons = await this.acting.run(() => this.closings.setBound(amount));
    if (!reasons) return;
    const [first] = reasons;
    if (first) this.error.set(this.say.refusal(first.code, first.params));
    else this.isSaved.set(true);
  }
}
