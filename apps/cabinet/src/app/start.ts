import { computed, inject, Service, signal } from '@angular/core';
import { Api, type ApiFailure, failureOf, Session } from '@kvartal/api-client';
import { Languages } from '@kvartal/ui';
import { localeOf } from '@kvartal/words';
import { StartDocument, type StartQuery } from '../generated/graphql';

/** What the cabinet asks before it shows anything: whose portal this is and who is signed in. */
@Service()
export class Start {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly languages = inject(Languages);

  private readonly known = signal<StartQuery['portal'] | undefined>(undefined);
  private readonly broken = signal<ApiFailure | undefined>(undefined);

  readonly portal = this.known.asReadonly();
  readonly failure = this.broken.asReadonly();
  /** The organisation that the portal speaks for; the first of several. */
  readonly organization = computed(() => this.known()?.organizations[0]);

  /** Never fails: without an answer the cabinet says so, in the language it can. */
  async load(): Promise<void> {
    const kept = this.languages.kept();
    const asked = this.ask();
    await Promise.all([kept && this.languages.use(kept), asked]);
    if (!kept) await this.languages.use(localeOf(this.known()?.locale));
  }

  async ask(): Promise<void> {
    try {
      const { portal, viewer } = await this.api.query(StartDocument, {});
      this.known.set(portal);
      this.session.begin(viewer);
      this.broken.set(undefined);
    } catch (thrown) {
      this.broken.set(failureOf(thrown));
    }
  }
}
