import { Reflector } from '@nestjs/core';
import { TypeMetadataStorage } from '@nestjs/graphql';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Town } from '@kvartal/platform/testing';

/** A query, mutation or subscription, with whom it is for. */
export interface Root {
  kind: 'query' | 'mutation' | 'subscription';
  name: string;
  audiences: readonly string[];
  need: string | undefined;
}

interface Declared {
  schemaName: string;
  target: { prototype?: unknown };
  methodName: string;
}

const audienceOf = (at: unknown[]): Pick<Root, 'audiences' | 'need'> => {
  const reflector = new Reflector();
  return {
    audiences: reflector.getAllAndOverride<string[]>('kvartal:audience', Object(at)) ?? [],
    need: reflector.getAllAndOverride<string>('kvartal:needs', Object(at)),
  };
};

/** Every root of the contract, from what the resolvers declare: a new one cannot be forgotten. */
export function roots(): Root[] {
  const of = (kind: Root['kind'], list: readonly Declared[]): Root[] =>
    list.map(({ schemaName, target, methodName }) => ({
      kind,
      name: schemaName,
      ...audienceOf([Object(target.prototype)[methodName], target]),
    }));
  return [
    ...of('query', TypeMetadataStorage.getQueriesMetadata()),
    ...of('mutation', TypeMetadataStorage.getMutationsMetadata()),
    ...of('subscription', TypeMetadataStorage.getSubscriptionsMetadata()),
  ];
}

export function fieldOf(schema: GraphQLSchema, { kind, name }: Root): GraphQLField<unknown, unknown> {
  const types = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const field = types[kind]?.getFields()[name];
  if (!field) throw new Error(`The schema has no ${kind} ${name}`);
  return field;
}

const PLAIN: Readonly<Record<string, unknown>> = {
  Boolean: false,
  Int: 1,
  Float: 1,
  Money: '10.00',
  Quantity: '1',
  Price: '1',
  Ratio: '1',
  Month: '2026-09',
  CivilDate: '2026-10-15',
  DateTime: '2026-10-15T00:00:00Z',
};

/** Values that a call may send: things of the town where a name says which. */
export function samplesOf({ first }: Town): Record<string, unknown> {
  return {
    organizationId: first.organizationId,
    accountId: first.accountIds[0],
    registerId: first.registerIds[0],
    id: '1',
    month: '2026-09',
    number: 1,
    size: 5,
    first: 5,
  };
}

/** A value of an input type, everything in it filled in. */
export function sample(type: GraphQLInputType, name: string, known: Record<string, unknown>): unknown {
  if (isNonNullType(type)) return sample(type.ofType, name, known);
  if (isListType(type)) return [sample(type.ofType, name, known)];
  if (isInputObjectType(type))
    return Object.fromEntries(
      Object.values(type.getFields()).map((field) => [field.name, sample(field.type, field.name, known)]),
    );
  if (isEnumType(type)) return type.getValues()[0]?.name;
  // an `ID` among the known stands for every number of a thing but the organisation's
  if (getNamedType(type).name === 'ID' && 'ID' in known && name !== 'organizationId') return known['ID'];
  if (name in known && (getNamedType(type).name !== 'String' || name === 'orderNumber')) return known[name];
  return PLAIN[getNamedType(type).name] ?? '1';
}

/** A document that calls a root with these values for what it demands. */
export function callOf(
  schema: GraphQLSchema,
  root: Root,
  known: Record<string, unknown>,
): { document: string; variables: Record<string, unknown> } {
  const field = fieldOf(schema, root);
  const args = field.args.filter((arg: GraphQLArgument) => isNonNullType(arg.type));
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  const variables = Object.fromEntries(args.map((arg) => [arg.name, sample(arg.type, arg.name, known)]));
  return {
    document: `${root.kind} ${declared && `(${declared})`} { ${root.name} ${passed && `(${passed})`} ${selection} }`,
    variables,
  };
}

/** All organisations that a call names, by their places in its arguments. */
export function organizationsIn(variables: unknown, path = ''): string[] {
  if (typeof variables !== 'object' || variables === null) return [];
  return Object.entries(variables).flatMap(([name, value]: [string, unknown]) =>
    name === 'organizationId' ? [`${path}${name}`] : organizationsIn(value, `${path}${name}.`),
  );
}
