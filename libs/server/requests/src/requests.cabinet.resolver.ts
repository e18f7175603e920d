import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Me } from '@kvartal/auth';
import { CurrentViewer, For, PageInput, type Resident } from '@kvartal/platform';
import { RequestsQueries } from './requests.queries';
import {
  CreateRequestInput,
  CreateRequestResult,
  Request,
  RequestResult,
  ResidentRequestPage,
} from './requests.types';
import { ResidentRequests } from './resident-requests.service';

const OrganizationId = () => Args('organizationId', { type: () => ID, description: 'Who is asked.' });
const Id = () => Args('id', { type: () => ID, description: 'The request.' });
const Text = (description: string) => Args('text', { description });

/** What residents ask about their requests, and do with them. */
@For('resident')
@Resolver(() => Me)
export class RequestsCabinetResolver {
  constructor(
    @Inject(ResidentRequests) private readonly service: ResidentRequests,
    @Inject(RequestsQueries) private readonly queries: RequestsQueries,
  ) {}

  @ResolveField(() => ResidentRequestPage, { description: 'Requests of all my accounts, the latest first.' })
  requests(
    @Parent() me: Me,
    @Args('page', {
      type: () => PageInput,
      nullable: true,
      description: 'Which page; the first 25 otherwise.',
    })
    page?: PageInput,
  ): Promise<ResidentRequestPage> {
    return this.queries.listOfResident(me.userId, page);
  }

  @ResolveField(() => Request, { description: 'One request of one of my accounts.' })
  request(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
  ): Promise<Request> {
    return this.service.get(viewer, organizationId, id);
  }

  @Mutation(() => CreateRequestResult, {
    description:
      'resident. Asks the organisation to do something. The same clientKey again makes nothing new.',
  })
  createRequest(
    @CurrentViewer() viewer: Resident,
    @Args('input', { description: 'What is asked.' }) input: CreateRequestInput,
  ): Promise<Request> {
    return this.service.create(viewer, input);
  }

  @Mutation(() => RequestResult, { description: 'resident. Answers the question that stopped the work.' })
  answerRequest(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Text('The answer.') text: string,
  ): Promise<Request> {
    return this.service.answer(viewer, organizationId, id, text);
  }

  @Mutation(() => RequestResult, { description: 'resident. Agrees that it is done.' })
  acceptRequest(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
  ): Promise<Request> {
    return this.service.accept(viewer, organizationId, id);
  }

  @Mutation(() => RequestResult, { description: 'resident. Says that it is not done, within five days.' })
  reopenRequest(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Text('What is not done.') text: string,
  ): Promise<Request> {
    return this.service.reopen(viewer, organizationId, id, text);
  }

  @Mutation(() => RequestResult, { description: 'resident. Takes a request back while nobody works on it.' })
  cancelRequest(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
  ): Promise<Request> {
    return this.service.cancel(viewer, organizationId, id);
  }

  @Mutation(() => RequestResult, { description: 'resident. Rates what was done, once.' })
  rateRequest(
    @CurrentViewer() viewer: Resident,
    @OrganizationId() organizationId: string,
    @Id() id: string,
    @Args('stars', { type: () => Int, description: '1 to 5.' }) stars: number,
    @Args('text', { type: () => String, nullable: true, description: 'A few words, if wanted.' })
    text?: string | null,
  ): Promise<Request> {
    return this.service.rate(viewer, organizationId, id, { stars, text: text ?? '' });
  }
}
