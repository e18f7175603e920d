import { Component, computed, inject, input } from '@angular/core';
import { Session } from '@kvartal/api-client';
import { IntakeStrip } from '@kvartal/ui';
import { Say } from '../texts/say';
import type { Window } from './window-text';

/** The days of the intake with the first and the last one named. */
@Component({
  selector: 'kv-window-strip',
  imports: [IntakeStrip],
  template: `<kv-intake-strip [from]="window().from" [to]="window().to" [today]="today()" />
    <div class="strip-l" aria-hidden="true">
      <span>{{ firstDay() }}</span>
      <span>{{ say.day(window().to) }}</span>
    </div>`,
  styles: `
    :host {
      display: block;
      min-width: min(100%, 18rem);
    }
    .strip-l {
      margin-top: 0;
    }
  `,
})
export class WindowStrip {
  private readonly session = inject(Session);
  protected readonly say = inject(Say);
  readonly window = input.required<Window>();
  protected readonly today = computed(() => this.session.today() ?? '');
  protected readonly firstDay = computed(() => String(Number(this.window().from.slice(8))));
}
