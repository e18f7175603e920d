import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import {
  AssignRequestDocument,
  FinishRequestDocument,
  type NoFragment,
  type ReasonFragment,
  RejectRequestDocument,
  ReplyToRequestDocument,
  TakeRequestDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

/** What is said to the resident goes with what it does to the request. */
export type Answer = 'reply' | 'ask' | 'finish' | 'reject';
type Reasons = readonly ReasonFragment[];

const reasonsOf = (answer: { __typename: 'StaffRequest' } | NoFragment): Reasons =>
  answer.__typename === 'Refused' ? answer.refusals : [];

/** What staff do with a request. Each answers why not; all throw ApiFailure. */
@Service()
export class Requests {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  async take(id: string): Promise<Reasons> {
    return reasonsOf((await this.api.mutate(TakeRequestDocument, this.of(id))).takeRequest);
  }

  async assign(id: string, assigneeId: string): Promise<Reasons> {
    const variables = { ...this.of(id), assigneeId };
    return reasonsOf((await this.api.mutate(AssignRequestDocument, variables)).assignRequest);
  }

  async answer(id: string, answer: Answer, text: string): Promise<Reasons> {
    const variables = { ...this.of(id), text };
    switch (answer) {
      case 'finish':
        return reasonsOf((await this.api.mutate(FinishRequestDocument, variables)).finishRequest);
      case 'reject':
        return reasonsOf((await this.api.mutate(RejectRequestDocument, variables)).rejectRequest);
      default: {
        const asking = { ...variables, ask: answer === 'ask' };
        return reasonsOf((await this.api.mutate(ReplyToRequestDocument, asking)).replyToRequest);
      }
    }
  }

  private of(id: string): { organizationId: string; id: string } {
    return { organizationId: this.staff.organizationId() ?? '', id };
  }
}
