import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Api, loaded } from '@kvartal/api-client';
import { Chip, Empty, Icon, Skeleton } from '@kvartal/ui';
import { showNumber, showQuantity } from '@kvartal/words';
import { ReadingHistoryDocument } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';
import { ConsumptionChart } from '../charts/consumption-chart';
import { FailureView } from '../shell/failure-view';
import { Pager } from '../shell/pager';
import { Say } from '../texts/say';

const SIZE = 25;

/** Every reading of the account, of working and removed meters, with its date and how it came. */
@Component({
  selector: 'kv-history-page',
  imports: [RouterLink, Chip, Empty, Icon, Skeleton, ConsumptionChart, FailureView, Pager],
  templateUrl: './history-page.html',
  styleUrl: './history-page.scss',
})
export class HistoryPage {
  private readonly api = inject(Api);
  private readonly accounts = inject(Accounts);
  protected readonly say = inject(Say);

  protected readonly size = SIZE;
  protected readonly page = signal(1);
  protected readonly read = loaded(
    () => {
      const key = this.accounts.key();
      return key && { ...key, page: { number: this.page(), size: SIZE } };
    },
    async (variables, signal) => (await this.api.query(ReadingHistoryDocument, variables, signal)).me.account,
  );
  protected readonly currency = computed(() => this.accounts.chosen()?.organization.currency ?? 'RUB');
  protected readonly rows = computed(() =>
    this.read.data()?.readings.items.map((one) => ({
      ...one,
      name: this.say.meter({ resource: one.resource, place: '' }, one.zone),
      shown: showNumber(one.value),
      corrected: one.correctedTo === null ? '' : showNumber(one.correctedTo),
      used:
        one.consumption === null ? '—' : showQuantity(one.consumption, this.say.resourceUnit(one.resource)),
    })),
  );
}
