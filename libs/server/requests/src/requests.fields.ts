import { Inject } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock, CurrentViewer, type Viewer, fileUrl } from '@kvartal/platform';
import { RequestDetails } from './request.details';
import { type RequestStep, mayStep } from './request.states';
import { Attachment, Request, RequestEvent } from './requests.types';

/** What belongs to a request, and what its resident may do now: for whoever may see the request. */
@Resolver(() => Request)
export class RequestFields {
  constructor(
    @Inject(RequestDetails) private readonly details: RequestDetails,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @ResolveField(() => [RequestEvent], { description: 'Everything that happened, the first first.' })
  events(@Parent() request: Request): Promise<RequestEvent[]> {
    return this.details.listEvents(request);
  }

  @ResolveField(() => [Attachment], { description: 'The files, in the order in which they came.' })
  async attachments(@Parent() request: Request, @CurrentViewer() viewer: Viewer): Promise<Attachment[]> {
    const attachments = await this.details.listAttachments(request);
    return attachments.map((one) => ({ ...one, url: fileUrl(viewer, one.url) }));
  }

  @ResolveField(() => Boolean, { description: 'Whether the resident may agree that it is done.' })
  mayAccept(@Parent() request: Request): Promise<boolean> {
    return this.may(request, 'accept');
  }

  @ResolveField(() => Boolean, { description: 'Whether the resident may say that it is not done.' })
  mayReopen(@Parent() request: Request): Promise<boolean> {
    return this.may(request, 'reopen');
  }

  @ResolveField(() => Boolean, { description: 'Whether the resident may take it back.' })
  mayCancel(@Parent() request: Request): Promise<boolean> {
    return this.may(request, 'cancel');
  }

  @ResolveField(() => Boolean, { description: 'Whether the resident may rate it.' })
  async mayRate(@Parent() request: Request): Promise<boolean> {
    return request.rating === null && (await this.may(request, 'rate'));
  }

  @ResolveField(() => Boolean, { description: 'Whether the resident is asked something.' })
  mayAnswer(@Parent() request: Request): Promise<boolean> {
    return this.may(request, 'answer');
  }

  private async may(request: Request, step: RequestStep): Promise<boolean> {
    return mayStep(request, step, await this.clock.now());
  }
}
