import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentViewer, For, Needs, PageInput, type Staff } from '@kvartal/platform';
import { RequestsQueries } from './requests.queries';
import {
  Colleague,
  RequestFilterInput,
  RequestPage,
  StaffRequest,
  StaffRequestResult,
} from './requests.types';
import { StaffRequests } from './staff-requests.service';

const OrganizationId = () => Args('organizationId', { type: () => ID, description: 'The organisation.' });
const Id = () => Args('id', { type: () => ID, description: 'The request.' });
const Text = (description: string) => Args('text', { description });

/** What staff ask about requests, and do with them. */
@For('staff')
@Needs('REQUEST_WORK')
@Resolver()
export class RequestsBackofficeResolver {
  constructor(
    @Inject(StaffRequests) private readonly service: StaffRequests,
    @Inject(RequestsQueries) private readonly queries: RequestsQueries,
  ) {}

  @Query(() => RequestPage, { description: 'staff REQUEST_WORK. The organisation’s requests.' })
  requests(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Args('filter', { type: () => RequestFilterInput, nullable: true, description: 'Which; all otherwise.' })
    filter: RequestFilterInput | undefined,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<RequestPage> {
    return this.queries.page(organizationId, { userId: viewer.userId, filter }, page);
  }

  @Query(() => StaffRequest, { description: 'staff REQUEST_WORK. One request.' })
  request(@OrganizationId() organizationId: string, @Id() id: string): Promise<StaffRequest> {
    return this.service.get(organizationId, id);
  }

  @Query(() => [Colleague], { description: 'staff REQUEST_WORK. Who may be given a request, by name.' })
  colleagues(@OrganizationId() organizationId: string): Promise<Colleague[]> {
    return this.service.colleagues(organizationId);
  }

  @Mutation(() => StaffRequestResult, { description: 'staff REQUEST_WORK. Takes a request for oneself.' })
  takeRequest(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Id() id: string,
  ): Promise<StaffRequest> {
    return this.service.take(viewer, organizationId, id);
  }

  @Mutation(() => StaffRequestResult, { description: 'staff REQUEST_WORK. Gives a request to a colleague.' })
  assignRequest(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Args('assigneeId', { type: () => ID, description: 'One of `colleagues`.' }) assigneeId: string,
  ): Promise<StaffRequest> {
    return this.service.assign(viewer, organizationId, id, assigneeId);
  }

  @Mutation(() => StaffRequestResult, { description: 'staff REQUEST_WORK. Writes to the resident.' })
  replyToRequest(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Text('What is said.') text: string,
    @Args('ask', { defaultValue: false, description: 'A question: the work stops until it is answered.' })
    ask: boolean,
  ): Promise<StaffRequest> {
    return this.service.reply(viewer, organizationId, id, { text, ask });
  }

  @Mutation(() => StaffRequestResult, { description: 'staff REQUEST_WORK. Reports a request as done.' })
  finishRequest(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Text('What was done.') text: string,
  ): Promise<StaffRequest> {
    return this.service.finish(viewer, organizationId, id, text);
  }

  @Mutation(() => StaffRequestResult, { description: 'staff REQUEST_WORK. Says no to a request.' })
  rejectRequest(
    @CurrentViewer() viewer: Staff,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Text('Why.') text: string,
  ): Promise<StaffRequest> {
    return this.service.reject(viewer, organizationId, id, text);
  }
}
