import {
  ChangeDetectionStrategy,
  Component,
  effect,
  type ElementRef,
  input,
  model,
  viewChild,
} from '@angular/core';
import { Icon } from './icon';
import { uiWords } from './ui-words';

let count = 0;

/**
 * A modal question or view over the page: the browser's own dialog, so focus is kept inside and given back, and Escape
 * closes it. The content goes inside, buttons into a `<footer>`.
 */
@Component({
  selector: 'kv-dialog',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<dialog
    #dialog
    class="dialog"
    [class.wide]="wide()"
    [attr.aria-labelledby]="id"
    (close)="open.set(false)"
  >
    @if (open()) {
      <header>
        <h2 [id]="id">{{ heading() }}</h2>
        <button type="button" class="icb" [attr.aria-label]="words().close" (click)="open.set(false)">
          <kv-icon name="x" />
        </button>
      </header>
      <ng-content />
    }
  </dialog>`,
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly wide = input(false);
  readonly open = model(false);

  protected readonly words = uiWords();
  protected readonly id = `dialog-${++count}`;
  private readonly element = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');

  constructor() {
    effect(() => {
      const dialog = this.element().nativeElement;
      if (this.open() && !dialog.open) dialog.showModal();
      if (!this.open() && dialog.open) dialog.close();
    });
  }
}
