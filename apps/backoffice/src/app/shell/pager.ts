import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@kvartal/ui';
import { Say } from '../texts/say';

export const PAGE_SIZES = [25, 50, 100] as const;

/** The page of a list that the address names: a number from 1, and one of our sizes. */
export function pageOf(
  number: string | undefined,
  size: string | undefined,
): { number: number; size: number } {
  const [asked, wanted] = [Number(number), Number(size)];
  return {
    number: Number.isInteger(asked) && asked > 0 ? asked : 1,
    size: PAGE_SIZES.find((one) => one === wanted) ?? 25,
  };
}

/** «Показаны с 1 по 25 из 312», the size of a page and the way to the next one. Everything is in the address. */
@Component({
  selector: 'kv-pager',
  imports: [Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'pager' },
  template: `<span>{{ say.text('list.shown', { from: from(), to: to(), total: total() }) }}</span>
    @if (total() > sizes[0]) {
      <nav class="row" [attr.aria-label]="say.text('list.pages')">
        <span class="row sizes">
          <span>{{ say.text('list.by') }}</span>
          @for (one of sizes; track one) {
            <a
              [routerLink]="[]"
              [queryParams]="{ size: one === 25 ? null : one, page: null }"
              queryParamsHandling="merge"
              [attr.aria-current]="one === size() ? 'true' : null"
              >{{ one }}</a
            >
          }
        </span>
        @if (number() > 1) {
          <a class="icb" [routerLink]="[]" [queryParams]="{ page: number() - 1 }" queryParamsHandling="merge">
            <kv-icon name="chevron-left" [label]="say.text('list.previous')" />
          </a>
        }
        <span class="num">{{ say.text('list.page', { number: number(), of: pages() }) }}</span>
        @if (number() < pages()) {
          <a class="icb" [routerLink]="[]" [queryParams]="{ page: number() + 1 }" queryParamsHandling="merge">
            <kv-icon name="chevron-right" [label]="say.text('list.next')" />
          </a>
        }
      </nav>
    }`,
})
export class Pager {
  protected readonly say = inject(Say);
  protected readonly sizes = PAGE_SIZES;
  readonly total = input.required<number>();
  readonly number = input.required<number>();
  readonly size = input.required<number>();

  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.total() / this.size())));
  protected readonly from = computed(() => Math.min(this.total(), (this.number() - 1) * this.size() + 1));
  protected readonly to = computed(() => Math.min(this.total(), this.number() * this.size()));
}
