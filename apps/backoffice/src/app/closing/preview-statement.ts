import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Banner, Icon, Plate, Skeleton } from '@kvartal/ui';
import { AccountCardDocument, ClosingStatementDocument } from '../../generated/graphql';
import { StatementTable } from '../accounts/statement-table';
import { asked } from '../shell/asked';
import { besidePlate } from '../shell/beside-plate';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';

/** How one account would be charged if the month were closed with this computation. */
@Component({
  selector: 'kv-preview-statement',
  imports: [Banner, Failure, Icon, Plate, RouterLink, Skeleton, StatementTable],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './preview-statement.html',
})
export class PreviewStatement {
  private readonly title = inject(PageTitle);
  protected readonly say = inject(Say);
  protected readonly beside = besidePlate;
  protected readonly staff = inject(Staff);

  readonly month = input.required<string>();
  readonly closingId = input.required<string>();
  readonly accountId = input.required<string>();

  /** Whose account it is: who closes months need not have the right to see cards, so its failure hides only the head. */
  private readonly card = asked(
    AccountCardDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, id: this.accountId() } : undefined;
    },
    () => this.accountId(),
  );
  protected readonly account = computed(() => this.card.value()?.account.account);
  protected readonly preview = asked(
    ClosingStatementDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId
        ? { organizationId, closingId: this.closingId(), accountId: this.accountId() }
        : undefined;
    },
    () => `${this.closingId()} ${this.accountId()}`,
  );
  protected readonly statement = computed(() => this.preview.value()?.closingStatement);

  constructor() {
    effect(() => this.title.about(this.account()?.number ?? ''));
  }
}
