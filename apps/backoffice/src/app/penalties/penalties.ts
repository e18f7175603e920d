import { inject, Service } from '@angular/core';
import { Api, type RefusalData } from '@kvartal/api-client';
import {
  AddPenaltyMoratoriumDocument,
  type AddPenaltyMoratoriumMutationVariables,
  type NoFragment,
  SetPaymentAllocationDocument,
  type SetPaymentAllocationMutationVariables,
  SetPenaltyScheduleDocument,
  type SetPenaltyScheduleMutationVariables,
  WithdrawPenaltyMoratoriumDocument,
  WithdrawPenaltyScheduleDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

type Of<T> = Omit<T, 'organizationId'>;
type Reasons = readonly RefusalData[];

const reasonsOf = (
  answer: { __typename: 'PenaltyRules' } | ({ __typename: 'Refused' } & NoFragment),
): Reasons => (answer.__typename === 'Refused' ? answer.refusals : []);

/** Changes of penalty rules and of how payments are split. All answer why they were refused, and throw ApiFailure. */
@Service()
export class Penalties {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  async setSchedule(given: Of<SetPenaltyScheduleMutationVariables['input']>): Promise<Reasons> {
    const input = { ...given, organizationId: this.organizationId() };
    return reasonsOf((await this.api.mutate(SetPenaltyScheduleDocument, { input })).setPenaltySchedule);
  }

  async addMoratorium(given: Of<AddPenaltyMoratoriumMutationVariables['input']>): Promise<Reasons> {
    const input = { ...given, organizationId: this.organizationId() };
    return reasonsOf((await this.api.mutate(AddPenaltyMoratoriumDocument, { input })).addPenaltyMoratorium);
  }

  async setAllocation(given: Of<SetPaymentAllocationMutationVariables['input']>): Promise<Reasons> {
    const input = { ...given, organizationId: this.organizationId() };
    return reasonsOf((await this.api.mutate(SetPaymentAllocationDocument, { input })).setPaymentAllocation);
  }

  async withdraw(what: 'schedule' | 'moratorium', id: string): Promise<Reasons> {
    const key = { id, organizationId: this.organizationId() };
    return reasonsOf(
      what === 'schedule'
        ? (await this.api.mutate(WithdrawPenaltyScheduleDocument, key)).withdrawPenaltySchedule
        : (await this.api.mutate(WithdrawPenaltyMoratoriumDocument, key)).withdrawPenaltyMoratorium,
    );
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
