import 'reflect-metadata';
import { Reflector } from '@nestjs/core';
import { GraphQLSchemaHost, TypeMetadataStorage } from '@nestjs/graphql';
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
import { ROLE_PERMISSIONS } from '@kvartal/auth';
import {
  type Answer,
  type Headers,
  NOBODY,
  type TestApi,
  aColleague,
  aKey,
  aResident,
  ask,
  codeOf,
  startApi,
} from './testing/api';

interface Root {
  kind: 'query' | 'mutation';
  name: string;
  audiences: readonly string[];
  need: string | undefined;
}

/** Every query and mutation, tried by everybody who may not: generated from the schema, so that none is forgotten. */
describe('who may call what', () => {
  let api: TestApi;
  let schema: GraphQLSchema;
  const viewers: Record<string, Headers> = {};

  beforeAll(async () => {
    api = await startApi();
    schema = api.app.get(GraphQLSchemaHost).schema;
    const owner = await aColleague(api, 'owner', 'OWNER');
    Object.assign(viewers, {
      nobody: NOBODY,
      resident: await aResident(api, 'ivanov'),
      stranger: await aResident(api, 'petrova', 1),
      owner,
      foreign: await aColleague(api, 'foreign', 'OWNER', api.town.second.organizationId),
      key: await aKey(api, owner, ['ACCOUNTS_READ', 'READINGS_WRITE']),
      reading: await aKey(api, owner, ['READINGS_WRITE']),
      listing: await aKey(api, owner, ['ACCOUNTS_READ']),
    });
    for (const role of Object.keys(ROLE_PERMISSIONS))
      viewers[role] = await aColleague(api, `of-${role.toLowerCase()}`, role);
  }, 120_000);
  afterAll(() => api.close());

  function roots(): Root[] {
    const reflector = new Reflector();
    const of = (
      kind: Root['kind'],
      list: { schemaName: string; target: { prototype?: unknown }; methodName: string }[],
    ): Root[] =>
      list.map(({ schemaName, target, methodName }) => {
        const at = [Object(target.prototype)[methodName], target];
        return {
          kind,
          name: schemaName,
          audiences: reflector.getAllAndOverride<string[]>('kvartal:audience', at) ?? [],
          need: reflector.getAllAndOverride<string>('kvartal:needs', at),
        };
      });
    return [
      ...of('query', TypeMetadataStorage.getQueriesMetadata()),
      ...of('mutation', TypeMetadataStorage.getMutationsMetadata()),
    ];
  }

  const fieldOf = ({ kind, name }: Root): GraphQLField<unknown, unknown> => {
    const field = (kind === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields()[name];
    if (!field) throw new Error(`The schema has no ${kind} ${name}`);
    return field;
  };

  function sample(type: GraphQLInputType, name: string): unknown {
    if (isNonNullType(type)) return sample(type.ofType, name);
    if (isListType(type)) return [sample(type.ofType, name)];
    if (isInputObjectType(type))
      return Object.fromEntries(
        Object.values(type.getFields()).map((field) => [field.name, sample(field.type, field.name)]),
      );
    if (isEnumType(type)) return type.getValues()[0]?.name;
    const { first } = api.town;
    const known: Record<string, unknown> = {
      organizationId: first.organizationId,
      accountId: first.accountIds[0],
      registerId: first.registerIds[0],
      id: '1',
      month: '2026-09',
      number: 1,
      size: 5,
      first: 5,
    };
    if (name in known && getNamedType(type).name !== 'String') return known[name];
    const byType: Record<string, unknown> = {
      Boolean: false,
      Int: 1,
      Float: 1,
      Money: '10.00',
      Quantity: '1',
      Price: '1',
      Month: '2026-09',
      CivilDate: '2026-10-15',
      DateTime: '2026-10-15T00:00:00Z',
    };
    return byType[getNamedType(type).name] ?? '1';
  }

  function call(root: Root, viewer: string): Promise<Answer> {
    const field = fieldOf(root);
    const args = field.args.filter((arg: GraphQLArgument) => isNonNullType(arg.type));
    const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
    const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
    const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
    const document = `${root.kind} ${declared && `(${declared})`} { ${root.name} ${passed && `(${passed})`} ${selection} }`;
    const headers = viewers[viewer];
    if (!headers) throw new Error(`Nobody is called ${viewer}`);
    return ask(
      api,
      headers,
      document,
      Object.fromEntries(args.map((arg) => [arg.name, sample(arg.type, arg.name)])),
    );
  }

  const ADMITTED = [undefined, 'NOT_FOUND', 'REFUSED', 'BAD_USER_INPUT'];

  it('declares an audience for every root', () => {
    expect(
      roots()
        .filter(({ audiences }) => audiences.length === 0)
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('prints the audience first in every root’s description', () => {
    const silent = roots().filter(
      (root) => !root.audiences.every((audience) => (fieldOf(root).description ?? '').includes(audience)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('refuses nobody, wherever somebody has to be signed in', async () => {
    for (const root of roots().filter(({ audiences }) => !audiences.includes('anyone')))
      expect([root.name, codeOf(await call(root, 'nobody'))]).toEqual([root.name, 'UNAUTHENTICATED']);
  });

  it.each([
    ['resident', 'resident'],
    ['owner', 'staff'],
    ['key', 'key'],
  ])('refuses a %s what is for others', async (viewer, audience) => {
    for (const root of roots().filter(
      ({ audiences }) => !audiences.includes('anyone') && !audiences.includes(audience),
    ))
      expect([root.name, codeOf(await call(root, viewer))]).toEqual([root.name, 'FORBIDDEN']);
  });

  it('shows staff of another organisation nothing, not even that it is there', async () => {
    for (const root of roots().filter(({ audiences, need }) => audiences.includes('staff') && need))
      expect([root.name, codeOf(await call(root, 'foreign'))]).toEqual([root.name, 'NOT_FOUND']);
  });

  it('refuses staff without the permission', async () => {
    let tried = 0;
    for (const root of roots().filter(({ audiences, need }) => audiences.includes('staff') && need))
      for (const [role, permissions] of Object.entries(ROLE_PERMISSIONS)) {
        if (permissions.some((one) => one === root.need)) continue;
        tried += 1;
        expect([role, root.name, codeOf(await call(root, role))]).toEqual([role, root.name, 'FORBIDDEN']);
      }
    expect(tried).toBeGreaterThan(10);
  });

  it('refuses a key without the scope', async () => {
    for (const root of roots().filter(({ audiences }) => audiences.includes('key'))) {
      expect(root.need).toBeDefined();
      const without = root.need === 'ACCOUNTS_READ' ? 'reading' : 'listing';
      expect([root.name, codeOf(await call(root, without))]).toEqual([root.name, 'FORBIDDEN']);
    }
  });

  it('admits those whom it is for', async () => {
    const viewerOf: Record<string, string> = {
      anyone: 'nobody',
      resident: 'resident',
      staff: 'owner',
      key: 'key',
    };
    // these would end the session or the key that the others use
    const ending = ['signOut', 'signOutEverywhere', 'revokeApiKey'];
    for (const root of roots().filter(({ name }) => !ending.includes(name))) {
      const viewer = viewerOf[root.audiences[0] ?? ''] ?? '';
      expect([root.name, ADMITTED]).toEqual([
        root.name,
        expect.arrayContaining([codeOf(await call(root, viewer))]),
      ]);
    }
  });

  it('shows a resident no account, reading, request or payment of another resident', async () => {
    const { organizationId, accountIds, registerIds } = api.town.first;
    const foreign = {
      organizationId,
      id: accountIds[0],
      accountId: accountIds[0],
      registerId: registerIds[0],
    };
    const queries = [
      'query ($organizationId: ID!, $id: ID!) { me { account(organizationId: $organizationId, id: $id) { number } } }',
      'query ($organizationId: ID!, $accountId: ID!) { me { home(organizationId: $organizationId, accountId: $accountId) { balanceToday } } }',
      'query ($organizationId: ID!, $id: ID!) { me { request(organizationId: $organizationId, id: $id) { text } } }',
      'mutation ($organizationId: ID!, $accountId: ID!) { unlinkAccount(organizationId: $organizationId, accountId: $accountId) { ok } }',
      'mutation ($organizationId: ID!, $accountId: ID!) { startPayment(input: { organizationId: $organizationId, accountId: $accountId, amount: "10.00", idempotencyKey: "k" }) { __typename } }',
      'mutation ($organizationId: ID!, $accountId: ID!) { createRequest(input: { organizationId: $organizationId, accountId: $accountId, category: OTHER, phone: "+79121234567", text: "т", clientKey: "k" }) { __typename } }',
      'mutation ($organizationId: ID!, $accountId: ID!, $registerId: ID!) { submitReadings(input: { organizationId: $organizationId, accountId: $accountId, readings: [{ registerId: $registerId, value: "101", clientKey: "k" }] }) { __typename } }',
    ];
    for (const query of queries)
      expect([query, codeOf(await ask(api, viewers['stranger'] ?? {}, query, foreign))]).toEqual([
        query,
        'NOT_FOUND',
      ]);
  });
});
