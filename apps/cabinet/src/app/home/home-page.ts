import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Skeleton } from '@kvartal/ui';
import { ConsumptionChart } from '../charts/consumption-chart';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { AccountFacts } from './account-facts';
import { BillSheet } from './bill-sheet';
import { HomeSummary } from './home-summary';
import { OpenRequests } from './open-requests';
import { ServiceList } from './service-list';
import { ToDo } from './to-do';

/** How much, by when, what now; then everything that is known of the account. */
@Component({
  selector: 'kv-home-page',
  imports: [
    RouterLink,
    Skeleton,
    ConsumptionChart,
    FailureView,
    AccountFacts,
    BillSheet,
    OpenRequests,
    ServiceList,
    ToDo,
  ],
  templateUrl: './home-page.html',
  styleUrl: './home-page.scss',
})
export class HomePage {
  protected readonly home = inject(HomeSummary);
  protected readonly say = inject(Say);
}
