import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Api } from '@kvartal/api-client';
import { Dialog, Icon, Toasts } from '@kvartal/ui';
import {
  SetHeatingSeasonDocument,
  SetServiceTermsDocument,
  type TermsDaysFragment,
  type WholeCatalogueFragment,
} from '../../generated/graphql';
import { FilledForm, type FormField, type Send } from '../shell/filled-form';
import { Staff } from '../shell/staff';
import { Table } from '../shell/table';
import { Say } from '../texts/say';
import { newestOf } from './dated';
import { CHECKS, labelOf, seasonFields, termsFields, termsOf } from './terms-forms';

type Service = WholeCatalogueFragment['services'][number];

/** How services are charged beside their prices, and when the heating is on: by days, each with its document. */
@Component({
  selector: 'kv-terms-section',
  imports: [Dialog, FilledForm, Icon, Table],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'sections' },
  styles: ':host { display: block; }',
  templateUrl: './terms-section.html',
})
export class TermsSection {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly staff = inject(Staff);
  protected readonly say = inject(Say);
  readonly catalogue = input.required<WholeCatalogueFragment>();
  readonly changed = output();

  protected readonly mayChange = computed(() => this.staff.may('TARIFF_WRITE'));
  protected readonly changing = signal<{ heading: string; fields: FormField[]; send: Send } | undefined>(
    undefined,
  );
  protected readonly isChanging = computed(() => this.changing() !== undefined);
  protected readonly rows = computed(() =>
    this.catalogue().services.map((service) => ({
      service,
      now: this.inForce(service),
      next: service.terms.find(({ from }) => (from ?? '') > this.staff.today()),
    })),
  );

  protected since({ from }: { from: string | null }): string {
    return from
      ? this.say.text('tariffs.since', { date: this.say.date(from) })
      : this.say.text('tariffs.always');
  }

  /** What is decided, in words: that which differs from how the law has it. */
  protected told(terms: TermsDaysFragment): string[] {
    const months = terms.trueUpMonth;
    return [
      ...CHECKS.filter((name) => terms[name]).map((name) => this.say.text(labelOf(name))),
      ...(terms.areaKind ? [this.of('areaKind', this.say.enum('AreaKind', terms.areaKind))] : []),
      this.of('commonMode', this.say.enum('CommonMode', terms.commonMode)),
      this.of('sharedBy', this.say.enum('SharedBy', terms.sharedBy)),
      ...(terms.capByNorm === null
        ? []
        : [this.of('capByNorm', this.say.text(terms.capByNorm ? 'terms.yes' : 'terms.no'))]),
      ...(terms.negativePolicy
        ? [this.of('negativePolicy', this.say.enum('NegativeCommonPolicy', terms.negativePolicy))]
        : []),
      ...(months === null
        ? []
        : [this.of('trueUpMonth', this.say.monthName(`2026-${String(months).padStart(2, '0')}`))]),
    ];
  }

  protected changeTerms(service: Service): void {
    this.changing.set({
      heading: service.name,
      fields: termsFields(this.say, this.inForce(service), this.catalogue().changesFrom),
      send: async (filled, clientKey) => {
        const input = {
          ...termsOf(filled),
          organizationId: this.organizationId(),
          serviceId: service.id,
          seen: newestOf(service.terms),
          clientKey,
        };
        const { setServiceTerms } = await this.api.mutate(SetServiceTermsDocument, { input });
        return setServiceTerms.__typename === 'Refused' ? setServiceTerms.refusals : [];
      },
    });
  }

  protected setSeason(): void {
    this.changing.set({
      heading: this.say.text('terms.newSeason'),
      fields: seasonFields(this.say, this.catalogue().changesFrom),
      send: async (filled, clientKey) => {
        const input = {
          organizationId: this.organizationId(),
          from: filled['from'] ?? '',
          to: filled['to'] || null,
          document: filled['document'] ?? '',
          clientKey,
        };
        const { setHeatingSeason } = await this.api.mutate(SetHeatingSeasonDocument, { input });
        return setHeatingSeason.__typename === 'Refused' ? setHeatingSeason.refusals : [];
      },
    });
  }

  protected done(): void {
    this.changing.set(undefined);
    this.toasts.show(this.say.text('meters.done'));
    this.changed.emit();
  }

  private of(name: Parameters<typeof labelOf>[0], value: string): string {
    return `${this.say.text(labelOf(name))}: ${value}`;
  }

  private inForce({ terms }: Service): TermsDaysFragment | undefined {
    const today = this.staff.today();
    return terms.find(({ from, to }) => (from === null || from <= today) && (to === null || to >= today));
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
