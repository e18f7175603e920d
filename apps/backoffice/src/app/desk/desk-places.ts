import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '@kvartal/ui';
import { PLACES } from '../shell/places';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** Where to go from the desk for whoever neither closes months nor works on requests. */
@Component({
  selector: 'kv-desk-places',
  imports: [Icon, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<section class="sheet" aria-labelledby="places">
    <h2 id="places">{{ say.text('desk.places') }}</h2>
    <p class="s muted lead">{{ say.text('desk.placesWhy') }}</p>
    <ul class="lines">
      @for (place of places(); track place.link) {
        <li>
          <kv-icon [name]="place.icon" />
          <a [routerLink]="place.link">{{ say.text(place.name) }}</a>
        </li>
      }
    </ul>
  </section>`,
})
export class DeskPlaces {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly places = computed(() => PLACES.filter(({ needs }) => needs && this.staff.may(needs)));
}
