import { ChangeDetectionStrategy, ChangeDetectorRef, Component, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Failure } from './shell/failure';
import { OrganizationInAddress } from './shell/organization-in-address';
import { Staff } from './shell/staff';
import { Say } from './texts/say';

/** The back-office: its pages, or why it has no answer from the API at all. */
@Component({
  selector: 'kv-backoffice',
  imports: [Failure, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (staff.failure(); as failure) {
      <main class="alone">
        <h1 class="vh">{{ say.text('title.start') }}</h1>
        <kv-failure [failure]="failure" (retry)="staff.ask()" />
      </main>
    } @else {
      <router-outlet (activate)="changes.detectChanges()" />
    }`,
})
export class Backoffice {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly address = inject(OrganizationInAddress);
  /** What an outlet has put on the page has no words until it is checked: it is checked before anything else runs. */
  protected readonly changes = inject(ChangeDetectorRef);
}
