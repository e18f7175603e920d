import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CivilDate } from '@kvartal/domain';
import { CivilDateScalar, enumOf } from '@kvartal/platform';
import { CountryEnum, type Country } from '@kvartal/auth';

export const CURRENCIES = ['RUB', 'KZT'] as const;
export type Currency = (typeof CURRENCIES)[number];
export const CurrencyEnum = enumOf(CURRENCIES);
registerEnumType(CurrencyEnum, {
  name: 'Currency',
  description: 'The currency an organisation keeps its books in.',
});

@ObjectType({
  description: 'A company that keeps the books of houses: a management company, a settlement centre.',
})
export class Organization {
  @Field(() => ID, { description: 'Its id.' }) id!: string;
  @Field({ description: 'Full name.' }) name!: string;
  @Field({ description: 'The name for headings and lists.' }) shortName!: string;
  @Field(() => CountryEnum, { description: 'Whose laws it follows.' }) country!: Country;
  @Field(() => CurrencyEnum, { description: 'Of all its amounts.' }) currency!: Currency;
  @Field({ description: 'ИНН or БИН.' }) taxId!: string;
  @Field({ description: 'Phone of the office; empty where none is given.' }) phone!: string;
  @Field({ description: 'Phone of the dispatchers, day and night; empty where none is given.' })
  dispatcherPhone!: string;
  @Field({ description: 'Address of the office; empty where none is given.' }) address!: string;
  @Field({ description: 'E-mail of the office; empty where none is given.' }) email!: string;
  @Field({ description: 'Its own site; empty where it has none.' }) site!: string;
  @Field(() => CivilDateScalar, { description: 'The date there now, by its time zone.' }) today!: CivilDate;
}
