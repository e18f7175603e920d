import 'reflect-metadata';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { type GraphQLSchema, isObjectType } from 'graphql';
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
import { type Root, callOf, fieldOf, organizationsIn, roots, samplesOf } from './testing/contract';

/** Every query and mutation, tried by everybody who may not: generated from the schema, so that none is forgotten. */
/** How the contract names an address of a file. */
const LINKS = ['url', 'pdf', 'xlsx'];

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

  function call(root: Root, viewer: string, more: Record<string, unknown> = {}): Promise<Answer> {
    const headers = viewers[viewer];
    if (!headers) throw new Error(`Nobody is called ${viewer}`);
    const { document, variables } = callOf(schema, root, { ...samplesOf(api.town), ...more });
    return ask(api, headers, document, variables);
  }

  /** These would end the session or the key that the others use. */
  const ending = ['signOut', 'signOutEverywhere', 'revokeApiKey'];
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
      (root) =>
        !root.audiences.every((audience) => (fieldOf(schema, root).description ?? '').includes(audience)),
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
    for (const root of roots().filter(({ name }) => !ending.includes(name))) {
      const viewer = viewerOf[root.audiences[0] ?? ''] ?? '';
      expect([root.name, ADMITTED]).toEqual([
        root.name,
        expect.arrayContaining([codeOf(await call(root, viewer))]),
      ]);
    }
  });

  it('knows every type that holds a link to a file: each is made by a resolver, for whom it is', () => {
    const links = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) && LINKS.some((name) => name in type.getFields()) ? [type.name] : [],
    );
    expect(links.sort()).toEqual(['Attachment', 'Bill', 'Breakdown', 'HouseBillsFile', 'Reconciliation']);
  });

  it('looks for the permission in one organisation, the one that the call is about', () => {
    const vague = roots().filter(({ audiences, need }) => audiences.includes('staff') && need);
    expect(
      vague
        .map((root) => [root.name, organizationsIn(callOf(schema, root, samplesOf(api.town)).variables)])
        .filter(([, named]) => !['organizationId', 'input.organizationId'].includes(String(named))),
    ).toEqual([]);
  });

  it('lets staff reach nothing of another organisation by naming their own', async () => {
    const { first, second } = api.town;
    const foreign = {
      organizationId: first.organizationId,
      ID: second.accountIds[0],
    };
    const found = [];
    for (const root of roots().filter(({ audiences }) =>
      audiences.some((one) => one === 'staff' || one === 'key'),
    )) {
      if (ending.includes(root.name)) continue;
      const answer = await call(root, root.audiences.includes('staff') ? 'owner' : 'key', foreign);
      if (JSON.stringify(answer.data ?? null).includes('Другая')) found.push(root.name);
      expect([root.name, codeOf(answer)]).not.toEqual([root.name, 'INTERNAL']);
    }
    expect(found).toEqual([]);
  });

  it.each(['x', '-1', '99999999999999999999', '1; drop table account'])(
    'takes «%s» for the number of nothing, nowhere for a fault',
    async (id) => {
      for (const more of [{ ID: id }, { ID: id, organizationId: id }])
        for (const root of roots().filter(({ name }) => !ending.includes(name))) {
          const viewer = { anyone: 'nobody', resident: 'resident', staff: 'owner', key: 'key' }[
            root.audiences[0] ?? ''
          ];
          expect([root.name, codeOf(await call(root, viewer ?? '', more))]).not.toEqual([
            root.name,
            'INTERNAL',
          ]);
        }
    },
  );

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
