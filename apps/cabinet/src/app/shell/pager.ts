import { Component, computed, inject, input, output } from '@angular/core';
import { Icon } from '@kvartal/ui';
import { Say } from '../texts/say';

/** «Показаны с 1 по 25 из 40» and the way to the other pages; nothing for a list of one page. */
@Component({
  selector: 'kv-pager',
  imports: [Icon],
  template: `@if (total() > size()) {
    <nav class="pager" [attr.aria-label]="say.text('pager.pages')">
      <span>{{ say.text('pager.shown', { from: from(), to: to(), total: total() }) }}</span>
      <span class="row">
        <button
          type="button"
          class="icb"
          [attr.aria-label]="say.text('pager.previous')"
          [attr.aria-disabled]="page() === 1 ? 'true' : null"
          (click)="page() > 1 && turn.emit(page() - 1)"
        >
          <kv-icon name="chevron-left" />
        </button>
        <span class="num">{{ page() }} / {{ pages() }}</span>
        <button
          type="button"
          class="icb"
          [attr.aria-label]="say.text('pager.next')"
          [attr.aria-disabled]="page() === pages() ? 'true' : null"
          (click)="page() < pages() && turn.emit(page() + 1)"
        >
          <kv-icon name="chevron-right" />
        </button>
      </span>
    </nav>
  }`,
})
export class Pager {
  protected readonly say = inject(Say);
  readonly page = input.required<number>();
  readonly size = input.required<number>();
  readonly total = input.required<number>();
  readonly turn = output<number>();

  protected readonly pages = computed(() => Math.ceil(this.total() / this.size()));
  protected readonly from = computed(() => (this.page() - 1) * this.size() + 1);
  protected readonly to = computed(() => Math.min(this.total(), this.page() * this.size()));
}
