import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import {
  CommitClosingDocument,
  DiscardClosingDocument,
  type NoFragment,
  type ReasonFragment,
  RecomputeClosingDocument,
  StartClosingDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

/** Why not; empty when it was done. */
type Reasons = readonly ReasonFragment[];

const reasonsOf = (answer: { __typename: 'Closing' } | NoFragment): Reasons =>
  answer.__typename === 'Refused' ? answer.refusals : [];

/** What can be done with the closing of a month. Each answers why not; all throw ApiFailure. */
@Service()
export class Closings {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  async start(month: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), month };
    return reasonsOf((await this.api.mutate(StartClosingDocument, variables)).startClosing);
  }

  /** Computes again what changed since, or goes on from where a failure stopped it. */
  async recompute(id: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id };
    return reasonsOf((await this.api.mutate(RecomputeClosingDocument, variables)).recomputeClosing);
  }

  async discard(id: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id };
    return reasonsOf((await this.api.mutate(DiscardClosingDocument, variables)).discardClosing);
  }

  /** Commits exactly what was reviewed: `digest` is that of the figures on the screen. */
  async commit(id: string, digest: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id, digest };
    return reasonsOf((await this.api.mutate(CommitClosingDocument, variables)).commitClosing);
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
