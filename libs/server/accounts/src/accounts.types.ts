import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CivilDate, Quantity } from '@kvartal/domain';
import { CivilDateScalar, QuantityScalar, resultOf } from '@kvartal/platform';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { House } from './houses.types';
import { Organization } from './organizations.types';

@ObjectType({ description: 'The address of a flat or office.' })
export class Address {
  @Field({ description: 'City or settlement.' }) city!: string;
  @Field({ description: 'Street.' }) street!: string;
  @Field({ description: 'Number of the house.' }) house!: string;
  @Field({ description: 'Number of the flat, office or room; empty for a house of one account.' })
  flat!: string;
  @Field({ description: 'The address in one line.' }) line!: string;
}

@ObjectType({ description: 'What is true of an account and its premises today, as it is known now.' })
export class AccountFacts {
  @Field(() => QuantityScalar, { nullable: true, description: 'Total area, m².' })
  totalArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Living area, m².' })
  livingArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Heated area, m².' })
  heatedArea!: Quantity | null;
  @Field(() => QuantityScalar, { nullable: true, description: 'Residents that charges by person count.' })
  residents!: Quantity | null;
  @Field(() => CivilDateScalar, { nullable: true, description: 'Since when there are that many residents.' })
  residentsSince!: CivilDate | null;
  @Field(() => Int, { nullable: true, description: 'Number of rooms.' }) rooms!: number | null;
  @Field(() => Int, { nullable: true, description: 'Floor.' }) floor!: number | null;
  @Field(() => Int, { nullable: true, description: 'Entrance.' }) entrance!: number | null;
}

@ObjectType({ description: 'A personal account: what is charged for one flat or office.' })
export class Account {
  @Field(() => ID, { description: 'Whose books it is in.' }) organizationId!: string;
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Its number as the organisation writes it, leading zeros kept.' }) number!: string;
  @Field({ description: 'PERSON or LEGAL.' }) kind!: string;
  @Field({
    description: 'Whose it is today: a full name or a company. Masked where the organisation says so.',
  })
  holder!: string;
  @Field(() => Address, { description: 'Where it is.' }) address!: Address;
  @Field(() => Organization, { description: 'Who keeps its books.' }) organization!: Organization;
  @Field(() => String, { nullable: true, description: 'Phone of the account.' }) phone!: string | null;
  @Field(() => AccountFacts, { description: 'Area, residents, rooms.' }) facts!: AccountFacts;
  @Field(() => House, { description: 'The building it is in.' }) house!: House;
}

@ObjectType({ description: 'A person who sees an account in the cabinet.' })
export class AccountLinkRow {
  @Field({ description: 'Login of the person.' }) login!: string;
  @Field(() => String, { nullable: true, description: 'E-mail of the person.' }) email!: string | null;
  @Field({ description: 'HOLDER, FAMILY, TENANT or REPRESENTATIVE.' }) relation!: string;
  @Field({ description: 'Since when.' }) createdAt!: Date;
}

@ObjectType({ description: 'An account as staff see it.' })
export class StaffAccount {
  @Field(() => Account, { description: 'What the resident sees too.' }) account!: Account;
  @Field(() => [AccountLinkRow], { description: 'Who sees this account in the cabinet.' })
  links!: AccountLinkRow[];
}

@InputType({ description: 'What a paper bill says: the proof that an account is one’s own.' })
export class LinkAccountInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Whose account it is; all organisations of the portal otherwise.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  organizationId?: string | null;

  @Field({ description: 'Number of the account; spaces, hyphens and a letter index do not matter.' })
  @IsString()
  @MaxLength(200)
  number!: string;

  @Field({ description: 'Surname of the holder, or the name of the company.' })
  @IsString()
  @MaxLength(200)
  surname!: string;

  @Field({ description: 'Number of the flat or office; empty for a house of one account.' })
  @IsString()
  @MaxLength(200)
  flat!: string;
}

@ObjectType({ description: 'The account is linked.' })
export class AccountLinked {
  @Field(() => Account, { description: 'The account.' }) account!: Account;
}

export const LinkAccountResult = resultOf('LinkAccountResult', AccountLinked);
