import { ChangeDetectionStrategy, Component, inject, Injectable, signal } from '@angular/core';
import { uiWords } from './ui-words';

const SHOWN_MS = 10_000;

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

/** Short news about what was just done; with `undo` it can be taken back while it is shown. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly shown = signal<readonly Toast[]>([]);
  private last = 0;

  show(text: string, undo?: () => void): void {
    const id = ++this.last;
    this.shown.update((toasts) => [...toasts.slice(-2), { id, text, undo }]);
    setTimeout(() => this.dismiss(id), SHOWN_MS);
  }

  dismiss(id: number): void {
    this.shown.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }
}

/** The place of the toasts: stands once in the shell of an application. */
@Component({
  selector: 'kv-toasts',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'toasts', role: 'status' },
  template: `@for (toast of toasts.shown(); track toast.id) {
    <div class="toast s">
      <span class="grow">{{ toast.text }}</span>
      @if (toast.undo; as undo) {
        <button type="button" (click)="undo(); toasts.dismiss(toast.id)">{{ words().undo }}</button>
      } @else {
        <button type="button" (click)="toasts.dismiss(toast.id)">{{ words().close }}</button>
      }
    </div>
  }`,
})
export class ToastPlace {
  protected readonly toasts = inject(Toasts);
  protected readonly words = uiWords();
}
