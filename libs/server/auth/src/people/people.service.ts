import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NotFound, row, rows } from '@kvartal/platform';
import type { PersonKind } from '../auth.enums';
import { Passwords } from '../passwords';
import type { App, Visitor } from '../viewers/arrival';

/** Who may come in by which door. */
const KINDS: Readonly<Record<App, readonly PersonKind[]>> = {
  cabinet: ['RESIDENT', 'LEGAL'],
  backoffice: ['STAFF'],
};

/** Somebody whose password was right; PENDING has not confirmed the e-mail yet. */
export interface KnownPerson {
  id: string;
  state: 'PENDING' | 'ACTIVE';
  passwordHash: string;
}

export interface PersonRow {
  id: string;
  kind: PersonKind;
  login: string;
  email: string | null;
  phone: string | null;
  name: string;
}

export interface MembershipRow {
  organizationId: string;
  role: string;
  post: string;
}

/** People who sign in. */
@Injectable()
export class PeopleService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly passwords: Passwords,
  ) {}

  /** The person of this login (or e-mail) where the password is right. As slow for a login that nobody has. */
  async prove({ portal, app }: Visitor, login: string, password: string): Promise<KnownPerson | undefined> {
    const found = await this.findByLogin({ portalId: portal.id, app }, login);
    const isRight = await this.passwords.verify(password, found?.passwordHash);
    return isRight ? found : undefined;
  }

  /** Whoever may come in by this door under this login, or this e-mail: an @ is in every e-mail and in no login. */
  async findByLogin(at: { portalId: string; app: App }, login: string): Promise<KnownPerson | undefined> {
    const column = login.includes('@') ? 'email' : 'login';
    return row<KnownPerson>(
      this.db,
      `select id, state, password_hash as "passwordHash" from portal_user
       where portal_id = $1 and lower(${column}) = lower($2) and kind = any($3) and state <> 'BLOCKED'`,
      [at.portalId, login.trim(), KINDS[at.app]],
    );
  }

  /** Throws NotFound where there is no such person. */
  async get(userId: string): Promise<PersonRow> {
    const found = await row<PersonRow>(
      this.db,
      'select id, kind, login, email, phone, name from portal_user where id = $1',
      [userId],
    );
    if (!found) throw new NotFound();
    return found;
  }

  /** For which organisations somebody works, in the order of their ids. */
  memberships(userId: string): Promise<MembershipRow[]> {
    return rows<MembershipRow>(
      this.db,
      `select organization_id as "organizationId", role, post from membership where user_id = $1 order by organization_id`,
      [userId],
    );
  }
}
