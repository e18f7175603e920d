import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DOCUMENT,
  effect,
  ElementRef,
  inject,
  input,
} from '@angular/core';

export interface FieldError {
  /** The `name` of the field; none for an error of the whole form. */
  name?: string;
  text: string;
}

/** What to correct, above the form: takes the focus whenever its errors change, and leads to each field. */
@Component({
  selector: 'kv-error-summary',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'esum', role: 'alert', tabindex: '-1', style: 'display: block' },
  template: `<h2>{{ heading() }}</h2>
    <ul>
      @for (error of errors(); track $index) {
        <li>
          @if (error.name; as name) {
            <a [href]="'#field-' + name" (click)="lead($event, name)">{{ error.text }}</a>
          } @else {
            {{ error.text }}
          }
        </li>
      }
    </ul>`,
})
export class ErrorSummary {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly document = inject(DOCUMENT);
  readonly heading = input.required<string>();
  readonly errors = input.required<readonly FieldError[]>();

  constructor() {
    afterNextRender(() => this.host.nativeElement.focus());
    effect(() => {
      if (this.errors().length > 0) this.host.nativeElement.focus();
    });
  }

  /** A plain `#id` would follow the base address of the application, so the focus is moved by hand. */
  protected lead(event: Event, name: string): void {
    event.preventDefault();
    this.document.getElementById(`field-${name}`)?.focus();
  }
}
