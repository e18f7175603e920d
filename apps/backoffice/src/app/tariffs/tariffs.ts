import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import { showPercent, showQuantity } from '@kvartal/words';
import {
  LegalHistoryDocument,
  type LegalDaysFragment,
  type LegalKind,
  type LegalUnit,
  type NormDaysFragment,
  NormHistoryDocument,
  type NormKind,
  type NoFragment,
  SetLegalNumberDocument,
  SetNormDocument,
  SetTariffDocument,
  type TariffDaysFragment,
  TariffHistoryDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';
import { Say } from '../texts/say';
import { type DatedValue, newestOf, shownLegal } from './dated';

/** What is dated: a price of a service, a norm of it, a legal number of the country. */
export type Subject = { name: string; detail: string; values: readonly DatedValue[] } & (
  | { is: 'price'; serviceId: string; supplierId: string; tariffGroup: number; unit: string }
  | { is: 'norm'; serviceId: string; kind: NormKind; unit: string }
  | { is: 'law'; kind: LegalKind; unit: LegalUnit }
);

/** A change as it was typed, in the API's form. */
export interface NewValue {
  value: string;
  /** Prices above the limits of the price that it follows. */
  above: readonly string[];
  from: string;
  document: string;
  clientKey: string;
}

export const priceValue = ({ price, ...days }: TariffDaysFragment): DatedValue => ({ ...days, value: price });
export const plainValue = (days: NormDaysFragment | LegalDaysFragment): DatedValue => days;

/** Prices, norms and legal numbers: what staff ask of them and set. All throw ApiFailure. */
@Service()
export class Tariffs {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);
  private readonly say = inject(Say);

  /** A value with its unit, as people read it. */
  shown(of: Subject, value: string): string {
    if (of.is === 'price') return this.say.price(value, this.staff.currency(), of.unit);
    if (of.is === 'norm')
      return showQuantity(value, of.kind === 'HEATING_MONTHS' ? '' : this.say.unit(of.unit));
    const shown = shownLegal(value, of.unit);
    return of.unit === 'SHARE' ? showPercent(shown) : showQuantity(shown);
  }

  /** «свыше 3 м³» */
  above(of: Subject, limit: string): string {
    const unit = of.is === 'price' ? this.say.unit(of.unit) : '';
    return this.say.text('tariffs.above', { limit: showQuantity(limit, unit) });
  }

  /** «свыше 3 м³: 60,00 ₽/м³», or by what the price is multiplied there. */
  step(of: Subject, { plan }: DatedValue, { above, price }: { above: string; price: string | null }): string {
    const costs = price === null ? `× ${showQuantity(plan?.overCoefficient ?? '1')}` : this.shown(of, price);
    return `${this.above(of, above)}: ${costs}`;
  }

  /** Everything that was ever stated of it, what was stated last first. */
  async history(of: Subject): Promise<DatedValue[]> {
    const organizationId = this.organizationId();
    if (of.is === 'price') {
      const { serviceId, supplierId, tariffGroup } = of;
      const key = { organizationId, serviceId, supplierId, tariffGroup };
      return (await this.api.query(TariffHistoryDocument, key)).tariffHistory.map(priceValue);
    }
    if (of.is === 'norm') {
      const { serviceId, kind } = of;
      const key = { organizationId, serviceId, kind };
      return (await this.api.query(NormHistoryDocument, key)).normHistory.map(plainValue);
    }
    const { kind } = of;
    return (await this.api.query(LegalHistoryDocument, { organizationId, kind })).legalNumberHistory.map(
      plainValue,
    );
  }

  /** Sets it from a day on, where nobody has changed it since it was shown. Answers why it was refused, if it was. */
  async set(of: Subject, made: NewValue, follows: DatedValue | undefined): Promise<NoFragment['refusals']> {
    const { from, document, clientKey, value } = made;
    const sent = {
      organizationId: this.organizationId(),
      from,
      document,
      clientKey,
      seen: newestOf(of.values),
    };
    const answer =
      of.is === 'price'
        ? await this.setPrice(of, { ...sent, price: value }, { above: made.above, follows })
        : of.is === 'norm'
          ? (
              await this.api.mutate(SetNormDocument, {
                input: { ...sent, serviceId: of.serviceId, kind: of.kind, value },
              })
            ).setNorm
          : (await this.api.mutate(SetLegalNumberDocument, { input: { ...sent, kind: of.kind, value } }))
              .setLegalNumber;
    return answer.__typename === 'Refused' ? answer.refusals : [];
  }

  /** The tax and the limits go on as they were. */
  private async setPrice(
    { serviceId, supplierId, tariffGroup }: Extract<Subject, { is: 'price' }>,
    sent: { organizationId: string; from: string; document: string; clientKey: string; price: string },
    { above, follows }: { above: readonly string[]; follows: DatedValue | undefined },
  ) {
    const plan = follows?.plan;
    const input = {
      ...sent,
      ...{ serviceId, supplierId, tariffGroup },
      vatMode: follows?.vatMode ?? 'NONE',
      plan: plan
        ? {
            kind: plan.kind,
            perPerson: plan.perPerson,
            overCoefficient: plan.overCoefficient,
            steps: plan.steps.map((step, place) => ({
              above: step.above,
              price: step.price === null ? null : (above[place] ?? null),
            })),
          }
        : null,
    };
    return (await this.api.mutate(SetTariffDocument, { input })).setTariff;
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
