import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Banner, Skeleton } from '@kvartal/ui';
import { LawDocument } from '../../generated/graphql';
import { asked } from '../shell/asked';
import { Failure } from '../shell/failure';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { TariffTabs } from './tariff-tabs';
import { plainValue, type Subject } from './tariffs';
import { ValueTable } from './value-table';

/** The legal numbers of the country: those that it has. */
@Component({
  selector: 'kv-law-list',
  imports: [Banner, Failure, Skeleton, TariffTabs, ValueTable],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './law-list.html',
})
export class LawList {
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  protected readonly list = asked(
    LawDocument,
    () => {
      const organizationId = this.staff.organizationId();
      return organizationId ? { organizationId } : undefined;
    },
    () => this.staff.organizationId() ?? '',
  );
  protected readonly law = computed(() => this.list.value()?.legalNumbers);
  protected readonly subjects = computed<Subject[]>(() =>
    (this.law()?.numbers ?? [])
      .filter(({ values }) => values.length > 0)
      .map(({ kind, unit, values }) => ({
        ...{ is: 'law', kind, unit, detail: '', name: this.say.enum('LegalKind', kind) },
        values: values.map(plainValue),
      })),
  );
  protected readonly missing = computed(() =>
    (this.law()?.numbers ?? []).flatMap(({ kind, missingFrom }) =>
      missingFrom ? { kind, missingFrom } : [],
    ),
  );
}
