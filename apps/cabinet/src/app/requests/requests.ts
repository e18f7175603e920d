import { inject, Service } from '@angular/core';
import { Api, isRefused, type RefusalData, Uploads, type Uploaded } from '@kvartal/api-client';
import {
  AcceptRequestDocument,
  AnswerRequestDocument,
  CancelRequestDocument,
  CreateRequestDocument,
  type CreateRequestInput,
  type CreateRequestMutation,
  OneRequestDocument,
  RateRequestDocument,
  ReopenRequestDocument,
  type RequestPageFragment,
  RequestsDocument,
} from '../../generated/graphql';

export type Request = RequestPageFragment;
export type Created = Extract<CreateRequestMutation['createRequest'], { __typename: 'Request' }>;
export interface RequestKey {
  organizationId: string;
  id: string;
}
type Answer =
  ({ __typename: 'Request' } & Request) | { __typename: 'Refused'; refusals: readonly RefusalData[] };

/** What became of an action on a request: the request as it is now, or why not. */
export interface Acted {
  request?: Request;
  refusals: readonly RefusalData[];
}

const acted = (answer: Answer): Acted =>
  isRefused(answer) ? { refusals: answer.refusals } : { request: answer, refusals: [] };

/** Requests of this person, over all linked accounts. */
@Service()
export class Requests {
  private readonly api = inject(Api);
  private readonly uploads = inject(Uploads);

  async list(page: { number: number; size: number }, signal: AbortSignal) {
    return (await this.api.query(RequestsDocument, { page }, signal)).me.requests;
  }

  async one(key: RequestKey, signal: AbortSignal): Promise<Request> {
    return (await this.api.query(OneRequestDocument, key, signal)).me.request;
  }

  async create(input: CreateRequestInput): Promise<{ created?: Created; refusals: readonly RefusalData[] }> {
    const { createRequest: result } = await this.api.mutate(CreateRequestDocument, { input });
    return isRefused(result) ? { refusals: result.refusals } : { created: result, refusals: [] };
  }

  attach(
    { organizationId, id }: RequestKey,
    file: File,
    progress: (share: number) => void,
  ): Promise<Uploaded> {
    return this.uploads.send(`/files/attachments/${organizationId}/${id}`, file, progress);
  }

  async answer(key: RequestKey, text: string): Promise<Acted> {
    return acted((await this.api.mutate(AnswerRequestDocument, { ...key, text })).answerRequest);
  }

  async accept(key: RequestKey): Promise<Acted> {
    return acted((await this.api.mutate(AcceptRequestDocument, key)).acceptRequest);
  }

  async reopen(key: RequestKey, text: string): Promise<Acted> {
    return acted((await this.api.mutate(ReopenRequestDocument, { ...key, text })).reopenRequest);
  }

  async cancel(key: RequestKey): Promise<Acted> {
    return acted((await this.api.mutate(CancelRequestDocument, key)).cancelRequest);
  }

  async rate(key: RequestKey, stars: number, text: string): Promise<Acted> {
    return acted(
      (await this.api.mutate(RateRequestDocument, { ...key, stars, text: text || null })).rateRequest,
    );
  }
}
