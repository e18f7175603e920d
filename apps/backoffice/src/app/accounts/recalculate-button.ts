import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import type { RefusalData } from '@kvartal/api-client';
import { Dialog, Icon, Toasts } from '@kvartal/ui';
import { type Filled, FilledForm, type FormField } from '../shell/filled-form';
import { Say } from '../texts/say';
import { RecalculationReview } from './recalculation-review';
import { Recalculating } from './recalculating';

/** Charges closed months of an account or a house anew: from which to which, what it comes to, and then done. */
@Component({
  selector: 'kv-recalculate-button',
  imports: [Dialog, FilledForm, Icon, RecalculationReview],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" class="btn quiet sm" (click)="begin()">
      <kv-icon name="calculator" />{{ say.text('recalc.begin') }}<span class="vh"> {{ name() }}</span>
    </button>
    <kv-dialog [heading]="heading()" [wide]="isSeen()" [open]="isOpen()" (openChange)="isOpen.set(false)">
      @if (isOpen()) {
        @if (preview(); as preview) {
          <kv-recalculation-review [preview]="preview" (done)="finish()" (canceled)="isOpen.set(false)" />
        } @else {
          <kv-filled-form
            [fields]="fields()"
            [action]="say.text('recalc.see')"
            [send]="send"
            (canceled)="isOpen.set(false)"
          >
            <p class="s">{{ say.text('recalc.note') }}</p>
          </kv-filled-form>
        }
      }
    </kv-dialog>`,
})
export class RecalculateButton {
  private readonly recalculating = inject(Recalculating);
  private readonly toasts = inject(Toasts);
  protected readonly say = inject(Say);
  readonly houseId = input.required<string>();
  readonly accountId = input<string | null>(null);
  /** What is charged anew: the account or the house, for its heading. */
  readonly name = input.required<string>();
  /** The closed months, in any order. */
  readonly months = input.required<readonly string[]>();
  readonly posted = output();

  protected readonly isOpen = signal(false);
  protected readonly preview = this.recalculating.preview;
  protected readonly isSeen = computed(() => this.preview() !== undefined);
  protected readonly heading = computed(() => this.say.text('recalc.heading', { name: this.name() }));
  protected readonly fields = computed((): FormField[] => {
    const months = [...this.months()].sort().reverse();
    const options = months.map((value) => ({ value, label: this.say.month(value) }));
    const last = months[0] ?? '';
    return [
      { name: 'from', label: this.say.text('recalc.from'), type: 'choice', value: last, options },
      { name: 'to', label: this.say.text('recalc.to'), type: 'choice', value: last, options },
    ];
  });

  protected begin(): void {
    this.recalculating.forget();
    this.isOpen.set(true);
  }

  protected readonly send = (filled: Filled, clientKey: string): Promise<readonly RefusalData[]> => {
    const months = { from: filled['from'] ?? '', to: filled['to'] ?? '' };
    const whose = { houseId: this.houseId(), accountId: this.accountId() };
    return this.recalculating.seeMonths({ ...whose, ...months }, clientKey);
  };

  protected finish(): void {
    this.isOpen.set(false);
    this.toasts.show(this.say.text('recalc.done'));
    this.posted.emit();
  }
}
