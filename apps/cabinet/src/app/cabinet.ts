import { ChangeDetectorRef, Component, DOCUMENT, effect, inject, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterOutlet } from '@angular/router';
import { Session } from '@kvartal/api-client';
import { Mark, ToastPlace } from '@kvartal/ui';
import { FailureView } from './shell/failure-view';
import { Start } from './start';
import { Say } from './texts/say';

/** The root: nothing before it is known whose portal this is; then the pages. */
@Component({
  selector: 'kv-cabinet',
  imports: [RouterOutlet, ToastPlace, FailureView, Mark],
  host: {
    '(window:offline)': 'online.set(false)',
    '(window:online)': 'online.set(true)',
    '(window:pageshow)': 'returned($event)',
  },
  template: `<a class="skip" href="#main" (click)="skip($event)">{{ say.text('shell.skip') }}</a>
    @if (!online()) {
      <p class="offline" role="status">{{ say.text('failure.offlineBar') }}</p>
    }
    @if (start.portal()) {
      <router-outlet (activate)="changes.detectChanges()" />
    } @else if (start.failure(); as failure) {
      <main id="main" class="broken" tabindex="-1">
        <kv-mark [lit]="false" [large]="true" />
        <h1>{{ say.text('failure.title') }}</h1>
        <kv-failure [failure]="failure" (again)="start.ask()" />
      </main>
    }
    <kv-toasts />`,
})
export class Cabinet {
  private readonly document = inject(DOCUMENT);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  protected readonly start = inject(Start);
  protected readonly say = inject(Say);
  protected readonly online = signal(navigator.onLine);
  /** What an outlet has put on the page has no words until it is checked: it is checked before anything else runs. */
  protected readonly changes = inject(ChangeDetectorRef);

  constructor() {
    let arrived = false;
    let wasIn = false;
    effect(() => {
      if (!this.start.portal() || arrived) return;
      arrived = true;
      untracked(() => this.router.initialNavigation());
    });
    effect(() => {
      const isIn = this.session.signedIn();
      if (wasIn && !isIn) untracked(() => void this.toSignIn());
      wasIn = isIn;
    });
    this.router.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event instanceof NavigationEnd && event.id > 1) setTimeout(() => this.focusHeading());
    });
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.document.getElementById('main')?.focus();
  }

  /** A page that the Back button brought out of the browser's memory: who is signed in now? */
  protected returned({ persisted }: PageTransitionEvent): void {
    if (persisted) void this.start.ask();
  }

  /** The session ended, by us or behind our back: to the sign-in page, and back here afterwards. */
  private toSignIn(): Promise<boolean> {
    const { url } = this.router;
    return this.router.navigate(['/login'], { queryParams: url.startsWith('/login') ? {} : { to: url } });
  }

  /** After a change of page a screen reader starts at its heading. */
  private focusHeading(): void {
    const heading = this.document.querySelector<HTMLElement>('main h1');
    if (!heading || this.document.activeElement?.closest('main')) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
}
