import 'reflect-metadata';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  execute,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import { type Resident, row, rows, setViewer } from '@kvartal/platform';
import { TOWN_MONTH } from '@kvartal/platform/testing';
import { type TestApi, addPerson, startApi } from './testing/api';
import { fieldOf, roots, sample, samplesOf } from './testing/contract';

/** How deep a resident is followed: Me → account → statement → lines → service. */
const DEPTH = 6;

/** What a resident can reach by following every field that there is. */
describe('the reach of a resident', () => {
  let api: TestApi;
  let schema: GraphQLSchema;
  const people: Record<string, string> = {};
  let ownRequest: string | undefined;

  beforeAll(async () => {
    api = await startApi();
    schema = api.app.get(GraphQLSchemaHost).schema;
    for (const login of ['ivanov', 'kin', 'petrova', 'sidorov'])
      people[login] = await addPerson(api, { login, kind: 'RESIDENT' });
    people['master'] = await addPerson(api, { login: 'master-of-staff', kind: 'STAFF' });
    const { first, second } = api.town;
    const link = (login: string, organizationId: string, accountId: string | undefined) =>
      rows(
        api.database.owner,
        `insert into account_link (organization_id, user_id, account_id, proof, created_at) values ($1, $2, $3, 'STAFF', now())`,
        [organizationId, people[login], accountId],
      );
    await link('ivanov', first.organizationId, first.accountIds[0]);
    await link('kin', first.organizationId, first.accountIds[0]);
    await link('petrova', first.organizationId, first.accountIds[1]);
    await link('sidorov', second.organizationId, second.accountIds[2]);
    await leaveTraces(first.organizationId, first.houseId, first.accountIds[0], 'ivanov');
    await leaveTraces(first.organizationId, first.houseId, first.accountIds[0], 'kin');
    await leaveTraces(first.organizationId, first.houseId, first.accountIds[1], 'petrova');
    await leaveTraces(second.organizationId, second.houseId, second.accountIds[2], 'sidorov');
    const own = await row<{ id: string }>(
      api.database.owner,
      `select id from request where client_key = 'ivanov'`,
    );
    ownRequest = own?.id;
  }, 120_000);
  afterAll(() => api.close());

  /** A request, a payment, a phone, a reading and an amount of an account, each told by the person's login. */
  async function leaveTraces(
    organizationId: string,
    houseId: string,
    accountId: string | undefined,
    login: string,
  ): Promise<void> {
    const { owner } = api.database;
    const at = [organizationId, accountId, people[login]];
    await rows(
      owner,
      `insert into request (organization_id, account_id, author_id, house_id, number, category, phone, text, due_at, client_key, assignee_id, created_at)
       values ($1, $2, $3, $4, $3::bigint, 'OTHER', 'phone-of-' || $5::text, 'text-of-' || $5, '2026-10-20', $5, $6, now())`,
      [...at, houseId, login, people['master']],
    );
    await rows(
      owner,
      `insert into payment (organization_id, account_id, user_id, order_number, provider, amount, currency, state, email, idempotency_key, created_at)
       values ($1, $2, $3, 'order-of-' || $4::text, 'SBERBANK', 77701, 'RUB', 'PENDING', 'payer-' || $4 || '@town.example', 'key-of-' || $4, now())`,
      [...at, login],
    );
    await rows(
      owner,
      `insert into session (user_id, token_hash, audience, user_agent, expires_at, created_at, seen_at)
       values ($1, decode(md5($2), 'hex'), 'RESIDENT', 'browser-of-' || $2::text, now() + interval '1 day', now(), now())`,
      [people[login], login],
    );
    await rows(owner, `update portal_user set phone = 'own-phone-of-' || login where id = $1`, [
      people[login],
    ]);
  }

  /** What a field is asked for: things that are the resident's own. */
  const known = (field: string): Record<string, unknown> => ({
    ...samplesOf(api.town),
    month: TOWN_MONTH.slice(0, 7),
    id: field === 'request' ? ownRequest : api.town.first.accountIds[0],
    orderNumber: 'order-of-ivanov',
  });

  /** Everything that can be asked of a type, as a selection; the same type is not entered again inside itself. */
  function everything(type: GraphQLOutputType, depth: number, inside: readonly string[]): string | undefined {
    const named: GraphQLNamedType = getNamedType(type);
    if (isLeafType(named)) return '';
    if (isUnionType(named))
      return `{ __typename ${named
        .getTypes()
        .map((one) => `... on ${one.name} ${fieldsOf(one, depth, inside)}`)
        .join(' ')} }`;
    if (!isObjectType(named) || depth === 0 || inside.includes(named.name)) return undefined;
    return fieldsOf(named, depth, inside);
  }

  function fieldsOf(type: GraphQLObjectType, depth: number, inside: readonly string[]): string {
    const fields = Object.values(type.getFields()).flatMap((field) => {
      const selection = everything(field.type, depth - 1, [...inside, type.name]);
      return selection === undefined ? [] : [`${field.name}${argumentsOf(field)} ${selection}`];
    });
    return `{ __typename ${fields.join(' ')} }`;
  }

  function argumentsOf({ name: field, args }: GraphQLField<unknown, unknown>): string {
    const passed = args
      .filter(({ type }) => isNonNullType(type))
      .map(({ name, type }) => `${name}: ${literal(type, sample(type, name, known(field)))}`);
    return passed.length ? `(${passed.join(', ')})` : '';
  }

  function literal(type: GraphQLInputType, value: unknown): string {
    if (isNonNullType(type)) return literal(type.ofType, value);
    if (isListType(type))
      return `[${[value]
        .flat()
        .map((one: unknown) => literal(type.ofType, one))
        .join(', ')}]`;
    if (isInputObjectType(type)) {
      const given = new Map(Object.entries(Object(value)));
      const fields = Object.values(type.getFields());
      return `{ ${fields.map((field) => `${field.name}: ${literal(field.type, given.get(field.name))}`).join(', ')} }`;
    }
    return isEnumType(type) ? String(value) : JSON.stringify(value);
  }

  /** What somebody is shown who asks for everything, without the limits that stand before the endpoint. */
  async function shownTo(login: string, document: string): Promise<{ text: string; failures: string[] }> {
    const userId = people[login] ?? '';
    const viewer: Resident = {
      kind: 'resident',
      userId,
      sessionId: '1',
      portalId: api.town.portalId,
      ip: '10.0.0.1',
      userAgent: '',
      requestId: 'spec',
    };
    const request = { headers: {} };
    setViewer(request, viewer);
    const result = await execute({
      schema,
      document: parse(document),
      contextValue: { req: request, res: {} },
    });
    return {
      text: JSON.stringify(result.data),
      failures: [
        ...new Set((result.errors ?? []).map(({ message, path }) => `${message} ${path?.join('.')}`)),
      ],
    };
  }

  it('is their own: of neighbours, relatives, staff and other organisations not a trace', async () => {
    const document = `{ me ${fieldsOf(Object(schema.getType('Me')), DEPTH, [])} }`;
    expect(document.length).toBeGreaterThan(3000);
    const { text, failures } = await shownTo('ivanov', document);
    expect(failures.filter((message) => !message.startsWith('NOT_FOUND'))).toEqual([]);
    for (const own of ['ivanov', '100001', 'Иванов', 'Заречный квартал']) expect(text).toContain(own);
    const { first, second } = api.town;
    for (const foreign of [
      ...[
        'petrova',
        'sidorov',
        'kin@',
        'own-phone-of-kin',
        'browser-of-kin',
        'payer-kin',
        'master-of-staff@',
      ],
      ...['Петрова', 'Сидоров', '100002', '100003', '200001', '200003', 'Другая'],
      ...[...first.meterIds.slice(1), ...second.meterIds].map((id) => `W-${id}`),
    ])
      expect([foreign, text.includes(`${foreign}`)]).toEqual([foreign, false]);
  });

  it('goes to nobody else by naming them: every number of a neighbour is the number of nothing', async () => {
    const { organizationId, accountIds } = api.town.first;
    const theirs = await row<{ request: string; order: string }>(
      api.database.owner,
      `select r.id as request, p.order_number as order from request r join payment p using (organization_id, account_id)
       where r.account_id = $1`,
      [accountIds[1]],
    );
    const home = `{ __typename }`;
    for (const field of [
      `account(organizationId: "${organizationId}", id: "${accountIds[1]}") ${home}`,
      `home(organizationId: "${organizationId}", accountId: "${accountIds[1]}") ${home}`,
      `request(organizationId: "${organizationId}", id: "${theirs?.request}") ${home}`,
      `payment(orderNumber: "${theirs?.order}") ${home}`,
    ]) {
      const asked = await shownTo('ivanov', `{ me { ${field} } }`);
      expect([field, asked.failures]).toEqual([field, [`NOT_FOUND me.${field.split('(')[0]}`]]);
      const none = await shownTo('ivanov', `{ me { ${field.replaceAll(/"[^"]+"\)/g, '"999999999")')} } }`);
      expect([field, none]).toEqual([field, asked]);
    }
  });

  it('meets staff only in types that hold what both may see', () => {
    const reach = (audience: string): Set<string> => {
      const seen = new Set<string>();
      const follow = (type: GraphQLNamedType): void => {
        if (isUnionType(type)) return type.getTypes().forEach(follow);
        if (!isObjectType(type) || seen.has(type.name)) return;
        seen.add(type.name);
        Object.values(type.getFields()).forEach((field) => follow(getNamedType(field.type)));
      };
      for (const root of roots().filter(({ audiences }) => audiences.includes(audience)))
        follow(getNamedType(fieldOf(schema, root).type));
      return seen;
    };
    const staff = reach('staff');
    // a type that is added here was looked at: each of its fields may be seen by the resident whose it is
    expect([...reach('resident')].filter((name) => staff.has(name)).sort()).toEqual(SHARED);
  });
});

