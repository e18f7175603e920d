import { Component, inject, model } from '@angular/core';
import { Dialog } from '@kvartal/ui';
import { Say } from '../texts/say';
import { View } from '../view';

/** How the pages look: theme, size of the text, contrast. One panel, before and after sign-in. */
@Component({
  selector: 'kv-view-panel',
  imports: [Dialog],
  template: `<kv-dialog [heading]="say.text('view.title')" [(open)]="open">
    <div class="stack">
      <div>
        <span class="lbl" id="view-theme">{{ say.text('view.theme') }}</span>
        <div class="seg" role="group" aria-labelledby="view-theme">
          @for (theme of view.themes; track theme) {
            <button
              type="button"
              [attr.aria-pressed]="view.theme() === theme"
              (click)="view.theme.set(theme)"
            >
              {{ say.text(names[theme]) }}
            </button>
          }
        </div>
      </div>
      <div>
        <span class="lbl" id="view-size">{{ say.text('view.size') }}</span>
        <div class="seg" role="group" aria-labelledby="view-size">
          @for (size of view.sizes; track size) {
            <button type="button" [attr.aria-pressed]="view.size() === size" (click)="view.size.set(size)">
              {{ size }} %
            </button>
          }
        </div>
      </div>
      <label class="check">
        <input type="checkbox" [checked]="view.contrast()" (change)="view.contrast.set(!view.contrast())" />
        <span>{{ say.text('view.contrast') }}</span>
      </label>
    </div>
  </kv-dialog>`,
  styles: `
    .seg {
      flex-wrap: wrap;
    }
  `,
})
export class ViewPanel {
  readonly open = model(false);
  protected readonly say = inject(Say);
  protected readonly view = inject(View);
  protected readonly names = { auto: 'view.auto', light: 'view.light', dark: 'view.dark' } as const;
}
