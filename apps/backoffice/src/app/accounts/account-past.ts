import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { isCivilDate } from '@kvartal/domain';
import { DateBox, Field, Icon, Money, Skeleton } from '@kvartal/ui';
import { showQuantity } from '@kvartal/words';
import { AccountAsOfDocument, type ThenFragment } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** The account's card as of a past day, by what was known then; what was corrected since stands beside it. */
@Component({
  selector: 'kv-account-past',
  imports: [DateBox, Failure, Field, Icon, Money, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-past.html',
})
export class AccountPast {
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  readonly accountId = input.required<string>();

  protected readonly typed = signal('');
  protected readonly day = computed(() => {
    const typed = this.typed();
    return isCivilDate(typed) && typed <= this.staff.today() ? typed : '';
  });
  protected readonly read = asked(
    AccountAsOfDocument,
    () => {
      const [organizationId, on] = [this.staff.organizationId(), this.day()];
      return organizationId && on ? { organizationId, id: this.accountId(), on } : undefined;
    },
    () => this.accountId(),
  );
  protected readonly past = computed(() =>
    this.day() ? this.read.value()?.account.account.asOf : undefined,
  );
  protected readonly facts = computed(() => {
    const past = this.past();
    if (!past) return [];
    const area = (value: string | null) => (value === null ? '—' : showQuantity(value, this.say.unit('м²')));
    const count = (value: string | null) => (value === null ? '—' : showQuantity(value));
    const row = (
      name: Parameters<Say['text']>[0],
      of: keyof Omit<ThenFragment, '__typename'>,
      show: (value: string | null) => string,
    ) => {
      const [then, now] = [show(past.facts[of]), show(past.factsNow[of])];
      const later = then === now ? '' : this.say.text('past.corrected', { value: now });
      return { name: this.say.text(name), then, later };
    };
    return [
      row('account.totalArea', 'totalArea', area),
      row('account.livingArea', 'livingArea', area),
      row('account.heatedArea', 'heatedArea', area),
      row('account.residents', 'residents', count),
    ].filter(({ then, later }) => then !== '—' || later !== '');
  });
}
