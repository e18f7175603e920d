import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Outbox, Refusal, type Tx, audit, inTransaction, rows } from '@kvartal/platform';
import { PASSWORD_CHANGED, RECOVERY_REQUESTED } from '../auth.events';
import { Passwords } from '../passwords';
import { PeopleService } from '../people/people.service';
import { SessionsService } from '../sessions/sessions.service';
import type { Visitor } from '../viewers/arrival';
import { Confirmations } from './confirmations';
import { passwordRefusals } from './entry.rules';
import type { RecoveryArgs, ResetPasswordInput } from './entry.types';

/** A new password for whoever can read the person's letters. `EntryGuard` has let the visitor in before. */
@Injectable()
export class RecoveryService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly passwords: Passwords,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
    private readonly confirmations: Confirmations,
  ) {}

  /** Has a letter with a link sent, where there is such a person. Says the same where there is none. */
  async request({ portal, app, viewer }: Visitor, { loginOrEmail }: RecoveryArgs): Promise<void> {
    const person = await this.people.findByLogin({ portalId: portal.id, app }, loginOrEmail);
    await inTransaction(this.db, async (tx) => {
      const whose = person ? { objectKind: 'user', objectId: person.id } : {};
      await audit(tx, viewer, {
        at: await this.confirmations.now(),
        action: 'auth.recovery.request',
        ...whose,
        details: { app, portal: portal.id },
      });
      if (person?.state === 'ACTIVE')
        await this.outbox.add(tx, { fact: RECOVERY_REQUESTED, payload: { userId: person.id } });
    });
  }

  /** Sets a new password by the link, once, and ends every session. Refuses the fields' codes and RECOVERY_LINK_EXPIRED. */
  async reset({ portal, viewer }: Visitor, input: ResetPasswordInput): Promise<void> {
    const refusals = passwordRefusals(input, portal.rules);
    if (refusals.length) throw new Refusal(refusals);
    const passwordHash = await this.passwords.hash(input.password);
    await inTransaction(this.db, async (tx) => {
      const userId = await this.confirmations.use(tx, input.token, 'RECOVERY');
      if (userId === undefined) throw new Refusal('RECOVERY_LINK_EXPIRED');
      await this.replace(tx, { userId, portalId: portal.id }, passwordHash);
      await audit(tx, viewer, {
        at: await this.confirmations.now(),
        action: 'auth.password.change',
        objectKind: 'user',
        objectId: userId,
        details: { by: 'link' },
      });
      await this.outbox.add(tx, { fact: PASSWORD_CHANGED, payload: { userId } });
    });
  }

  /** By the rules of the portal that the person belongs to: a link of another portal is none. */
  private async replace(
    tx: Tx,
    { userId, portalId }: { userId: string; portalId: string },
    passwordHash: string,
  ): Promise<void> {
    const changed = await rows(
      tx,
      `with changed as (
         update portal_user set password_hash = $2 where id = $1 and portal_id = $3 and state = 'ACTIVE' returning id)
       select id from changed`,
      [userId, passwordHash, portalId],
    );
    if (!changed.length) throw new Refusal('RECOVERY_LINK_EXPIRED');
    await rows(
      tx,
      `delete from confirmation where user_id = $1 and purpose = 'RECOVERY' and used_at is null`,
      [userId],
    );
    await this.sessions.end(tx, userId);
  }
}
