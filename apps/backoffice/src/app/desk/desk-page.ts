import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { DeskMonth } from './desk-month';
import { DeskPlaces } from './desk-places';
import { DeskRequests } from './desk-requests';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** The first page: what waits, by what this person may do. */
@Component({
  selector: 'kv-desk-page',
  imports: [DeskMonth, DeskPlaces, DeskRequests],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<div class="st-h">
      <div>
        <h1>{{ say.text('title.desk') }}</h1>
        <p class="s muted">
          {{ staff.organization()?.name }} · {{ say.text('desk.today', { date: say.day(staff.today()) }) }}
        </p>
      </div>
    </div>
    <div class="grid-2">
      @if (staff.may('PERIOD_CLOSE')) {
        <kv-desk-month />
      }
      @if (staff.may('REQUEST_WORK')) {
        <kv-desk-requests />
      }
      @if (!staff.may('PERIOD_CLOSE') && !staff.may('REQUEST_WORK')) {
        <kv-desk-places />
      }
    </div>`,
})
export class DeskPage {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
}
