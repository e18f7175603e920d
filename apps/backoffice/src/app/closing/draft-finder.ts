import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Field, FieldInput } from '@kvartal/ui';
import { AccountsDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** So many are offered; more ask for more words. */
const SHOWN = 5;

/** The way from the review to any account's lines and bill as they would be: by number, surname or address. */
@Component({
  selector: 'kv-draft-finder',
  imports: [Failure, Field, FieldInput, RouterLink],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<form novalidate role="search" class="stack" (submit)="find($event, box.value)">
      <kv-field
        name="any-account"
        [label]="say.text('closing.anyAccount')"
        [hint]="say.text('closing.anyHint')"
      >
        <input #box kvInput type="search" autocomplete="off" [value]="text()" />
      </kv-field>
      <div>
        <button type="submit" class="btn sec sm">{{ say.text('closing.anyShow') }}</button>
      </div>
    </form>
    <div role="status" class="under">
      @if (accounts.failure(); as failure) {
        <kv-failure [failure]="failure" (retry)="accounts.reload()" />
      } @else if (found(); as found) {
        <ul class="s stack-s">
          @for (one of found.items; track one.id) {
            <li>
              <a [routerLink]="['/periods', month(), closingId(), 'accounts', one.id]">{{ one.address }}</a>
              <p class="xs muted">{{ one.number }} · {{ one.holder }}</p>
            </li>
          } @empty {
            <li class="muted">{{ say.text('closing.anyNone') }}</li>
          }
        </ul>
        @if (found.total > shown) {
          <p class="xs muted">{{ say.text('closing.anyMore', { count: found.total - shown }) }}</p>
        }
      }
    </div>`,
})
export class DraftFinder {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly shown = SHOWN;
  readonly month = input.required<string>();
  readonly closingId = input.required<string>();

  protected readonly text = signal('');
  protected readonly accounts = asked(
    AccountsDocument,
    () => {
      const [organizationId, text] = [this.staff.organizationId(), this.text()];
      return organizationId && text
        ? { organizationId, filter: { text, debtorsOnly: false }, page: { number: 1, size: SHOWN } }
        : undefined;
    },
    () => this.text(),
  );
  protected readonly found = computed(() => (this.text() ? this.accounts.value()?.accounts : undefined));

  protected find(event: Event, text: string): void {
    event.preventDefault();
    this.text.set(text.trim());
  }
}
