import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { resultOf } from '@kvartal/platform';
import { IsIn, IsString, Length, MaxLength } from 'class-validator';
import {
  RequestCategoryEnum,
  type RequestEventKind,
  RequestEventKindEnum,
  RequestStateEnum,
} from './request.enums';
import { REQUEST_CATEGORIES, type RequestCategory } from './request.rules';
import type { RequestProgress, RequestState } from './request.states';

@ObjectType({ description: 'What a resident asked the organisation to do at the house or in the flat.' })
export class Request implements RequestProgress {
  @Field(() => ID, { description: 'Who is asked.' }) organizationId!: string;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => Int, { description: 'Its number in the organisation.' }) number!: number;
  @Field({ description: 'Number of the account that it was made for.' }) accountNumber!: string;
  @Field({ description: 'Where: the address of the account.' }) address!: string;
  @Field(() => RequestCategoryEnum, { description: 'What it is about.' }) category!: RequestCategory;
  @Field({ description: 'Whom to call, in E.164.' }) phone!: string;
  @Field({ description: 'What was asked.' }) text!: string;
  @Field(() => RequestStateEnum, { description: 'How far it has come.' }) state!: RequestState;
  @Field({ description: 'When it was made.' }) createdAt!: Date;
  @Field({ description: 'Until when it is to be done; time that a question waits for its answer is added.' })
  dueAt!: Date;
  @Field(() => Date, { nullable: true, description: 'When it was done.' }) doneAt!: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it came to its end.' }) closedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who does it, by name or post.' })
  assignee!: string | null;
  @Field(() => Int, { nullable: true, description: 'Stars, 1 to 5.' }) rating!: number | null;
  @Field(() => String, { nullable: true, description: 'What was said with the stars.' })
  ratingText!: string | null;
  /** For the rules and the staff's view. */
  accountId!: string;
  assigneeId!: string | null;
  stateBefore!: RequestState | null;
  reopened!: number;
  ratedAt!: Date | null;
}

@ObjectType({ description: 'Something that happened to a request.' })
export class RequestEvent {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => RequestEventKindEnum, { description: 'What happened.' }) kind!: RequestEventKind;
  @Field({ description: 'Whether the organisation did it; otherwise a resident.' }) byStaff!: boolean;
  @Field({ description: 'Who did it: a name, a post, or the organisation where it happened by itself.' })
  actor!: string;
  @Field(() => RequestStateEnum, { nullable: true, description: 'The state that it left.' })
  fromState!: RequestState | null;
  @Field(() => RequestStateEnum, { nullable: true, description: 'The state that it came to.' })
  toState!: RequestState | null;
  @Field({ description: 'What was said with it; names of files for an attachment.' }) text!: string;
  @Field({ description: 'When.' }) at!: Date;
}

@ObjectType({ description: 'A file that belongs to a request.' })
export class Attachment {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its name.' }) name!: string;
  @Field({ description: 'Its media type, by its content.' }) mediaType!: string;
  @Field(() => Int, { description: 'Bytes.' }) size!: number;
  @Field({ description: 'Where it is downloaded, signed in.' }) url!: string;
}

@ObjectType({ description: 'A page of requests.' })
export class ResidentRequestPage {
  @Field(() => [Request], { description: 'The latest first.' }) items!: Request[];
  @Field(() => Int, { description: 'How many there are in all.' }) total!: number;
}

@ObjectType({ description: 'A request in the list of the staff.' })
export class StaffRequestRow {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field(() => Int, { description: 'Its number in the organisation.' }) number!: number;
  @Field(() => RequestCategoryEnum, { description: 'What it is about.' }) category!: RequestCategory;
  @Field({ description: 'What was asked.' }) text!: string;
  @Field({ description: 'Where, in one line.' }) address!: string;
  @Field({ description: 'City, street and number of the house.' }) house!: string;
  @Field({ description: 'Number of the flat or office.' }) flat!: string;
  @Field(() => RequestStateEnum, { description: 'How far it has come.' }) state!: RequestState;
  @Field({ description: 'When it was made.' }) createdAt!: Date;
  @Field({ description: 'Until when it is to be done.' }) dueAt!: Date;
  @Field({ description: 'Whether that has passed while the work is the organisation’s to do.' })
  overdue!: boolean;
  @Field(() => String, { nullable: true, description: 'Who does it.' }) assignee!: string | null;
}

