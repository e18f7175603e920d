import {
  ChangeDetectionStrategy,
  Component,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { Field, FieldInput } from '@kvartal/ui';
import { Say } from '../texts/say';

/** A way to go on, once there is a reason. */
export interface Way {
  choice: string;
  text: string;
  look: 'pri' | 'sec' | 'danger';
}

/** What was chosen, and why. */
export interface Chosen {
  choice: string;
  reason: string;
}

const REASON_LEAST = 3;
const REASON_MOST = 500;

/** A reason that is kept, and what to do for it. Without one nothing is done. */
@Component({
  selector: 'kv-reasoned',
  imports: [Field, FieldInput],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<form novalidate class="stack" (submit)="$event.preventDefault()">
    <kv-field
      [name]="name()"
      [label]="say.text('closing.reason')"
      [hint]="say.text('closing.reasonHint')"
      [error]="error()"
    >
      <textarea #box kvInput rows="2" [attr.maxlength]="most" (input)="change(box.value)"></textarea>
    </kv-field>
    <div class="row wrap">
      @for (way of ways(); track way.choice) {
        <button
          type="button"
          class="btn"
          [class]="way.look"
          [attr.aria-disabled]="isBusy() ? 'true' : null"
          (click)="choose(way)"
        >
          {{ way.text }}
        </button>
      }
      <ng-content />
    </div>
  </form>`,
})
export class Reasoned {
  protected readonly say = inject(Say);
  protected readonly most = REASON_MOST;
  /** Of the field, unique on its page. */
  readonly name = input.required<string>();
  readonly ways = input.required<readonly Way[]>();
  readonly isBusy = input(false);
  readonly chosen = output<Chosen>();

  private readonly box = viewChild.required<ElementRef<HTMLTextAreaElement>>('box');
  private readonly reason = signal('');
  protected readonly error = signal('');

  protected change(text: string): void {
    this.reason.set(text);
    if (text.trim().length >= REASON_LEAST) this.error.set('');
  }

  protected choose({ choice }: Way): void {
    if (this.isBusy()) return;
    const reason = this.reason().trim();
    if (reason.length < REASON_LEAST) {
      this.error.set(this.say.text('closing.reasonNeeded'));
      this.box().nativeElement.focus();
    } else this.chosen.emit({ choice, reason });
  }
}
