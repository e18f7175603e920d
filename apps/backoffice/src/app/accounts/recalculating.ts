import { inject, Service, signal } from '@angular/core';
import { Api, type RefusalData } from '@kvartal/api-client';
import {
  CorrectAndRecalculateDocument,
  CorrectionPreviewDocument,
  type CorrectionPreviewQueryVariables,
  RecalculateDocument,
  RecalculationPreviewDocument,
  type RecalculationPreviewQueryVariables,
  type WholeRecalculationFragment,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

type Of<T> = Omit<T, 'organizationId'>;
type Correction = Of<CorrectionPreviewQueryVariables['input']>;
type Months = Of<RecalculationPreviewQueryVariables['input']>;
type Reasons = readonly RefusalData[];

/**
 * Closed months charged anew: seen first, then done as they were seen. All answer why they were refused, and throw
 * ApiFailure.
 */
@Service()
export class Recalculating {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);
  private readonly seen = signal<WholeRecalculationFragment | undefined>(undefined);
  private confirmed: (expected: string) => Promise<Reasons> = () => Promise.resolve([]);

  /** What it would come to. */
  readonly preview = this.seen.asReadonly();

  forget(): void {
    this.seen.set(undefined);
  }

  async seeCorrection(correction: Correction): Promise<Reasons> {
    const input = { ...correction, organizationId: this.organizationId() };
    const answer = (await this.api.query(CorrectionPreviewDocument, { input })).correctionPreview;
    this.confirmed = async (expected) => {
      const done = await this.api.mutate(CorrectAndRecalculateDocument, { input, expected });
      const { correctAndRecalculate } = done;
      return correctAndRecalculate.__typename === 'Refused' ? correctAndRecalculate.refusals : [];
    };
    return this.take(answer);
  }

  async seeMonths(months: Months, clientKey: string): Promise<Reasons> {
    const input = { ...months, organizationId: this.organizationId() };
    const answer = (await this.api.query(RecalculationPreviewDocument, { input })).recalculationPreview;
    this.confirmed = async (expected) => {
      const { recalculate } = await this.api.mutate(RecalculateDocument, {
        input: { ...input, expected, clientKey },
      });
      return recalculate.__typename === 'Refused' ? recalculate.refusals : [];
    };
    return this.take(answer);
  }

  /** Does what was seen, if it still comes to that. */
  confirm(): Promise<Reasons> {
    return this.confirmed(this.seen()?.sum ?? '0.00');
  }

  private take(answer: WholeRecalculationFragment | { __typename: 'Refused'; refusals: Reasons }): Reasons {
    if (answer.__typename === 'Refused') return answer.refusals;
    this.seen.set(answer);
    return [];
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