@ObjectType({ description: 'How many requests are in a state.' })
export class RequestCount {
  @Field(() => RequestStateEnum, { description: 'The state.' }) state!: RequestState;
  @Field(() => Int, { description: 'How many.' }) count!: number;
}

@ObjectType({ description: 'A page of the organisation’s requests.' })
export class RequestPage {
  @Field(() => [StaffRequestRow], { description: 'Unfinished ones first, by deadline; then the latest.' })
  items!: StaffRequestRow[];
  @Field(() => Int, { description: 'How many the filter leaves.' }) total!: number;
  @Field(() => [RequestCount], { description: 'Every state, by the filter without its states.' })
  counts!: RequestCount[];
}

@ObjectType({ description: 'A request as staff see it.' })
export class StaffRequest {
  @Field(() => Request, { description: 'What the resident sees too.' }) request!: Request;
  @Field({ description: 'Whose account it is today.' }) holder!: string;
  @Field(() => ID, { description: 'The account that it was made for.' }) accountId!: string;
  @Field(() => ID, { nullable: true, description: 'Who does it.' }) assigneeId!: string | null;
  @Field({ description: 'Whether one may take it.' }) mayTake!: boolean;
  @Field({ description: 'Whether one may write to the resident.' }) mayReply!: boolean;
  @Field({ description: 'Whether it may be reported as done.' }) mayFinish!: boolean;
  @Field({ description: 'Whether it may be rejected.' }) mayReject!: boolean;
}

@ObjectType({ description: 'Somebody of the staff who may work on requests.' })
export class Colleague {
  @Field(() => ID, { description: 'Their id.' }) id!: string;
  @Field({ description: 'Their name.' }) name!: string;
  @Field({ description: 'Their post; may be empty.' }) post!: string;
}

@InputType({ description: 'A new request.' })
export class CreateRequestInput {
  @Field(() => ID, { description: 'Who is asked.' })
  @IsString()
  @MaxLength(20)
  organizationId!: string;

  @Field(() => ID, { description: 'The account that it is made for.' })
  @IsString()
  @MaxLength(20)
  accountId!: string;

  @Field(() => RequestCategoryEnum, { description: 'What it is about.' })
  @IsIn(REQUEST_CATEGORIES)
  category!: RequestCategory;

  @Field({ description: 'Whom to call, as one writes it: +7…, 8…, a short local number.' })
  @IsString()
  @MaxLength(200)
  phone!: string;

  @Field({ description: 'What is asked, up to 4000 symbols.' })
  @IsString()
  text!: string;

  @Field({ description: 'A key of the caller’s own: sent again with it, the request is made once.' })
  @IsString()
  @Length(1, 100)
  clientKey!: string;
}

@InputType({ description: 'Which requests are wanted; all that is given holds at once.' })
export class RequestFilterInput {
  @Field(() => [RequestStateEnum], {
    nullable: true,
    description: 'In one of these states; in any otherwise.',
  })
  states?: RequestState[] | null;

  @Field({ defaultValue: false, description: 'Only those that I do.' }) mine!: boolean;

  @Field(() => String, { nullable: true, description: 'Part of the text or the address, or the number.' })
  text?: string | null;
}

export const CreateRequestResult = resultOf('CreateRequestResult', Request);
export const RequestResult = resultOf('RequestResult', Request);
export const StaffRequestResult = resultOf('StaffRequestResult', StaffRequest);
