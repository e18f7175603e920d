import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Empty, Icon, Money, Skeleton, Toasts } from '@kvartal/ui';
import { currencySign, showQuantity } from '@kvartal/words';
import {
  type AnomalyKind,
  ClosingAnomaliesDocument,
  type ClosingAnomaliesQuery,
  type DecisionInput,
  type ReasonFragment,
} from '../../generated/graphql';
import { Acting } from '../shell/acting';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Refused } from '../shell/refused';
import { PageTitle } from '../shell/page-title';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { ANOMALY_WHY } from './closing-review';
import { Closings } from './closings';
import { type Chosen, Reasoned, type Way } from './reasoned';

const KINDS: readonly AnomalyKind[] = [
  'ZERO_CHARGE',
  'TRIPLED_CHARGE',
  'MISSING_READING',
  'NEGATIVE_COMMON_AREA',
  'NEGATIVE_LINE',
  'OVER_BOUND',
];

/** Kinds that somebody decides on before the month is closed. */
const PARKED: readonly AnomalyKind[] = ['ZERO_CHARGE', 'TRIPLED_CHARGE', 'NEGATIVE_LINE', 'OVER_BOUND'];

type Found = ClosingAnomaliesQuery['closing']['anomalies']['items'][number];
const keyOf = ({ accountId, serviceId }: Found): string => `${accountId} ${serviceId}`;

/** Everything unusual of one kind in a computed month, each with the way to the account as it would be charged. */
@Component({
  selector: 'kv-anomaly-list',
  imports: [Empty, Failure, Icon, Money, Pager, Reasoned, Refused, RouterLink, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './anomaly-list.html',
})
export class AnomalyList {
  private readonly title = inject(PageTitle);
  private readonly closings = inject(Closings);
  private readonly router = inject(Router);
  private readonly toasts = inject(Toasts);
  protected readonly acting = new Acting();
  protected readonly refusals = signal<readonly ReasonFragment[]>([]);
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
  protected readonly isParked = computed(() => PARKED.some((kind) => kind === this.known()));
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

  /** How many of this kind wait for somebody, while they still may be decided on. */
  protected readonly undecided = computed(() => {
    const closing = this.anomalies.value()?.closing;
    if (closing?.state !== 'READY') return 0;
    return closing.anomalyCounts.find(({ kind }) => kind === this.known())?.undecided ?? 0;
  });
  /** Rows that were ticked; none means all that are undecided. */
  protected readonly picked = linkedSignal({
    source: this.list,
    computation: () => new Map<string, Found>(),
  });
  protected readonly ways = computed((): Way[] => [
    { choice: 'CHARGE', text: this.say.text('anomaly.charge'), look: 'pri' },
    { choice: 'HOLD', text: this.say.text('anomaly.hold'), look: 'sec' },
  ]);
  /** Which columns this kind of them has: one of dashes tells nothing. */
  protected readonly columns = computed(() => {
    const items = this.list()?.items ?? [];
    return {
      service: items.some(({ serviceId }) => serviceId !== null),
      volume: items.some(({ quantity }) => quantity !== null),
      before: items.some(({ previous }) => previous !== null),
      now: items.some(({ current }) => current !== null),
    };
  });

  constructor() {
    effect(() => this.title.about(this.say.month(this.month())));
  }

  protected volume({ quantity, unit }: Found): string {
    return quantity === null ? '—' : showQuantity(quantity, this.say.unit(unit ?? ''));
  }

  protected isPicked(one: Found): boolean {
    return this.picked().has(keyOf(one));
  }

  protected pick(one: Found): void {
    const picked = new Map(this.picked());
    if (!picked.delete(keyOf(one))) picked.set(keyOf(one), one);
    this.picked.set(picked);
  }

  protected async decide({ choice, reason }: Chosen): Promise<void> {
    const kind = this.known();
    if (!kind || (choice !== 'CHARGE' && choice !== 'HOLD')) return;
    const lines = [...this.picked().values()].flatMap(({ accountId, serviceId }) =>
      accountId === null ? [] : { accountId, serviceId },
    );
    const decision: DecisionInput = { kind, choice, reason, lines: lines.length ? lines : null };
    const reasons = await this.acting.run(() => this.closings.decide(this.closingId(), decision));
    if (!reasons) return;
    this.refusals.set(reasons);
    if (reasons.length === 0) this.toasts.show(this.say.text('anomaly.saved'));
    // what is held is computed again: its progress stands on the page of the month
    if (reasons.length === 0 && choice === 'HOLD') await this.router.navigate(['/periods', this.month()]);
    else this.anomalies.reload();
  }
}
