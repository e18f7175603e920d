import 'reflect-metadata';
import { Clock, rows } from '@kvartal/platform';
import { type TestApi, aColleague, aResident, ask, startApi } from './testing/api';

/** A moment of the open month, far from this machine's own. */
const MOMENT = '2026-10-15T09:00:00.000Z';
/** The product's clock runs on from there while the spec does. */
const SOON = '2026-10-15T10:00:00.000Z';

/** Every note of a time that comes from the product's clock, and the tables that this spec's people write to. */
const STAMPS = [
  ['session', 'created_at'],
  ['session', 'seen_at'],
  ['account_link', 'created_at'],
  ['api_key', 'created_at'],
  ['reading', 'created_at'],
  ['reading', 'lower(known)'],
  ['request', 'created_at'],
  ['request_event', 'created_at'],
  ['payment', 'created_at'],
  ['closing', 'created_at'],
  ['closing', 'knew_at'],
  ['audit_event', 'created_at'],
] as const;

const REFUSED = '__typename ... on Refused { refusals { code params { name value } } }';

describe('one clock', () => {
  let api: TestApi;
  let server: Date;

  beforeAll(async () => {
    api = await startApi();
    await api.app.get(Clock).moveTo(new Date(MOMENT));
  }, 120_000);
  afterAll(() => api.close());

  const find = (sql: string) => rows<{ at: Date }>(api.database.owner, sql);

  it('tells people what they did at the product’s time', async () => {
    const resident = await aResident(api, 'clock-resident');
    const staff = await aColleague(api, 'clock-staff', 'OWNER');
    await api.database.owner.query('delete from account_link');
    const [now] = await find('select clock_timestamp() as at');
    server = now?.at ?? new Date(0);
    const { organizationId, accountIds, registerIds } = api.town.first;
    const [accountId] = accountIds;
    const link = await ask(
      api,
      resident,
      `mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { ${REFUSED} } }`,
      { input: { number: '100001', surname: 'Иванов', flat: '1' } },
    );
    expect(link.data).toMatchObject({ linkAccount: { __typename: 'AccountLinked' } });
    const reading = await ask(
      api,
      resident,
      `mutation ($input: SubmitReadingsInput!) { submitReadings(input: $input) {
        ${REFUSED} ... on ReadingsSubmitted { readings { id createdAt } } } }`,
      {
        input: {
          organizationId,
          accountId,
          readings: [{ registerId: registerIds[0], value: '105', clientKey: 'clock' }],
        },
      },
    );
    expect(reading.data).toMatchObject({
      submitReadings: { readings: [{ createdAt: expect.stringMatching(/^2026-10-15T09:/) }] },
    });
    const request = await ask(
      api,
      resident,
      `mutation ($input: CreateRequestInput!) { createRequest(input: $input) { ${REFUSED} ... on Request { createdAt } } }`,
      {
        input: {
          ...{ organizationId, accountId, category: 'PLUMBING', phone: '+79121234567' },
          ...{ text: 'Течёт кран', clientKey: 'clock' },
        },
      },
    );
    expect(request.data).toMatchObject({
      createRequest: { createdAt: expect.stringMatching(/^2026-10-15T09:/) },
    });
    await ask(
      api,
      resident,
      `mutation ($input: StartPaymentInput!) { startPayment(input: $input) { ${REFUSED} } }`,
      { input: { organizationId, accountId, amount: '10.00', idempotencyKey: 'clock' } },
    );
    await ask(
      api,
      staff,
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename } }',
      { input: { organizationId, name: 'clock', scopes: ['ACCOUNTS_READ'] } },
    );
    const closing = await ask(
      api,
      staff,
      `mutation ($organizationId: ID!, $month: Month!) { startClosing(organizationId: $organizationId, month: $month) {
        ${REFUSED} ... on Closing { startedAt } } }`,
      { organizationId, month: '2026-10' },
    );
    expect(closing.data).toMatchObject({
      startClosing: { startedAt: expect.stringMatching(/^2026-10-15T09:/) },
    });
  });

  it.each(STAMPS)('writes %s.%s by it', async (table, column) => {
    expect(
      await find(`select ${column} as at from ${table} where ${column} between '${MOMENT}' and '${SOON}'`),
    ).not.toEqual([]);
    expect(
      await find(`select ${column} as at from ${table} where ${column} >= '${server.toISOString()}'`),
    ).toEqual([]);
  });

  it.each(STAMPS.filter(([, column]) => column === 'created_at'))(
    'has no row of %s without its time',
    async (table) => {
      await expect(
        api.database.owner.query(`insert into ${table} (created_at) values (default)`),
      ).rejects.toThrow(/null value/);
    },
  );
});
