import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Empty, Icon, Plate, Skeleton } from '@kvartal/ui';
import { showQuantity } from '@kvartal/words';
import { HousesDocument, PeriodsDocument } from '../../generated/graphql';
import { MeterPanel } from '../accounts/meter-panel';
import { RecalculateButton } from '../accounts/recalculate-button';
import { asked } from '../shell/asked';
import { besidePlate } from '../shell/beside-plate';
import { Failure } from '../shell/failure';
import { Pager, pageOf } from '../shell/pager';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';

/** The houses of the organisation; each leads to its accounts and to the meters that are its own. */
@Component({
  selector: 'kv-house-list',
  imports: [Empty, Failure, Icon, MeterPanel, Pager, Plate, RecalculateButton, RouterLink, Skeleton, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './house-list.html',
})
export class HouseList {
  private readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly beside = besidePlate;
  readonly page = input<string>();
  readonly size = input<string>();
  /** The house whose meters are looked at. */
  readonly meters = input<string>();

  protected readonly at = computed(() => pageOf(this.page(), this.size()));
  protected readonly houses = asked(
    HousesDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId, page: this.at() } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );

  protected readonly chosen = computed(() =>
    this.houses.value()?.houses.items.find(({ id }) => id === this.meters()),
  );

  private readonly periods = asked(PeriodsDocument, () => {
    const organizationId = this.staff.organizationId();
    return organizationId && this.staff.may('PERIOD_CLOSE') ? { organizationId } : undefined;
  });
  /** Closed months, for those who may charge them anew. */
  protected readonly closed = computed(() =>
    (this.periods.value()?.periods ?? []).flatMap(({ state, month }) => (state === 'CLOSED' ? [month] : [])),
  );

  protected area(value: string | null): string {
    return value === null ? '—' : showQuantity(value);
  }
}
