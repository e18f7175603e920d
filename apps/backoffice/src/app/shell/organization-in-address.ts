import { Location } from '@angular/common';
import { inject, Service } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, NavigationStart, Router } from '@angular/router';
import { Staff } from './staff';

/**
 * Whoever works for several organisations finds `org` in every address, so that a link sent to a colleague opens the same
 * page. A link that names an organisation chooses it.
 */
@Service()
export class OrganizationInAddress {
  private readonly router = inject(Router);
  private readonly location = inject(Location);
  private readonly staff = inject(Staff);

  constructor() {
    this.router.events.pipe(takeUntilDestroyed()).subscribe((event) => {
      if (event instanceof NavigationStart) this.read(event.url);
      if (event instanceof NavigationEnd) this.write(event.urlAfterRedirects);
    });
  }

  private read(url: string): void {
    const named: unknown = this.router.parseUrl(url).queryParams['org'];
    if (typeof named === 'string') this.staff.choose(named);
  }

  private write(url: string): void {
    const organizationId = this.staff.organizationId();
    if (!organizationId || this.staff.memberships().length < 2) return;
    const tree = this.router.parseUrl(url);
    tree.queryParams = { ...tree.queryParams, org: organizationId };
    this.location.replaceState(this.router.serializeUrl(tree), '', this.location.getState());
  }
}
