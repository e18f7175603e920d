import { ChangeDetectorRef, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import {
  ActivatedRoute,
  NavigationEnd,
  Router,
  RouterLink,
  RouterLinkActive,
  RouterOutlet,
} from '@angular/router';
import { Empty, Icon, type IconName, Lamp, Mark } from '@kvartal/ui';
import { filter, map, startWith } from 'rxjs';
import { Accounts } from '../accounts/accounts';
import { HomeSummary } from '../home/home-summary';
import { Say, type TextKey } from '../texts/say';
import { AccountSwitcher } from './account-switcher';
import { FailureView } from './failure-view';
import { PageFoot } from './page-foot';
import { Person } from './person';

interface Section {
  path: string;
  icon: IconName;
  name: TextKey;
  /** The shorter name for the bar of a phone. */
  short?: TextKey;
}

const HOME: Section = { path: '/home', icon: 'house', name: 'nav.home' };
const READINGS: Section = { path: '/readings', icon: 'gauge', name: 'nav.readings' };
const CHARGES: Section = { path: '/charges', icon: 'receipt-text', name: 'nav.charges' };
const PAYMENTS: Section = { path: '/payments', icon: 'credit-card', name: 'nav.payments' };
const PAY: Section = { path: '/pay', icon: 'credit-card', name: 'nav.pay' };
const REQUESTS: Section = { path: '/requests', icon: 'wrench', name: 'nav.requests' };
const BREAKDOWN: Section = { path: '/breakdown', icon: 'layers', name: 'nav.breakdown' };
const RECONCILIATION: Section = {
  path: '/reconciliation',
  icon: 'calculator',
  name: 'nav.reconciliation',
};
const PROFILE: Section = { path: '/profile', icon: 'user', name: 'nav.profile' };
const MORE: Section = { path: '/more', icon: 'menu', name: 'nav.more' };

/** The frame of the pages of a person: whose account, sections, the page, the organisation. */
@Component({
  selector: 'kv-shell',
  imports: [
    RouterOutlet,
    RouterLink,
    RouterLinkActive,
    AccountSwitcher,
    Empty,
    FailureView,
    Icon,
    Lamp,
    Mark,
    PageFoot,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  private readonly router = inject(Router);
  private readonly route = inject(ActivatedRoute);
  private readonly summary = inject(HomeSummary);
  protected readonly accounts = inject(Accounts);
  protected readonly person = inject(Person);
  protected readonly say = inject(Say);
  /** What an outlet has put on the page has no words until it is checked: it is checked before anything else runs. */
  protected readonly changes = inject(ChangeDetectorRef);

  protected readonly main = [HOME, READINGS, CHARGES, PAYMENTS, REQUESTS];
  /** A legal entity looks into its charges account by account. */
  protected readonly own = computed(() => [
    ...(this.person.isLegal() ? [BREAKDOWN] : []),
    RECONCILIATION,
    PROFILE,
  ]);
  protected readonly tabs = [HOME, READINGS, PAY, REQUESTS, MORE];

  /** Sections where something waits for this person now. */
  protected readonly waiting = computed<ReadonlySet<string>>(
    () =>
      new Set([
        ...(this.summary.readingsWait() ? [READINGS.path] : []),
        ...(this.summary.requestsWait() ? [REQUESTS.path] : []),
      ]),
  );

  private readonly url = toSignal(
    this.router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      startWith(undefined),
      map(() => this.router.url),
    ),
  );
  /** The page needs no linked account. */
  private readonly isFree = computed(() => {
    this.url();
    return this.route.snapshot.firstChild?.data['free'] === true;
  });
  protected readonly needsLink = computed(() => this.accounts.isEmpty() && !this.isFree());
}
