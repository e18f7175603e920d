import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { CivilDate } from '@kvartal/domain';
import { CivilDateScalar, type Permission } from '@kvartal/platform';
import { PermissionEnum, type PersonKind, PersonKindEnum } from '../auth.enums';

@ObjectType({ description: 'Somebody’s work for an organisation.' })
export class Membership {
  /** For modules that add fields. */
  organizationId!: string;
  @Field({ description: 'OWNER, ACCOUNTANT, OPERATOR, DISPATCHER or READER.' }) role!: string;
  @Field({ description: 'The post in words; may be empty.' }) post!: string;
  @Field(() => [PermissionEnum], { description: 'What may be done there.' }) permissions!: Permission[];
}

@ObjectType('Viewer', { description: 'Who asks, and when it is there.' })
export class ViewerAnswer {
  @Field({ description: 'Whether somebody is signed in, or a key was shown.' }) signedIn!: boolean;
  @Field(() => PersonKindEnum, { nullable: true, description: 'As whom; null for nobody and for a key.' })
  kind!: PersonKind | null;
  @Field(() => ID, { nullable: true, description: 'The person’s id.' }) id!: string | null;
  @Field(() => String, { nullable: true, description: 'The person’s login.' }) login!: string | null;
  @Field(() => String, { nullable: true, description: 'The person’s name; may be empty.' }) name!:
    string | null;
  @Field(() => String, { nullable: true, description: 'The person’s e-mail.' }) email!: string | null;
  @Field(() => CivilDateScalar, { description: 'The date at the portal now.' }) today!: CivilDate;
  @Field({ description: 'The present instant, by the server.' }) now!: Date;
  @Field(() => [Membership], { description: 'For whom staff work; empty for everybody else.' })
  memberships!: Membership[];
}
