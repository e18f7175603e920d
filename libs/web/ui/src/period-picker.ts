import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { showMonthName, showMonth } from '@kvartal/words';
import { Icon } from './icon';
import { Language } from './language';
import { uiWords } from './ui-words';

/**
 * ‹ август 2026 ›: steps through the months that exist, and a list of years and months on a click. A step that is not
 * there stays reachable and says why. The chosen month lives in the address, so the picker only reports it.
 */
@Component({
  selector: 'kv-period-picker',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    class: 'period',
    role: 'group',
    '[attr.aria-label]': 'words().month',
    '(keydown.arrowleft)': 'step(-1)',
    '(keydown.arrowright)': 'step(1)',
    '(keydown.escape)': 'isOpen.set(false)',
    '(focusout)': 'leave($event)',
  },
  templateUrl: './period-picker.html',
})
export class PeriodPicker {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly language = inject(Language);
  /** The months that can be chosen, `YYYY-MM`, in any order. */
  readonly months = input.required<readonly string[]>();
  readonly value = input.required<string>();
  /** Why the month after the last one cannot be opened. */
  readonly nextReason = input('');
  readonly chosen = output<string>();

  protected readonly words = uiWords();
  protected readonly isOpen = signal(false);
  private readonly sorted = computed(() => [...this.months()].sort());
  private readonly at = computed(() => this.sorted().indexOf(this.value()));
  protected readonly earlier = computed(() => this.sorted()[this.at() - 1]);
  protected readonly later = computed(() => this.sorted()[this.at() + 1]);
  protected readonly shown = computed(() => showMonth(this.value(), this.language.code()));
  protected readonly earlierName = computed(() => this.nameOf(this.earlier()) ?? this.words().noEarlier);
  protected readonly laterName = computed(
    () => this.nameOf(this.later()) ?? (this.nextReason() || this.words().noLater),
  );
  protected readonly years = computed(() => {
    const months = [...this.sorted()].reverse();
    return [...new Set(months.map((month) => month.slice(0, 4)))].map((year) => ({
      year,
      months: months
        .filter((month) => month.startsWith(year))
        .reverse()
        .map((month) => ({ month, name: showMonthName(month, this.language.code()) })),
    }));
  });

  protected step(by: 1 | -1): void {
    const month = by === 1 ? this.later() : this.earlier();
    if (month && !this.isOpen()) this.chosen.emit(month);
  }

  protected choose(month: string): void {
    this.isOpen.set(false);
    if (month !== this.value()) this.chosen.emit(month);
  }

  protected leave(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !this.host.nativeElement.contains(next)) this.isOpen.set(false);
  }

  private nameOf(month: string | undefined): string | undefined {
    return month && showMonth(month, this.language.code());
  }
}
