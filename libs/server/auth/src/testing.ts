import { type UnderTest, underTest } from '@kvartal/platform/testing';
import { Clock, inTransaction, row, rows } from '@kvartal/platform';
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
  person(login: string, kind?: 'RESIDENT' | 'LEGAL' | 'STAFF'): Promise<string>;
  /** The token of a new link, as the letter to this person would carry it. */
  link(userId: string, purpose: LinkPurpose): Promise<string>;
  facts(): Promise<{ fact: string; userId: string }[]>;
  actions(): Promise<string[]>;
}

export async function authUnderTest(): Promise<AuthUnderTest> {
  const at = await underTest(AuthApi);
  const portal = await row<{ id: string }>(
    at.owner,
    `insert into portal (slug, name, country) values ('town', 'Город', 'RU') returning id`,
  );
  const portalId = portal?.id ?? '';
  const asking = { portalId, userAgent: 'spec', requestId: 'spec' };
  let passwordHash: Promise<string> | undefined;
  return Object.assign(at, {
    itIs: (moment: string) => at.module.get(Clock).moveTo(new Date(moment)),
    async visitor({
      app = 'cabinet',
      ip = '10.0.0.1',
      settings = {},
      isBench = false,
    }: Visit = {}): Promise<Visitor> {
      const brand = {
        slug: 'town',
        host: null,
        name: 'Город',
        country: 'RU',
        locale: 'ru',
        timeZone: 'Europe/Moscow',
      } as const;
      return {
        app,
        isBench,
        portal: { id: portalId, ...brand, rules: portalRules(settings) },
        viewer: { kind: 'nobody', ...asking, ip },
      };
    },
    async person(login: string, kind: string = 'RESIDENT'): Promise<string> {
      passwordHash ??= at.module.get(Passwords).hash(PASSWORD);
      const added = await row<{ id: string }>(
        at.owner,
        `insert into portal_user (portal_id, kind, login, email, password_hash, state)
         values ($1, $2, $3, $3 || '@town.example', $4, 'ACTIVE') returning id`,
        [portalId, kind, login, await passwordHash],
      );
      return added?.id ?? '';
    },
    async link(userId: string, purpose: LinkPurpose): Promise<string> {
      const minted = await inTransaction(at.db, (tx) =>
        at.module.get(Confirmations).mint(tx, userId, purpose),
      );
      if (!minted) throw new Error('There was nothing to send');
      return minted.token;
    },
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
