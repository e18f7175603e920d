import { computed, inject, Service } from '@angular/core';
import { Api, loaded } from '@kvartal/api-client';
import { HomeDocument, type HomeQuery } from '../../generated/graphql';
import { Accounts } from '../accounts/accounts';

export type Home = HomeQuery['me']['home'];

/** What the first page shows of the chosen account; the shell takes from it what waits for the person. */
@Service()
export class HomeSummary {
  private readonly api = inject(Api);
  private readonly home = loaded(inject(Accounts).key, async (key, signal) => {
    const { me } = await this.api.query(HomeDocument, key, signal);
    return me.home;
  });

  readonly data = this.home.data;
  readonly failure = this.home.failure;

  readonly readingsWait = computed(() => {
    const window = this.data()?.window;
    return window !== undefined && window.isOpen && window.submitted < window.registers;
  });
  readonly requestsWait = computed(
    () => this.data()?.requests.some(({ state }) => state === 'CLARIFICATION') ?? false,
  );

  reload(): void {
    this.home.reload();
  }
}