const SHARED = [
  ...['Account', 'AccountAsOf', 'AccountFacts', 'AccountService', 'Address', 'Attachment', 'Bill'],
  ...['Breakdown', 'BreakdownRow', 'ChargePreview', 'ConsumptionSeries', 'Difference', 'DifferenceCause'],
  ...['DifferentLine', 'Done', 'Equation', 'Explained', 'House', 'HouseBillsFile'],
  ...['Intake', 'IntakeWindow', 'LineAddition', 'LineExplanation', 'LineInput', 'LineLot', 'LineMovement'],
  ...['LineRule', 'LineSegment', 'LotPart', 'Meter', 'MonthSettlement', 'MonthVolume'],
  ...['Organization', 'Origin', 'OwedMonth', 'PastFacts', 'Payment', 'PaymentPage', 'PenaltyForecast'],
  ...['PenaltyForecastDebt', 'Preliminary', 'PreliminaryLate', 'PreliminaryLine', 'Reading'],
  ...['ReadingPage', 'RecipientTotal', 'Reconciliation', 'Refusal', 'RefusalParam', 'Refused'],
  ...['Register', 'RegisterPreview', 'Request', 'RequestEvent', 'Statement', 'StatementLine'],
  ...['WhatIfBase', 'WhatIfRegister', 'WhatIfTwoZones', 'WhatIfUnmetered'],
];
