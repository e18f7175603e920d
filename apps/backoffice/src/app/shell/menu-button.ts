import { ChangeDetectionStrategy, Component, ElementRef, inject, input, signal } from '@angular/core';

/** A button that opens a list of links and actions under itself. Escape, a choice or leaving closes it. */
@Component({
  selector: 'kv-menu-button',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    class: 'menu-button',
    '(keydown.escape)': 'close()',
    '(focusout)': 'leave($event)',
    '(click)': 'chosen($event)',
  },
  template: `<button
      type="button"
      class="opener"
      [attr.aria-label]="label()"
      [attr.aria-expanded]="isOpen()"
      (click)="isOpen.set(!isOpen())"
    >
      <ng-content select="[opener]" />
    </button>
    @if (isOpen()) {
      <ul class="menu">
        <ng-content />
      </ul>
    }`,
})
export class MenuButton {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly label = input.required<string>();
  protected readonly isOpen = signal(false);

  /** Whatever is chosen in the list has been done: the list goes. */
  protected chosen({ target }: Event): void {
    if (target instanceof Element && target.closest('.menu')) this.isOpen.set(false);
  }

  protected close(): void {
    if (this.isOpen()) this.host.nativeElement.querySelector('button')?.focus();
    this.isOpen.set(false);
  }

  protected leave(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !this.host.nativeElement.contains(next)) this.isOpen.set(false);
  }
}
