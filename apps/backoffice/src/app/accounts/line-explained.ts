import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { isRefused } from '@kvartal/api-client';
import { Skeleton } from '@kvartal/ui';
import { Explanation } from '@kvartal/ui/explaining';
import type { CurrencyCode } from '@kvartal/words';
import { AccountExplainedDocument, ClosingExplainedDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';

/** How a line was charged, as the resident sees it too: of a closed month, or of a closing under review. */
@Component({
  selector: 'kv-line-explained',
  imports: [Explanation, Failure, Refused, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (told(); as line) {
      <kv-explanation [line]="line" [currency]="currency()" />
    } @else if (refusals().length) {
      <kv-refused [refusals]="refusals()" />
    } @else if (failure(); as failure) {
      <kv-failure [failure]="failure" (retry)="reload()" />
    } @else {
      <kv-skeleton [lines]="5" />
    }`,
})
export class LineExplained {
  private readonly staff = inject(Staff);
  readonly account = input.required<string>();
  readonly month = input.required<string>();
  readonly closing = input<string>();
  readonly line = input.required<{ serviceId: string; supplierId: string }>();
  readonly currency = input.required<CurrencyCode>();

  private readonly ofMonth = asked(AccountExplainedDocument, () => {
    const organizationId = this.staff.organizationId();
    const { serviceId, supplierId } = this.line();
    if (!organizationId || this.closing() !== undefined) return undefined;
    return { organizationId, id: this.account(), month: this.month(), serviceId, supplierId };
  });
  private readonly ofClosing = asked(ClosingExplainedDocument, () => {
    const [organizationId, closingId] = [this.staff.organizationId(), this.closing()];
    if (!organizationId || closingId === undefined) return undefined;
    return { organizationId, closingId, accountId: this.account(), serviceId: this.line().serviceId };
  });
  private readonly answer = computed(
    () => this.ofMonth.value()?.account.account.explained ?? this.ofClosing.value()?.closingExplained,
  );
  protected readonly told = computed(() => {
    const answer = this.answer();
    if (!answer || isRefused(answer)) return undefined;
    return answer.lines.find(({ supplierId }) => supplierId === this.line().supplierId);
  });
  protected readonly refusals = computed(() => {
    const answer = this.answer();
    return answer && isRefused(answer) ? answer.refusals : [];
  });
  protected readonly failure = computed(() => this.ofMonth.failure() ?? this.ofClosing.failure());

  protected reload(): void {
    this.ofMonth.reload();
    this.ofClosing.reload();
  }
}
