import { ArgsType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { KEY_SCOPES, type KeyScope, resultOf } from '@kvartal/platform';
import { KeyScopeEnum } from '../auth.enums';

@ObjectType({ description: 'A machine’s access to an organisation.' })
export class ApiKey {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'What it is for, in the words of whoever made it.' }) name!: string;
  @Field({ description: 'The part of the key that is no secret: the eight characters after kv_.' })
  prefix!: string;
  @Field(() => [KeyScopeEnum], { description: 'What it may do.' }) scopes!: KeyScope[];
  @Field({ description: 'When it was made.' }) createdAt!: Date;
  @Field(() => Date, { nullable: true, description: 'Since when it is refused; null while it works.' })
  revokedAt!: Date | null;
}

@InputType({ description: 'A key to make.' })
export class CreateApiKeyInput {
  @Field(() => ID, { description: 'Whose data it opens.' }) @IsString() organizationId!: string;
  @Field({ description: 'What it is for, up to 60 characters.' }) @IsString() @MaxLength(1000) name!: string;
  @Field(() => [KeyScopeEnum], { description: 'What it may do, at least one.' })
  @IsArray()
  @IsIn(KEY_SCOPES, { each: true })
  scopes!: KeyScope[];
}

@ObjectType({ description: 'A key has been made.' })
export class CreatedApiKey {
  @Field(() => ApiKey, { description: 'The key.' }) key!: ApiKey;
  @Field({ description: 'The whole key, shown this once: kv_<prefix>_<secret>.' }) secret!: string;
}

export const CreateApiKeyResult = resultOf('CreateApiKeyResult', CreatedApiKey);

@ArgsType()
export class KeyArgs {
  @Field(() => ID, { description: 'Whose key it is.' }) @IsString() organizationId!: string;
  @Field(() => ID, { description: 'The key.' }) @IsString() id!: string;
}
