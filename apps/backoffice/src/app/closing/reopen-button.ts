import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Dialog } from '@kvartal/ui';
import { Say } from '../texts/say';
import { Reasoned, type Way } from './reasoned';

/** «Открыть месяц снова»: after its consequence was read, with a reason. */
@Component({
  selector: 'kv-reopen-button',
  imports: [Dialog, Reasoned],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" class="btn sec sm" (click)="isAsking.set(true)">
      {{ say.text('closing.reopen') }}
    </button>
    <kv-dialog [heading]="say.text('closing.reopenAsk', { month: say.month(month()) })" [(open)]="isAsking">
      <p class="under">{{ say.text('closing.reopenWhat') }}</p>
      <kv-reasoned name="reopen" [ways]="ways()" [isBusy]="isBusy()" (chosen)="sure($event.reason)">
        <button type="button" class="btn quiet" (click)="isAsking.set(false)">
          {{ say.text('closing.leave') }}
        </button>
      </kv-reasoned>
    </kv-dialog>`,
})
export class ReopenButton {
  protected readonly say = inject(Say);
  readonly month = input.required<string>();
  readonly isBusy = input(false);
  readonly reopen = output<string>();
  protected readonly isAsking = signal(false);
  protected readonly ways = computed((): Way[] => [
    { choice: 'REOPEN', text: this.say.text('closing.reopen'), look: 'danger' },
  ]);

  protected sure(reason: string): void {
    this.isAsking.set(false);
    this.reopen.emit(reason);
  }
}
