import { computed, Service, signal } from '@angular/core';

/** Who is signed in, as both apps need to know it. */
export interface SessionViewer {
  signedIn: boolean;
  /** RESIDENT, LEGAL or STAFF. */
  kind?: string | null;
  login?: string | null;
  name?: string | null;
  email?: string | null;
  /** Today where the portal is: YYYY-MM-DD. The browser's own clock is not asked. */
  today: string;
}

/**
 * Who is signed in. The app tells it (`begin` after `viewer` was read or sign-in succeeded); any call that finds
 * the session gone ends it, and the app's guard leads to the sign-in page.
 */
@Service()
export class Session {
  private readonly known = signal<SessionViewer | undefined>(undefined);

  /** Undefined until it was asked. */
  readonly viewer = this.known.asReadonly();
  readonly signedIn = computed(() => this.known()?.signedIn ?? false);
  readonly today = computed(() => this.known()?.today);

  begin(viewer: SessionViewer): void {
    this.known.set(viewer);
  }

  end(): void {
    this.known.update((viewer) => viewer && { today: viewer.today, signedIn: false });
  }
}
