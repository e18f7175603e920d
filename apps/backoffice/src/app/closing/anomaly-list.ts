import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Empty, Icon, Money, Skeleton } from '@kvartal/ui';
import { currencySign, showQuantity } from '@kvartal/words';
import { type AnomalyKind, ClosingAnomaliesDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { ANOMALY_WHY } from './closing-review';

const KINDS: readonly AnomalyKind[] = [
  'ZERO_CHARGE',
  'TRIPLED_CHARGE',
  'MISSING_READING',
  'NEGATIVE_COMMON_AREA',
  'NEGATIVE_LINE',
];

/** Everything unusual of one kind in a computed month, each with the way to the account as it would be charged. */
@Component({
  selector: 'kv-anomaly-list',
  imports: [Empty, Failure, Icon, Money, Pager, RouterLink, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './anomaly-list.html',
})
export class AnomalyList {
  private readonly title = inject(PageTitle);
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);
  protected readonly why = ANOMALY_WHY;

  readonly month = input.required<string>();
  readonly closingId = input.required<string>();
  /** The kind as the address spells it. */
  readonly kind = input.required<string>();
  readonly page = input<string>();
  readonly size = input<string>();

  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly known = computed(() => KINDS.find((kind) => kind === this.kind()));
  protected readonly at = computed(() => pageOf(this.page(), this.size()));
  protected readonly anomalies = asked(
    ClosingAnomaliesDocument,
    () => {
      const [organizationId, kind] = [this.staff.organizationId(), this.known()];
      return organizationId && kind
        ? { organizationId, id: this.closingId(), kind, page: this.at() }
        : undefined;
    },
    () => `${this.closingId()} ${this.kind()}`,
  );
  protected readonly list = computed(() => this.anomalies.value()?.closing.anomalies);

  constructor() {
    effect(() => this.title.about(this.say.month(this.month())));
  }

  protected volume(quantity: string | null): string {
    return quantity === null ? '—' : showQuantity(quantity);
  }
}
