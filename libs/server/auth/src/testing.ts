import { type UnderTest, underTest } from '@kvartal/platform/testing';
import { Clock, inTransaction, row, rows } from '@kvartal/platform';
import type { PersonKind } from './auth.enums';
import { AuthApi } from './auth.module';
import { Confirmations, type LinkPurpose } from './entry/confirmations';
import { Passwords } from './passwords';
import { type PortalSettings, portalRules } from './portals/portal.rules';
import type { App, Visitor } from './viewers/arrival';

export const PASSWORD = 'correct horse battery';

/** Who comes, from where, to a portal with which settings. */
export interface Visit {
  app?: App;
  ip?: string;
  settings?: PortalSettings;
  isBench?: boolean;
}

/** Auth as the api composes it, and what its specs do again and again. */
export interface AuthUnderTest extends UnderTest {
  /** Makes it this moment for everything that asks the clock. */
  itIs(moment: string): Promise<void>;
  visitor(visit?: Visit): Promise<Visitor>;
  person(login: string, kind?: PersonKind): Promise<string>;
  /** The token of a new link, as the letter to this person would carry it. */
  link(userId: string, purpose: LinkPurpose): Promise<string>;
  facts(): Promise<{ fact: string; userId: string }[]>;
  actions(): Promise<string[]>;
}

const TOWN = {
  slug: 'town',
  host: null,
  name: 'Город',
  country: 'RU',
  locale: 'ru',
  timeZone: 'Europe/Moscow',
} as const;

function visitorAt(portalId: string, visit: Visit): Visitor {
  const { app = 'cabinet', ip = '10.0.0.1', settings = {}, isBench = false } = visit;
  const portal = { id: portalId, ...TOWN, rules: portalRules(settings) };
  return {
    app,
    isBench,
    portal,
    viewer: { kind: 'nobody', portalId, ip, userAgent: 'spec', requestId: 'spec' },
  };
}

async function addPerson(
  at: UnderTest,
  portalId: string,
  person: { login: string; kind: PersonKind },
): Promise<string> {
  const added = await row<{ id: string }>(
    at.owner,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state)
     values ($1, $2, $3, $3 || '@town.example', $4, 'ACTIVE') returning id`,
    [portalId, person.kind, person.login, await at.module.get(Passwords).hash(PASSWORD)],
  );
  return added?.id ?? '';
}

async function mintLink(at: UnderTest, userId: string, purpose: LinkPurpose): Promise<string> {
  const minted = await inTransaction(at.db, (tx) => at.module.get(Confirmations).mint(tx, userId, purpose));
  if (!minted) throw new Error('There was nothing to send');
  return minted.token;
}

export async function authUnderTest(): Promise<AuthUnderTest> {
  const at = await underTest(AuthApi);
  const portal = await row<{ id: string }>(
    at.owner,
    `insert into portal (slug, name, country) values ($1, $2, $3) returning id`,
    [TOWN.slug, TOWN.name, TOWN.country],
  );
  const portalId = portal?.id ?? '';
  return Object.assign(at, {
    itIs: (moment: string) => at.module.get(Clock).moveTo(new Date(moment)),
    visitor: async (visit: Visit = {}) => visitorAt(portalId, visit),
    person: (login: string, kind: PersonKind = 'RESIDENT') => addPerson(at, portalId, { login, kind }),
    link: (userId: string, purpose: LinkPurpose) => mintLink(at, userId, purpose),
    facts: () =>
      rows<{ fact: string; userId: string }>(
        at.owner,
        `select fact, payload->>'userId' as "userId" from outbox order by id`,
      ),
    actions: async () =>
      (await rows<{ action: string }>(at.owner, 'select action from audit_event order by id')).map(
        ({ action }) => action,
      ),
  });
}

/** The codes of what was refused, each with where: `REG_LOGIN_TAKEN at login`. Throws where it was not refused. */
export async function refused(work: Promise<unknown>): Promise<string[]> {
  const failure: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(failure instanceof Error) || !('refusals' in failure) || !Array.isArray(failure.refusals))
    throw failure ?? new Error('It was not refused');
  return failure.refusals.map(({ code, path = [] }) =>
    [code, ...(path.length ? ['at', path.join('.')] : [])].join(' '),
  );
}
