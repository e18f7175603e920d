import { ChangeDetectionStrategy, Component, inject, input, output, signal } from '@angular/core';
import { Dialog } from '@kvartal/ui';
import { Say } from '../texts/say';

/** «Отменить расчёт», after its consequence was read. */
@Component({
  selector: 'kv-discard-button',
  imports: [Dialog],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" class="btn sec sm" (click)="isAsking.set(true)">
      {{ say.text('closing.discard') }}
    </button>
    <kv-dialog [heading]="say.text('closing.discardAsk')" [(open)]="isAsking">
      <p>{{ say.text('closing.discardWhat') }}</p>
      <footer>
        <button
          type="button"
          class="btn danger"
          [attr.aria-disabled]="isBusy() ? 'true' : null"
          (click)="sure()"
        >
          {{ say.text('closing.discard') }}
        </button>
        <button type="button" class="btn quiet" (click)="isAsking.set(false)">
          {{ say.text('closing.keep') }}
        </button>
      </footer>
    </kv-dialog>`,
})
export class DiscardButton {
  protected readonly say = inject(Say);
  readonly isBusy = input(false);
  readonly discard = output();
  protected readonly isAsking = signal(false);

  protected sure(): void {
    if (this.isBusy()) return;
    this.isAsking.set(false);
    this.discard.emit();
  }
}
