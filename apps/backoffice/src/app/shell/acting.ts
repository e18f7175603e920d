import { signal } from '@angular/core';
import { type ApiFailure, failureOf } from '@kvartal/api-client';

/** What a page asks the API to do, one thing at a time: whether it is on its way, and the failure that it ended with. */
export class Acting {
  private readonly busy = signal(false);
  private readonly broken = signal<ApiFailure | undefined>(undefined);
  readonly isBusy = this.busy.asReadonly();
  readonly failure = this.broken.asReadonly();

  /** Answers what the act answers; undefined where it failed, or where another is on its way and nothing was done. */
  async run<R>(act: () => Promise<R>): Promise<R | undefined> {
    if (this.busy()) return undefined;
    this.busy.set(true);
    this.broken.set(undefined);
    try {
      return await act();
    } catch (thrown) {
      this.broken.set(failureOf(thrown));
      return undefined;
    } finally {
      this.busy.set(false);
    }
  }
}
