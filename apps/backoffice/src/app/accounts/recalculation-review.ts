import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import type { RefusalData } from '@kvartal/api-client';
import { Banner, Money } from '@kvartal/ui';
import { showQuantity } from '@kvartal/words';
import type { WholeRecalculationFragment } from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { Recalculating } from './recalculating';

type Line = WholeRecalculationFragment['months'][number]['lines'][number];

/** What closed months cost otherwise, by account, month, line and cause; with the button that posts exactly that. */
@Component({
  selector: 'kv-recalculation-review',
  imports: [Banner, Failure, Money, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './recalculation-review.html',
})
export class RecalculationReview {
  private readonly recalculating = inject(Recalculating);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly preview = input.required<WholeRecalculationFragment>();
  /** Whether something is written even where no sum changes: a correction is. */
  readonly isWorthWriting = input(false);
  readonly done = output();
  readonly canceled = output();

  protected readonly refusals = signal<readonly RefusalData[]>([]);
  private readonly acting = new Acting();
  protected readonly isBusy = this.acting.isBusy;
  protected readonly failure = this.acting.failure;
  protected readonly mayConfirm = computed(() => this.isWorthWriting() || this.preview().months.length > 0);
  protected readonly accounts = computed(
    () => new Set(this.preview().months.map(({ accountId }) => accountId)).size,
  );

  /** «−2 м³: объём −86,54» */
  protected why({ quantity, unit, causes }: Line): string {
    const parts = causes.map(
      ({ cause, amount }) =>
        `${this.say.enum('Cause', cause)} ${this.say.money(amount, this.staff.currency())}`,
    );
    const volume = /^-?0(\.0+)?$/.test(quantity) ? [] : [showQuantity(quantity, this.say.unit(unit))];
    return [...volume, ...parts].join(' · ');
  }

  protected async confirm(): Promise<void> {
    await this.acting.run(async () => {
      const refusals = await this.recalculating.confirm();
      this.refusals.set(refusals);
      if (!refusals.length) this.done.emit();
    });
  }
}
