import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type Country, CountryEnum } from '../auth.enums';

@ObjectType({ description: 'What a login may look like.' })
export class LoginRule {
  @Field(() => Int, { description: 'At most so many characters.' }) maxLength!: number;
  @Field({ description: 'The rule in a sentence, for the hint under the field.' }) hint!: string;
}

@ObjectType({ description: 'How long a password may be.' })
export class PasswordRule {
  @Field(() => Int, { description: 'At least so many characters.' }) minLength!: number;
  @Field(() => Int, { description: 'At most so many characters.' }) maxLength!: number;
}

@ObjectType({ description: 'A text that people agree to; its version is kept with each agreement.' })
export class LegalText {
  @Field({ description: 'Of which day the text is.' }) version!: string;
  @Field({ description: 'The whole text; blank lines part its paragraphs.' }) text!: string;
}

@ObjectType({ description: 'A residents’ site: its brand and how people come in.' })
export class Portal {
  /** For modules that add fields; ids of portals are of no use outside. */
  id!: string;
  @Field({ description: 'Its name in addresses, as in /o/<slug>/.' }) slug!: string;
  @Field({ description: 'Its name for people.' }) name!: string;
  @Field(() => CountryEnum, { description: 'Whose laws and formats it follows.' }) country!: Country;
  @Field({ description: 'The language that it begins with: ru, kk or en.' }) locale!: string;
  @Field(() => LoginRule, { description: 'What a login may look like.' }) loginRule!: LoginRule;
  @Field(() => PasswordRule, { description: 'How long a password may be.' }) passwordRule!: PasswordRule;
  @Field({ description: 'Whether every registration takes the code of a picture.' })
  captchaOnRegistration!: boolean;
  @Field(() => LegalText, { description: 'The agreement on using the account.' }) agreement!: LegalText;
  @Field(() => LegalText, {
    description: 'The consent to the processing of personal data, a text of its own.',
  })
  consent!: LegalText;
}
