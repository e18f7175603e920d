import { hash } from '@node-rs/argon2';
import type pg from 'pg';
import type { WrittenAccount, WrittenOrganization } from './write-town';

/** A way into the demo town, printed by the launcher. */
export interface SignIn {
  role: string;
  portal: string;
  login: string;
  password: string;
  account?: string;
}

interface Person {
  kind: 'RESIDENT' | 'LEGAL' | 'STAFF';
  login: string;
  name: string;
  role: string;
}

const STAFF: readonly { role: string; login: string; name: string; post: string }[] = [
  { role: 'OWNER', login: 'director', name: 'Кондратьева Елена Павловна', post: 'директор' },
  { role: 'ACCOUNTANT', login: 'accountant', name: 'Белова Ирина Сергеевна', post: 'бухгалтер' },
  {
    role: 'OPERATOR',
    login: 'operator',
    name: 'Мельникова Юлия Олеговна',
    post: 'оператор абонентского отдела',
  },
  { role: 'DISPATCHER', login: 'dispatcher', name: 'Тарасов Виктор Иванович', post: 'диспетчер' },
  { role: 'READER', login: 'reader', name: 'Власова Анна Юрьевна', post: 'наблюдатель' },
];

/** Passwords of the demo are no secret: they are printed at the start. */
const passwordOf = (login: string): string => `${login}-demo-2026`;

/** People of one portal: residents with accounts linked, a firm, and staff in every role. */
export class PeopleWriter {
  constructor(
    private readonly client: pg.Client,
    private readonly portal: { id: string; slug: string },
    /** When they came: long before the demo's present. */
    private readonly since: string,
  ) {}

  /** Staff of all organisations of the portal, one of each role. */
  async staff(organizations: readonly WrittenOrganization[]): Promise<SignIn[]> {
    const made: SignIn[] = [];
    for (const { role, login, name, post } of STAFF) {
      const userId = await this.add({ kind: 'STAFF', login, name, role });
      for (const { id } of organizations)
        await this.client.query(
          'insert into membership (organization_id, user_id, role, post, created_at) values ($1, $2, $3, $4, $5)',
          [id, userId, role, post, this.since],
        );
      made.push(this.signIn(role.toLowerCase(), login));
    }
    return made;
  }

  /** A resident or a firm, and the accounts that are linked. */
  async resident(
    login: string,
    kind: 'RESIDENT' | 'LEGAL',
    organization: WrittenOrganization,
    accounts: readonly WrittenAccount[],
  ): Promise<SignIn> {
    const [first] = accounts;
    const userId = await this.add({ kind, login, name: first?.surname ?? '', role: kind });
    for (const account of accounts)
      await this.client.query(
        'insert into account_link (organization_id, user_id, account_id, relation, proof, created_at) values ($1, $2, $3, $4, $5, $6)',
        [
          organization.id,
          userId,
          account.id,
          kind === 'LEGAL' ? 'REPRESENTATIVE' : 'HOLDER',
          'NUMBER_SURNAME_FLAT',
          this.since,
        ],
      );
    return {
      ...this.signIn(kind === 'LEGAL' ? 'legal entity' : 'resident', login),
      ...(first ? { account: first.number } : {}),
    };
  }

  private async add({ kind, login, name }: Person): Promise<string> {
    const passwordHash = await hash(passwordOf(login));
    const { rows } = await this.client.query<{ id: string }>(
      `insert into portal_user (portal_id, kind, login, email, name, password_hash, state, created_at)
       values ($1, $2, $3, $4, $5, $6, 'ACTIVE', $7) returning id`,
      [this.portal.id, kind, login, `${login}@${this.portal.slug}.example`, name, passwordHash, this.since],
    );
    return rows[0]?.id ?? '';
  }

  private signIn(role: string, login: string): SignIn {
    return { role, portal: this.portal.slug, login, password: passwordOf(login) };
  }
}
