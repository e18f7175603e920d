import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Mark } from '@kvartal/ui';
import { Say } from '../texts/say';

/** An address that leads nowhere. */
@Component({
  selector: 'kv-missing-page',
  imports: [RouterLink, Mark],
  template: `<main id="main" class="broken" tabindex="-1">
    <kv-mark [lit]="false" [large]="true" />
    <h1>{{ say.text('missing.title') }}</h1>
    <p class="muted">{{ say.text('missing.text') }}</p>
    <a class="btn pri" routerLink="/home">{{ say.text('missing.home') }}</a>
  </main>`,
})
export class MissingPage {
  protected readonly say = inject(Say);
}
