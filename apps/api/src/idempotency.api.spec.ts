import 'reflect-metadata';
import { rows } from '@kvartal/platform';
import { expectBooksBalanced } from '@kvartal/platform/testing';
import { type Headers, type TestApi, aColleague, aKey, aResident, ask, startApi } from './testing/api';

const AT_ONCE = 64;
const NO = '... on Refused { refusals { code path } }';

interface Case {
  /** What is sent, under a key, with a value that may differ. */
  document: string;
  variables: (key: string, value: string) => object;
  values: readonly [first: string, other: string];
  /** How many things of its kind there are. */
  count: string;
  who: 'resident' | 'key';
}

/** One key is one effect: told again, many at once, and with something else. Payments have theirs beside the bank. */
describe('a key that is sent again', () => {
  let api: TestApi;
  const viewers: Record<string, Headers> = {};

  beforeAll(async () => {
    api = await startApi();
    const now = JSON.stringify({ now: '2026-10-20T12:00:00+03:00' });
    await fetch(`${api.url}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: now,
    });
    const owner = await aColleague(api, 'owner', 'OWNER');
    viewers['resident'] = await aResident(api, 'ivanov');
    viewers['key'] = await aKey(api, owner, ['READINGS_WRITE']);
  }, 120_000);
  afterEach(() => expectBooksBalanced(api.database.owner));
  afterAll(() => api.close());

  const own = () => {
    const { organizationId, accountIds, registerIds } = api.town.first;
    return { organizationId, accountId: accountIds[0], registerId: registerIds[0], other: registerIds[1] };
  };
  const cases: Readonly<Record<string, Case>> = {
    createRequest: {
      who: 'resident',
      document: `mutation ($input: CreateRequestInput!) { createRequest(input: $input) { __typename ... on Request { id number text } ${NO} } }`,
      variables: (clientKey, text) => {
        const { organizationId, accountId } = own();
        return {
          input: { organizationId, accountId, category: 'OTHER', phone: '+79121234567', text, clientKey },
        };
      },
      values: ['Течёт кран', 'Не горит лампа'],
      count: 'select count(*)::int as n from request',
    },
    submitReadings: {
      who: 'resident',
      document: `mutation ($input: SubmitReadingsInput!) { submitReadings(input: $input) { __typename ${NO} } }`,
      variables: (clientKey, value) => {
        const { organizationId, accountId, registerId } = own();
        return { input: { organizationId, accountId, readings: [{ registerId, value, clientKey }] } };
      },
      values: ['103', '104'],
      count: `select count(*)::int as n from reading where source = 'SITE' and month = '2026-10-01'`,
    },
    submitReadingBatch: {
      who: 'key',
      document: `mutation ($readings: [BatchReadingInput!]!) { submitReadingBatch(readings: $readings) { __typename
        ... on ReadingBatchAnswered { answers { reading { id value } refusals { code path } } } ${NO} } }`,
      variables: (clientKey, value) => ({
        readings: [{ registerId: own().other, value, takenOn: '2026-10-19', clientKey }],
      }),
      values: ['103', '104'],
      count: `select count(*)::int as n from reading where source = 'API'`,
    },
  };

  const send = async ({ who, document, variables }: Case, key: string, value: string): Promise<string> => {
    const answer = await ask(api, viewers[who] ?? {}, document, variables(key, value));
    if (!answer.data) throw new Error(JSON.stringify(answer));
    return JSON.stringify(answer.data);
  };
  const countOf = async ({ count }: Case) => (await rows<{ n: number }>(api.database.owner, count))[0]?.n;

  it.each(Object.keys(cases))('has one effect and one answer: %s', async (name) => {
    const one = cases[name];
    if (!one) throw new Error(`There is no ${name}`);
    const [first, other] = one.values;
    const before = (await countOf(one)) ?? 0;
    const key = `key-${name}`;
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => send(one, key, first)));
    for (let n = 0; n < 3; n += 1) answers.push(await send(one, key, first));
    expect(new Set(answers).size).toBe(1);
    expect(await countOf(one)).toBe(before + 1);
    const refused = await send(one, key, other);
    expect(refused).toContain('IDEMPOTENCY_KEY_REUSED');
    expect(refused).toContain('clientKey');
    expect(await countOf(one)).toBe(before + 1);
    expect(await send(one, key, first)).toBe(answers[0]);
  });

  it('another key is another effect', async () => {
    const one = cases['createRequest'];
    if (!one) throw new Error('There is no createRequest');
    const before = (await countOf(one)) ?? 0;
    await send(one, 'another', one.values[0]);
    expect(await countOf(one)).toBe(before + 1);
  });
});
