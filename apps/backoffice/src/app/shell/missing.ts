import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Empty } from '@kvartal/ui';
import { Say } from '../texts/say';

/** No page at this address. */
@Component({
  selector: 'kv-missing',
  imports: [Empty, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<h1 class="vh">{{ say.text('title.missing') }}</h1>
    <kv-empty class="sheet" [heading]="say.text('title.missing')" [text]="say.text('shell.missingWhy')">
      <a class="btn soft" routerLink="/">{{ say.text('title.desk') }}</a>
    </kv-empty>`,
})
export class Missing {
  protected readonly say = inject(Say);
}
