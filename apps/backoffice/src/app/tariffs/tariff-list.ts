import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Banner, Empty, Skeleton } from '@kvartal/ui';
import { CatalogueDocument, type WholeCatalogueFragment } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { TariffTabs } from './tariff-tabs';
import { plainValue, priceValue, type Subject } from './tariffs';
import { TermsSection } from './terms-section';
import { ValueTable } from './value-table';

type Service = WholeCatalogueFragment['services'][number];

/** What the organisation's services cost, and their norms. */
@Component({
  selector: 'kv-tariff-list',
  imports: [Banner, Empty, Failure, Skeleton, TariffTabs, TermsSection, ValueTable],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './tariff-list.html',
})
export class TariffList {
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly list = asked(
    CatalogueDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  protected readonly catalogue = computed(() => this.list.value()?.serviceCatalogue);
  protected readonly subjects = computed(() =>
    (this.catalogue()?.services ?? []).flatMap((service) => [
      ...this.prices(service),
      ...this.norms(service),
    ]),
  );
  protected readonly missing = computed(() =>
    (this.catalogue()?.services ?? []).flatMap(({ id, name, missing }) =>
      missing.map((days) => ({ ...days, id, name, rest: days.houseCount - days.houses.length })),
    ),
  );

  /** One row for each supplier and group that has a price or needs one. */
  private prices({ id, name, unit, tariffs, missing }: Service): Subject[] {
    const lines = new Map<string, Subject>();
    for (const { supplierId, supplier, tariffGroup } of [...tariffs, ...missing]) {
      const own = tariffs.filter((one) => one.supplierId === supplierId && one.tariffGroup === tariffGroup);
      const group = tariffGroup === 1 ? '' : this.say.text('tariffs.group', { number: tariffGroup });
      lines.set(`${supplierId} ${tariffGroup}`, {
        ...{ is: 'price', serviceId: id, supplierId, tariffGroup, name, unit },
        detail: [supplier, group].filter(Boolean).join(', '),
        values: own.map(priceValue),
      });
    }
    return [...lines.values()];
  }

  private norms({ id, name, unit, norms }: Service): Subject[] {
    return [...new Set(norms.map(({ kind }) => kind))].map((kind) => ({
      ...{ is: 'norm', serviceId: id, kind, name, unit },
      detail: this.say.text('tariffs.norm', { kind: this.say.enum('NormKind', kind) }),
      values: norms.filter((one) => one.kind === kind).map(plainValue),
    }));
  }
}
