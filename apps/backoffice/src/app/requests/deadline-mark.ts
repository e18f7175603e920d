import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { RequestState } from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { deadlineOf } from './deadline';

/** «осталось 3 дня» with a bar of the time gone; turns at four fifths and when late. */
@Component({
  selector: 'kv-deadline',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (deadline(); as deadline) {
      <span class="sla" [class]="deadline.urgency">
        <span class="nw">{{ say.text(deadline.key, { count: deadline.count }) }}</span>
        <span class="bar" aria-hidden="true"><i [style.--v]="deadline.spent"></i></span>
      </span>
    } @else if (request().state === 'CLARIFICATION') {
      <span class="sla muted">{{ say.text('deadline.paused') }}</span>
    }`,
})
export class DeadlineMark {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly request = input.required<{ state: RequestState; createdAt: string; dueAt: string }>();
  protected readonly deadline = computed(() => deadlineOf(this.request(), this.staff.now()));
}
