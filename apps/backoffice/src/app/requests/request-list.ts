import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Chip, Empty, Plate, Skeleton } from '@kvartal/ui';
import { RequestsDocument, type RequestState } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { besidePlate, houseNumber } from '../shell/beside-plate';
import { Failure } from '../shell/failure';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say, type TextKey } from '../texts/say';
import { DeadlineMark } from './deadline-mark';
import { REQUEST_LOOKS } from './request-looks';

interface View {
  /** What the address calls it; the first view has no name. */
  name: string | undefined;
  title: TextKey;
  states: readonly RequestState[];
}

const VIEWS: readonly View[] = [
  { name: undefined, title: 'requests.open', states: ['NEW', 'IN_WORK', 'CLARIFICATION'] },
  { name: 'new', title: 'requests.new', states: ['NEW'] },
  { name: 'work', title: 'requests.work', states: ['IN_WORK'] },
  { name: 'clarification', title: 'requests.clarification', states: ['CLARIFICATION'] },
  { name: 'done', title: 'requests.done', states: ['DONE'] },
  { name: 'closed', title: 'requests.closed', states: ['CLOSED', 'CANCELED', 'REJECTED'] },
];

/** The requests by state, with counts; search, «мои» and the page are in the address. */
@Component({
  selector: 'kv-request-list',
  imports: [Chip, DeadlineMark, Empty, Failure, Pager, Plate, RouterLink, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './request-list.html',
})
export class RequestList {
  private readonly router = inject(Router);
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly beside = besidePlate;
  protected readonly number = houseNumber;
  protected readonly looks = REQUEST_LOOKS;
  protected readonly views = VIEWS;

  readonly view = input<string>();
  readonly text = input<string>();
  readonly mine = input<string>();
  readonly page = input<string>();
  readonly size = input<string>();

  protected readonly at = computed(() => pageOf(this.page(), this.size()));
  protected readonly shown = computed(() => VIEWS.find(({ name }) => name === this.view()) ?? VIEWS[0]);
  protected readonly isFiltered = computed(() => Boolean(this.text() || this.mine()));
  protected readonly requests = asked(
    RequestsDocument,
    () => {
      const organizationId = this.staff.organizationId();
      if (!organizationId) return undefined;
      const filter = {
        states: [...(this.shown()?.states ?? [])],
        mine: this.mine() === '1',
        text: this.text() || undefined,
      };
      return { organizationId, filter, page: this.at() };
    },
    () => this.staff.organizationId() ?? '',
  );

  protected countOf({ states }: View): string {
    const counts = this.requests.value()?.requests.counts;
    if (!counts) return '';
    const count = counts
      .filter(({ state }) => states.includes(state))
      .reduce((sum, one) => sum + one.count, 0);
    return this.say.number(count);
  }

  protected search(event: Event, text: string): void {
    event.preventDefault();
    void this.router.navigate([], {
      queryParams: { text: text.trim() || null, page: null },
      queryParamsHandling: 'merge',
    });
  }
}
