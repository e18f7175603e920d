import type { INestApplication } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { type TestDatabase, type Town, aTown, testDatabase, testRedis } from '@kvartal/platform/testing';
import { row, rows } from '@kvartal/platform';

/** The api as it ships, in this process, on a database and a Redis prefix of the spec's own. */
export interface TestApi {
  app: INestApplication;
  url: string;
  town: Town;
  database: TestDatabase;
  close(): Promise<void>;
}

/** Who asks: what stands in the headers of a request. */
export type Headers = Readonly<Record<string, string>>;
export const NOBODY: Headers = { 'x-kvartal-app': 'cabinet' };
export const PASSWORD = 'correct-horse-battery';

export async function startApi(env: Readonly<Record<string, string>> = {}): Promise<TestApi> {
  const database = await testDatabase();
  const redis = testRedis();
  const town = await aTown(database.owner);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
    LOG_LEVEL: 'silent',
    DEV_CLOCK: '1',
    FILES_DIR: `/tmp/${redis.prefix.replace(':', '-')}`,
    ...env,
  });
  const { createApi } = await import('../create-api');
  const app = await createApi();
  await app.listen(0, '127.0.0.1');
  const close = async () => {
    await app.close();
    await database.close();
  };
  return { app, url: await app.getUrl(), town, database, close };
}

export interface Answer {
  status: number;
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  cookie?: string;
}

/** Asks the endpoint over HTTP, the way integrators and our own apps do. */
export async function ask(
  api: TestApi,
  headers: Headers,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body: Omit<Answer, 'status'> = JSON.parse(await response.text());
  const cookie = response.headers
    .getSetCookie()
    .find((one) => one.startsWith('__Host-'))
    ?.split(';')[0];
  return { ...body, status: response.status, ...(cookie === undefined ? {} : { cookie }) };
}

/** The code of the first error, or undefined where there is none. */
export const codeOf = (answer: Answer): string | undefined => answer.errors?.[0]?.extensions?.code;

interface NewPerson {
  login: string;
  kind: 'RESIDENT' | 'LEGAL' | 'STAFF';
}

/** An active person of the town's portal; returns the id. */
export async function addPerson(api: TestApi, { login, kind }: NewPerson): Promise<string> {
  const made = await row<{ id: string }>(
    api.database.owner,
    `insert into portal_user (portal_id, kind, login, email, name, password_hash, state)
     values ($1, $2, $3, $4, $3, $5, 'ACTIVE') returning id`,
    [api.town.portalId, kind, login, `${login}@town.example`, await hash(PASSWORD)],
  );
  return made?.id ?? '';
}

/** Signs in through the front door; returns the headers of a browser that did. */
export async function signedIn(api: TestApi, login: string, app: 'cabinet' | 'backoffice'): Promise<Headers> {
  const headers = { 'x-kvartal-app': app };
  const answer = await ask(
    api,
    headers,
    'mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on Refused { refusals { code } } } }',
    { input: { login, password: PASSWORD, remember: false } },
  );
  if (!answer.cookie) throw new Error(`${login} was not let in: ${JSON.stringify(answer)}`);
  return { ...headers, cookie: answer.cookie };
}

/** A resident with the first account of an organisation linked. */
export async function aResident(api: TestApi, login: string, accountAt = 0): Promise<Headers> {
  const userId = await addPerson(api, { login, kind: 'RESIDENT' });
  const { organizationId, accountIds } = api.town.first;
  await rows(
    api.database.owner,
    `insert into account_link (organization_id, user_id, account_id, proof, created_at) values ($1, $2, $3, 'STAFF', now())`,
    [organizationId, userId, accountIds[accountAt]],
  );
  return signedIn(api, login, 'cabinet');
}

/** Staff of one organisation in a role. */
export async function aColleague(
  api: TestApi,
  login: string,
  role: string,
  organizationId = api.town.first.organizationId,
): Promise<Headers> {
  const userId = await addPerson(api, { login, kind: 'STAFF' });
  await rows(
    api.database.owner,
    'insert into membership (organization_id, user_id, role) values ($1, $2, $3)',
    [organizationId, userId, role],
  );
  return signedIn(api, login, 'backoffice');
}

/** A machine's key with these scopes, made in the back-office by an owner. */
export async function aKey(api: TestApi, owner: Headers, scopes: readonly string[]): Promise<Headers> {
  const answer = await ask(
    api,
    owner,
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } } }',
    { input: { organizationId: api.town.first.organizationId, name: 'spec', scopes } },
  );
  const made: { secret?: string } | undefined = Object(answer.data)['createApiKey'];
  if (!made?.secret) throw new Error(`No key was made: ${JSON.stringify(answer)}`);
  return { authorization: `Bearer ${made.secret}` };
}
