import {
  type CivilDate,
  type Money,
  type Month,
  type Price,
  type Quantity,
  type Ratio,
  civilDate,
  money,
  moneyText,
  month,
  price,
  priceText,
  quantity,
  quantityText,
  ratio,
  ratioText,
} from '@kvartal/domain';
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** A scalar written as text outside: read by `parse` (throws on what it cannot read), written by `write`. */
function textScalar<T>(
  name: string,
  description: string,
  parse: (text: string) => T,
  write: (value: T) => string,
) {
  const read = (value: unknown): T => {
    if (typeof value !== 'string') throw badInput(`${name} is written as a string`);
    try {
      return parse(value);
    } catch {
      throw badInput(`«${value.slice(0, 40)}» is not a ${name}`);
    }
  };
  return new GraphQLScalarType<T, string>({
    name,
    description,
    parseValue: read,
    parseLiteral: (node: ValueNode) => read(node.kind === Kind.STRING ? node.value : undefined),
    // @ts-expect-error graphql types the output of a resolver as unknown; ours is T by the field's declaration
    serialize: (value: T) => write(value),
  });
}

export const MoneyScalar = textScalar<Money>(
  'Money',
  'An amount in the main unit of the currency with two decimals and a point: "164.40". Debt is positive.',
  money,
  moneyText,
);
export const QuantityScalar = textScalar<Quantity>(
  'Quantity',
  'A quantity with up to six decimals and a point: "10.418".',
  quantity,
  quantityText,
);
export const PriceScalar = textScalar<Price>(
  'Price',
  'A price for a unit with up to six decimals and a point: "15.78".',
  price,
  priceText,
);
export const RatioScalar = textScalar<Ratio>(
  'Ratio',
  'A norm, coefficient, rate or share with up to eight decimals and a point: "0.095".',
  ratio,
  ratioText,
);
export const CivilDateScalar = textScalar<CivilDate>(
  'CivilDate',
  'A calendar date without time: "2026-11-20".',
  civilDate,
  String,
);
export const MonthScalar = textScalar<Month>('Month', 'A calendar month: "2026-11".', month, String);
