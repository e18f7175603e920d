import { computed, inject, Service, signal } from '@angular/core';
import { Api, type ApiFailure, failureOf, Session } from '@kvartal/api-client';
import { Languages } from '@kvartal/ui';
import { localeOf } from '@kvartal/words';
import { type Permission, SignOutDocument, StartDocument, type WhoFragment } from '../../generated/graphql';

export type Membership = WhoFragment['memberships'][number];

const KEPT = 'kvartal.staff.organization';

/** Who works here, for which organisation just now, and what they may. */
@Service()
export class Staff {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  private readonly languages = inject(Languages);

  private readonly who = signal<WhoFragment | undefined>(undefined);
  private readonly chosenId = signal(localStorage.getItem(KEPT));
  private readonly broken = signal<ApiFailure | undefined>(undefined);

  private ahead = 0;

  readonly failure = this.broken.asReadonly();
  readonly name = computed(() => this.who()?.name ?? this.who()?.login ?? '');
  readonly memberships = computed<readonly Membership[]>(() =>
    this.session.signedIn() ? (this.who()?.memberships ?? []) : [],
  );
  readonly membership = computed(
    () =>
      this.memberships().find(({ organization }) => organization.id === this.chosenId()) ??
      this.memberships()[0],
  );
  readonly organization = computed(() => this.membership()?.organization);
  readonly organizationId = computed(() => this.organization()?.id);
  readonly currency = computed(() => this.organization()?.currency ?? 'RUB');
  readonly today = computed(() => this.organization()?.today ?? this.session.today() ?? '');

  /** Asked once before the first page. Never fails: without an answer the page says so. */
  async load(): Promise<void> {
    const kept = this.languages.kept();
    const [asked] = await Promise.all([this.ask(), kept && this.languages.use(kept)]);
    if (!kept) await this.languages.use(localeOf(asked));
  }

  /** Asks who is signed in. Resolves to the portal's language where the API answered. */
  async ask(): Promise<string | undefined> {
    try {
      const { portal, viewer } = await this.api.query(StartDocument, {});
      this.begin(viewer);
      this.broken.set(undefined);
      return portal.locale;
    } catch (thrown) {
      this.broken.set(failureOf(thrown));
      return undefined;
    }
  }

  begin(viewer: WhoFragment): void {
    this.who.set(viewer);
    this.ahead = Date.parse(viewer.now) - Date.now();
    this.session.begin(viewer);
  }

  /** The present of the API, in milliseconds: the browser's clock may be wrong, or the town's may be moved. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** Works for another of the person's organisations. Unknown ones change nothing. */
  choose(organizationId: string): void {
    if (!this.memberships().some(({ organization }) => organization.id === organizationId)) return;
    localStorage.setItem(KEPT, organizationId);
    this.chosenId.set(organizationId);
  }

  may(permission: Permission): boolean {
    return this.membership()?.permissions.includes(permission) ?? false;
  }

  /** @throws ApiFailure */
  async signOut(): Promise<void> {
    await this.api.mutate(SignOutDocument, {});
    this.session.end();
    this.who.set(undefined);
  }
}
