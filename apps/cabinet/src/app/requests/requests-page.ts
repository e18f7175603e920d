import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { loaded, Session } from '@kvartal/api-client';
import { Empty, Skeleton } from '@kvartal/ui';
import { FailureView } from '../shell/failure-view';
import { Pager } from '../shell/pager';
import { Say } from '../texts/say';
import { RequestChip } from './request-chip';
import { Requests } from './requests';

const SIZE = 10;

/** Requests of this person, newest first. */
@Component({
  selector: 'kv-requests-page',
  imports: [RouterLink, Empty, Skeleton, FailureView, Pager, RequestChip],
  templateUrl: './requests-page.html',
  styleUrl: './requests-page.scss',
})
export class RequestsPage {
  private readonly requests = inject(Requests);
  private readonly session = inject(Session);
  protected readonly say = inject(Say);

  protected readonly size = SIZE;
  protected readonly page = signal(1);
  protected readonly read = loaded(
    () => (this.session.signedIn() ? { number: this.page(), size: SIZE } : undefined),
    (page, signal) => this.requests.list(page, signal),
  );
  protected readonly rows = computed(() =>
    this.read.data()?.items.map((one) => ({
      ...one,
      link: ['/requests', one.id],
      created: this.say.near(one.createdAt, this.session.today() ?? ''),
      closed: one.closedAt ? this.say.dateTime(one.closedAt) : '—',
      isOpen: one.state === 'NEW' || one.state === 'IN_WORK',
    })),
  );
}
