import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { Empty, Icon, Money, PeriodPicker, Plate, Skeleton } from '@kvartal/ui';
import { currencySign, showPhone, showQuantity } from '@kvartal/words';
import {
  AccountCardDocument,
  type AccountCardQuery,
  AccountStatementDocument,
} from '../../generated/graphql';
import { asked } from '../shell/asked';
import { besidePlate } from '../shell/beside-plate';
import { Failure } from '../shell/failure';
import { PageTitle } from '../shell/page-title';
import { Refused } from '../shell/refused';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { MeterPanel } from './meter-panel';
import { AccountPapers } from './account-papers';
import { AccountPast } from './account-past';
import { AccountPreliminary } from './account-preliminary';
import { AccountSettlements } from './account-settlements';
import { RecalculateButton } from './recalculate-button';
import { StatementTable } from './statement-table';

type Account = AccountCardQuery['account']['account'];

/** One account: who, where, what is charged, how much is owed, month by month, and who sees it in the cabinet. */
@Component({
  selector: 'kv-account-card',
  imports: [
    MeterPanel,
    AccountPapers,
    AccountPast,
    AccountPreliminary,
    AccountSettlements,
    Empty,
    Failure,
    Icon,
    Money,
    PeriodPicker,
    Plate,
    RecalculateButton,
    Refused,
    RouterLink,
    Skeleton,
    StatementTable,
    Table,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-card.html',
})
export class AccountCard {
  private readonly router = inject(Router);
  private readonly title = inject(PageTitle);
  protected readonly say = inject(Say);
  protected readonly beside = besidePlate;
  protected readonly staff = inject(Staff);
  protected readonly phone = showPhone;
  protected readonly sign = computed(() => currencySign(this.staff.currency()));

  readonly id = input.required<string>();
  /** The month of the statement, from the address; the latest where it names none. */
  readonly month = input<string>();

  protected readonly card = asked(
    AccountCardDocument,
    () => this.ofOrganization({ id: this.id() }),
    () => this.id(),
  );
  protected readonly account = computed(() => this.card.value()?.account.account);
  protected readonly links = computed(() => this.card.value()?.account.links ?? []);
  protected readonly shownMonth = computed(() => {
    const months = [...(this.account()?.months ?? [])].sort();
    return months.find((month) => month === this.month()) ?? months.at(-1);
  });
  protected readonly monthly = asked(
    AccountStatementDocument,
    () => {
      const month = this.shownMonth();
      return month ? this.ofOrganization({ id: this.id(), month }) : undefined;
    },
    () => this.id(),
  );
  protected readonly statement = computed(() => this.monthly.value()?.account.account.statement);
  /** Whether the statement has its height: what stands below it is shown only then, so that nothing is pushed down. */
  protected readonly isStatementSettled = computed(
    () => !this.shownMonth() || this.statement() !== undefined || this.monthly.failure() !== undefined,
  );
  protected readonly facts = computed(() => {
    const account = this.account();
    return account ? this.factsOf(account) : [];
  });

  constructor() {
    effect(() => this.title.about(this.account()?.number ?? ''));
  }

  protected choose(month: string): void {
    void this.router.navigate([], { queryParams: { month }, queryParamsHandling: 'merge' });
  }

  protected isOver(balance: string): boolean {
    return balance.startsWith('-');
  }

  protected plain(balance: string): string {
    return balance.replace(/^-/, '');
  }

  private ofOrganization<V>(variables: V): (V & { organizationId: string }) | undefined {
    const organizationId = this.staff.organizationId();
    return organizationId ? { ...variables, organizationId } : undefined;
  }

  /** What is known of the flat; what is not known is not shown. */
  private factsOf({ facts }: Account): { name: string; value: string }[] {
    const area = (value: string | null) => value && showQuantity(value, this.say.unit('м²'));
    const count = (value: number | null) => (value === null ? null : String(value));
    const since = facts.residentsSince
      ? ` ${this.say.text('account.since', { date: this.say.date(facts.residentsSince) })}`
      : '';
    const rows = [
      { name: this.say.text('account.totalArea'), value: area(facts.totalArea) },
      { name: this.say.text('account.livingArea'), value: area(facts.livingArea) },
      { name: this.say.text('account.heatedArea'), value: area(facts.heatedArea) },
      {
        name: this.say.text('account.residents'),
        value: facts.residents && showQuantity(facts.residents) + since,
      },
      { name: this.say.text('account.rooms'), value: count(facts.rooms) },
      { name: this.say.text('account.entrance'), value: count(facts.entrance) },
      { name: this.say.text('account.floor'), value: count(facts.floor) },
    ];
    return rows.flatMap(({ name, value }) => (value ? [{ name, value }] : []));
  }
}
