import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import {
  EndActDocument,
  type EndActMutation,
  EndBenefitDocument,
  RecordActDocument,
  type RecordActMutation,
  type RecordActMutationVariables,
  RecordBenefitDocument,
  type RecordBenefitMutationVariables,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

type Of<T> = Omit<T, 'organizationId'>;
export type NewAct = Of<RecordActMutationVariables['input']>;
export type NewBenefit = Of<RecordBenefitMutationVariables['input']>;
export type RecordedPaper = RecordActMutation['recordAct'];
export type EndedPaper = EndActMutation['endAct'];

/** Acts and benefits of an account, for this organisation. All throw ApiFailure. */
@Service()
export class Papers {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  async recordAct(act: NewAct): Promise<RecordedPaper> {
    return (await this.api.mutate(RecordActDocument, { input: this.own(act) })).recordAct;
  }

  async recordBenefit(benefit: NewBenefit): Promise<RecordedPaper> {
    return (await this.api.mutate(RecordBenefitDocument, { input: this.own(benefit) })).recordBenefit;
  }

  /** With the last day on which it holds, or withdrawn where there is none. */
  async end(paper: 'act' | 'benefit', id: string, lastDay: string | null): Promise<EndedPaper> {
    const input = this.own({ id, lastDay });
    if (paper === 'act') return (await this.api.mutate(EndActDocument, { input })).endAct;
    return (await this.api.mutate(EndBenefitDocument, { input })).endBenefit;
  }

  private own<T>(given: T): T & { organizationId: string } {
    return { ...given, organizationId: this.staff.organizationId() ?? '' };
  }
}
