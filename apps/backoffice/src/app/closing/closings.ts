import { inject, Service } from '@angular/core';
import { Api } from '@kvartal/api-client';
import {
  CommitClosingDocument,
  DecideAnomaliesDocument,
  type DecisionInput,
  DiscardClosingDocument,
  ExplainClosingDocument,
  LeaveHousesOutDocument,
  type LeftOutInput,
  type NoFragment,
  type ReasonFragment,
  RecomputeClosingDocument,
  ReopenPeriodDocument,
  SetClosingBoundDocument,
  StartClosingDocument,
  WithdrawDecisionDocument,
} from '../../generated/graphql';
import { Staff } from '../shell/staff';

/** Why not; empty when it was done. */
type Reasons = readonly ReasonFragment[];

const reasonsOf = (answer: { __typename: 'Closing' | 'ClosingBound' | 'Period' } | NoFragment): Reasons =>
  answer.__typename === 'Refused' ? answer.refusals : [];

/** What can be done with the closing of a month. Each answers why not; all throw ApiFailure. */
@Service()
export class Closings {
  private readonly api = inject(Api);
  private readonly staff = inject(Staff);

  /** With `anyway` houses that have no price are parked, and the rest is computed. */
  async start(month: string, anyway = false): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), month, anyway };
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

  /** Has the worker find out why it differs from the month before. */
  async explain(id: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id };
    return reasonsOf((await this.api.mutate(ExplainClosingDocument, variables)).explainClosing);
  }

  /** Closes the month without houses that could not be computed. */
  async leaveOut(id: string, leftOut: LeftOutInput): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id, leftOut };
    return reasonsOf((await this.api.mutate(LeaveHousesOutDocument, variables)).leaveHousesOut);
  }

  /** Charges what looks wrong as it is, or holds it for the next month. */
  async decide(id: string, decision: DecisionInput): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id, decision };
    return reasonsOf((await this.api.mutate(DecideAnomaliesDocument, variables)).decideAnomalies);
  }

  /** What was held is charged this month. */
  async withdraw(id: string, decisionId: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), id, decisionId };
    return reasonsOf((await this.api.mutate(WithdrawDecisionDocument, variables)).withdrawDecision);
  }

  /** Asks about charges above it; null about none. */
  async setBound(bound: string | null): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), bound };
    return reasonsOf((await this.api.mutate(SetClosingBoundDocument, variables)).setClosingBound);
  }

  /** Opens a closed month again. */
  async reopen(month: string, reason: string): Promise<Reasons> {
    const variables = { organizationId: this.organizationId(), month, reason };
    return reasonsOf((await this.api.mutate(ReopenPeriodDocument, variables)).reopenPeriod);
  }

  private organizationId(): string {
    return this.staff.organizationId() ?? '';
  }
}
