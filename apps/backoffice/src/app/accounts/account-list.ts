import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Empty, Icon, Money, Skeleton } from '@kvartal/ui';
import { currencySign } from '@kvartal/words';
import { AccountsDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';

/** The accounts of the organisation: searched, filtered and paged by the address. */
@Component({
  selector: 'kv-account-list',
  imports: [Empty, Failure, Icon, Money, Pager, RouterLink, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-list.html',
})
export class AccountList {
  private readonly router = inject(Router);
  protected readonly say = inject(Say);
  protected readonly staff = inject(Staff);

  readonly text = input<string>();
  readonly house = input<string>();
  readonly debtors = input<string>();
  readonly page = input<string>();
  readonly size = input<string>();

  protected readonly sign = computed(() => currencySign(this.staff.currency()));
  protected readonly at = computed(() => pageOf(this.page(), this.size()));
  protected readonly isFiltered = computed(() => Boolean(this.text() || this.house() || this.debtors()));
  protected readonly accounts = asked(
    AccountsDocument,
    () => {
      const organizationId = this.staff.organizationId();
      if (!organizationId) return undefined;
      const filter = {
        text: this.text() || undefined,
        houseId: this.house() || undefined,
        debtorsOnly: this.debtors() === '1',
      };
      return { organizationId, filter, page: this.at() };
    },
    () => this.staff.organizationId() ?? '',
  );

  protected search(event: Event, text: string): void {
    event.preventDefault();
    void this.router.navigate([], {
      queryParams: { text: text.trim() || null, page: null },
      queryParamsHandling: 'merge',
    });
  }

  protected isDebt(balance: string): boolean {
    return !balance.startsWith('-');
  }
}
