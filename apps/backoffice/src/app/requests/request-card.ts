import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Chip, Icon, Skeleton, Toasts } from '@kvartal/ui';
import { showPhone } from '@kvartal/words';
import { type ReasonFragment, RequestCardDocument, type WholeRequestFragment } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';
import { Say, type TextKey } from '../texts/say';
import { DeadlineMark } from './deadline-mark';
import { RequestAnswer } from './request-answer';
import { RequestHistory } from './request-history';
import { REQUEST_LOOKS } from './request-looks';
import { type Answer, Requests } from './requests';

const DONE: Readonly<Record<Answer, TextKey>> = {
  reply: 'request.replied',
  ask: 'request.asked',
  finish: 'request.finished',
  reject: 'request.rejected',
};

/** One request: what happened, everything since, who does it by when, and the answer to the resident. */
@Component({
  selector: 'kv-request-card',
  imports: [Chip, DeadlineMark, Failure, Icon, Refused, RequestAnswer, RequestHistory, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request-card.html',
})
export class RequestCard {
  private readonly requests = inject(Requests);
  private readonly toasts = inject(Toasts);
  private readonly title = inject(PageTitle);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly looks = REQUEST_LOOKS;
  protected readonly phone = showPhone;
  readonly id = input.required<string>();

  protected readonly card = asked(
    RequestCardDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, id: this.id() } : undefined;
    },
    () => this.id(),
  );
  protected readonly whole = computed(() => this.card.value()?.request);
  protected readonly colleagues = computed(() => this.card.value()?.colleagues ?? []);
  protected readonly refusals = signal<readonly ReasonFragment[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;
  /** Grows with each answer that was sent: the form starts anew. */
  protected readonly sent = signal(0);

  constructor() {
    effect(() => {
      const request = this.whole()?.request;
      this.title.about(request ? this.say.text('requests.number', { number: request.number }) : '');
    });
  }

  protected take(): Promise<boolean> {
    return this.act(() => this.requests.take(this.id()), 'request.taken');
  }

  protected async assign(whole: WholeRequestFragment, assigneeId: string): Promise<boolean> {
    if (!assigneeId || assigneeId === whole.assigneeId) {
      this.toasts.show(this.say.text(assigneeId ? 'request.sameAssignee' : 'request.choose'));
      return false;
    }
    return this.act(() => this.requests.assign(this.id(), assigneeId), 'request.assigned');
  }

  protected async answer({ answer, text }: { answer: Answer; text: string }): Promise<void> {
    const isDone = await this.act(() => this.requests.answer(this.id(), answer, text), DONE[answer]);
    if (isDone) this.sent.update((count) => count + 1);
  }

  private async act(act: () => Promise<readonly ReasonFragment[]>, done: TextKey): Promise<boolean> {
    const isDone = await this.acting.run(async () => {
      const refusals = await act();
      this.refusals.set(refusals);
      this.card.reload();
      if (refusals.length === 0) this.toasts.show(this.say.text(done));
      return refusals.length === 0;
    });
    return isDone ?? false;
  }
}
