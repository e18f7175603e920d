import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, Refusal, type Resident, type Staff, audit, inTransaction } from '@kvartal/platform';
import type { KnownPerson } from '../people/people.service';
import { SessionsService } from '../sessions/sessions.service';
import type { Visitor } from '../viewers/arrival';
import { authenticate } from '../viewers/authenticate';
import type { SignInAttempt } from '../viewers/password.strategy';
import { EntryGuard } from './entry-guard';
import type { SignInInput } from './entry.types';

/** Coming in and going out. */
@Injectable()
export class SignInService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly sessions: SessionsService,
    private readonly guard: EntryGuard,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a session and returns its token. Refuses AUTH_LOCKED, CAPTCHA_WRONG, AUTH_NOT_CONFIRMED (told only to whoever
   * has the password) and AUTH_BAD_CREDENTIALS, which does not say what is wrong.
   */
  async signIn(visitor: Visitor, input: SignInInput): Promise<{ token: string; userId: string }> {
    await this.guard.admitSignIn(visitor, input.login, input.captcha);
    const attempt: SignInAttempt = { body: { login: input.login.trim(), password: input.password }, visitor };
    const person = await authenticate<KnownPerson>('kvartal-password', attempt);
    if (!person) return this.refuse(visitor);
    await this.guard.welcome(visitor, input.login);
    if (person.state === 'PENDING') throw new Refusal('AUTH_NOT_CONFIRMED');
    const token = await this.begin(visitor, person, input.remember);
    return token === undefined ? this.refuse(visitor, person.id) : { token, userId: person.id };
  }

  async signOut(viewer: Resident | Staff): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      await this.sessions.end(tx, viewer.userId, viewer.sessionId);
      const at = await this.clock.now();
      await audit(tx, viewer, {
        at,
        action: 'auth.sign-out',
        objectKind: 'session',
        objectId: viewer.sessionId,
      });
    });
  }

  /** Ends every session of the person, this one too. */
  async signOutEverywhere(viewer: Resident | Staff): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      await this.sessions.end(tx, viewer.userId);
      await audit(tx, viewer, {
        at: await this.clock.now(),
        action: 'auth.sign-out-everywhere',
        objectKind: 'user',
        objectId: viewer.userId,
      });
    });
  }

  private begin(
    { app, viewer }: Visitor,
    person: KnownPerson,
    remembered: boolean,
  ): Promise<string | undefined> {
    const { id: userId, passwordHash } = person;
    const { ip, userAgent } = viewer;
    return inTransaction(this.db, async (tx) => {
      const token = await this.sessions.begin(tx, { userId, passwordHash, app, remembered, ip, userAgent });
      if (token === undefined) return undefined;
      // the cookie is overwritten: what it opened before must not live on unseen
      if (viewer.kind === 'resident' || viewer.kind === 'staff')
        await this.sessions.end(tx, viewer.userId, viewer.sessionId);
      await audit(tx, viewer, {
        at: await this.clock.now(),
        action: 'auth.sign-in',
        objectKind: 'user',
        objectId: userId,
        details: { app, remembered },
      });
      return token;
    });
  }

  private async refuse({ app, portal, viewer }: Visitor, userId?: string): Promise<never> {
    const details = { app, portal: portal.id };
    const whose = userId === undefined ? {} : { objectKind: 'user', objectId: userId };
    const at = await this.clock.now();
    await audit(this.db.manager, viewer, { at, action: 'auth.sign-in.fail', ...whose, details });
    throw new Refusal('AUTH_BAD_CREDENTIALS');
  }
}
