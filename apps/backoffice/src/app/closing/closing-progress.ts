import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import { Facade, type FacadeState, Progress } from '@kvartal/ui';
import {
  ClosingProgressDocument,
  type HouseProgress,
  type WholeClosingFragment,
} from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { DiscardButton } from './discard-button';
import { remainingMs, type Sample, withSample } from './remaining';

const POLL_MS = 1000;
const MINUTE_MS = 60_000;

export const WINDOW_OF: Readonly<Record<HouseProgress, FacadeState>> = {
  WAITING: 'waiting',
  DONE: 'done',
  FAILED: 'failed',
};

/** A computation on its way: real counts each second, the façade of houses, the time left at the rate that was seen. */
@Component({
  selector: 'kv-closing-progress',
  imports: [DiscardButton, Facade, Failure, Progress],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './closing-progress.html',
})
export class ClosingProgress {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly closing = input.required<WholeClosingFragment>();
  readonly isBusy = input(false);
  /** The API says that it computes no longer. */
  readonly finished = output();
  readonly discard = output();

  private readonly samples = signal<readonly Sample[]>([]);
  protected readonly poll = asked(ClosingProgressDocument, () => {
    const organizationId = this.staff.organizationId();
    return organizationId ? { organizationId, id: this.closing().id } : undefined;
  });
  protected readonly now = computed(() => this.poll.value()?.closing ?? this.closing());
  protected readonly windows = computed(() => this.now().facade.map(({ state }) => WINDOW_OF[state]));
  protected readonly left = computed(() => this.leftText(remainingMs(this.samples(), this.now().houses)));

  constructor() {
    effect(() => {
      const closing = this.poll.value()?.closing;
      if (!closing) return;
      const sample = { at: performance.now(), done: closing.done };
      untracked(() => this.samples.update((samples) => withSample(samples, sample)));
      if (closing.state !== 'COMPUTING') this.finished.emit();
    });
    effect((onCleanup) => {
      if (this.poll.isLoading()) return;
      const timer = setTimeout(() => this.poll.reload(), POLL_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }

  private leftText(ms: number | undefined): string {
    if (ms === undefined) return '';
    if (ms < MINUTE_MS) return this.say.text('closing.leftSoon');
    return this.say.text('closing.left', { minutes: Math.round(ms / MINUTE_MS) });
  }
}
