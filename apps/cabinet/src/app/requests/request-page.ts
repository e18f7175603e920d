import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type ApiFailure, failureOf, loaded, type RefusalData, Session } from '@kvartal/api-client';
import { Banner, Field, FieldInput, Icon, Skeleton } from '@kvartal/ui';
import { showPhone } from '@kvartal/words';
import { Accounts } from '../accounts/accounts';
import { FailureView } from '../shell/failure-view';
import { Say } from '../texts/say';
import { RequestChip } from './request-chip';
import { RequestEvents } from './request-events';
import { type Acted, type RequestKey, Requests } from './requests';
import { Stars } from './stars';

/** A request: where it stands, everything that happened to it, and what its resident may do now. */
@Component({
  selector: 'kv-request-page',
  imports: [
    RouterLink,
    Banner,
    Field,
    FieldInput,
    Icon,
    Skeleton,
    FailureView,
    RequestChip,
    RequestEvents,
    Stars,
  ],
  templateUrl: './request-page.html',
  styleUrl: './request-page.scss',
})
export class RequestPage {
  private readonly requests = inject(Requests);
  private readonly accounts = inject(Accounts);
  private readonly session = inject(Session);
  protected readonly say = inject(Say);

  readonly id = input.required<string>();
  /** `?o=` of an organisation that is not the chosen account's. */
  readonly o = input<string>();

  private readonly key = computed<RequestKey | undefined>(() => {
    const organizationId = this.o() ?? this.accounts.key()?.organizationId;
    return organizationId ? { organizationId, id: this.id() } : undefined;
  });
  protected readonly read = loaded(this.key, (key, signal) => this.requests.one(key, signal));
  protected readonly refusals = signal<readonly RefusalData[]>([]);
  protected readonly failure = signal<ApiFailure | undefined>(undefined);
  protected readonly isBusy = signal(false);
  protected readonly text = signal('');
  protected readonly textError = signal('');
  protected readonly reopens = signal(false);
  protected readonly phone = showPhone;
  protected readonly due = computed(() => {
    const request = this.read.data();
    if (!request || !['NEW', 'IN_WORK'].includes(request.state)) return '';
    return this.say.text('requests.due', { date: this.say.near(request.dueAt, this.session.today() ?? '') });
  });

  protected accept(): Promise<void> {
    return this.act((key) => this.requests.accept(key));
  }

  protected cancel(): Promise<void> {
    return this.act((key) => this.requests.cancel(key));
  }

  protected rate(given: { stars: number; text: string }): Promise<void> {
    return this.act((key) => this.requests.rate(key, given.stars, given.text));
  }

  /** Answers a question of the organisation, or says why the work is not accepted. */
  protected async reply(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.text().trim();
    this.textError.set(text ? '' : this.say.text('requests.needAnswer'));
    if (!text) return;
    await this.act((key) =>
      this.reopens() ? this.requests.reopen(key, text) : this.requests.answer(key, text),
    );
    if (this.refusals().length || this.failure()) return;
    this.text.set('');
    this.reopens.set(false);
  }

  protected type({ target }: Event): void {
    if (target instanceof HTMLTextAreaElement) this.text.set(target.value);
  }

  private async act(what: (key: RequestKey) => Promise<Acted>): Promise<void> {
    const key = this.key();
    if (!key || this.isBusy()) return;
    this.isBusy.set(true);
    this.failure.set(undefined);
    this.refusals.set([]);
    try {
      const { request, refusals } = await what(key);
      this.refusals.set(refusals);
      if (request) this.read.set(request);
    } catch (thrown) {
      this.failure.set(failureOf(thrown));
    } finally {
      this.isBusy.set(false);
    }
  }
}
