import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { Say } from '../texts/say';

/** From prices and norms to legal numbers and back. */
@Component({
  selector: 'kv-tariff-tabs',
  imports: [RouterLink, RouterLinkActive],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<nav class="row wrap" [attr.aria-label]="say.text('tariffs.parts')">
    @for (part of parts; track part.link) {
      <a
        class="btn sm"
        [routerLink]="part.link"
        routerLinkActive
        #here="routerLinkActive"
        [routerLinkActiveOptions]="{ exact: true }"
        [class.sec]="here.isActive"
        [class.quiet]="!here.isActive"
        ariaCurrentWhenActive="page"
        >{{ say.text(part.name) }}</a
      >
    }
  </nav>`,
})
export class TariffTabs {
  protected readonly say = inject(Say);
  protected readonly parts = [
    { link: '/tariffs', name: 'title.tariffs' },
    { link: '/tariffs/penalties', name: 'title.penalties' },
    { link: '/tariffs/law', name: 'title.law' },
  ] as const;
}
