import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  Clock,
  Forbidden,
  Outbox,
  Refusal,
  type RefusalDetail,
  type Tx,
  audit,
  inTransaction,
} from '@kvartal/platform';
import { EMAIL_TAKEN, USER_REGISTERED } from '../auth.events';
import { Passwords } from '../passwords';
import type { PortalRules } from '../portals/portal.rules';
import { hashOf } from '../tokens';
import type { Visitor } from '../viewers/arrival';
import { Confirmations } from './confirmations';
import { EntryGuard } from './entry-guard';
import { emailRefusals, loginRefusals, passwordRefusals } from './entry.rules';
import type { RegisterInput, RegistrationConfirmed, RegistrationStarted } from './entry.types';
import {
  type NewPerson,
  activate,
  addPending,
  clearTheWay,
  dropExpired,
  keepConsent,
  ownersOf,
} from './registration.queries';

const LINK_LIVES_MS = 48 * 3_600_000;

/** How somebody becomes a user of a portal: a form, a letter, a link. */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly passwords: Passwords,
    private readonly confirmations: Confirmations,
    private readonly guard: EntryGuard,
  ) {}

  /**
   * Begins a registration. Refuses every field that is wrong at once; then TOO_MANY_ATTEMPTS, CAPTCHA_WRONG and
   * REG_LOGIN_TAKEN. A taken address gets the ordinary answer, and its owner a letter.
   */
  async register(visitor: Visitor, input: RegisterInput): Promise<RegistrationStarted> {
    if (visitor.app !== 'cabinet') throw new Forbidden();
    const { rules, id: portalId } = visitor.portal;
    const login = input.login.trim();
    const email = input.email.trim();
    const refusals = formRefusals({ ...input, login, email }, rules);
    if (refusals.length) throw new Refusal(refusals);
    await this.guard.admitRegistration(visitor, input.captcha);
    const passwordHash = await this.passwords.hash(input.password);
    const now = await this.clock.now();
    const expiresAt = new Date(now.getTime() + LINK_LIVES_MS);
    await inTransaction(this.db, (tx) =>
      this.begin(tx, visitor, { portalId, login, email, passwordHash, now, expiresAt }),
    );
    return { email, expiresAt };
  }

  /** Confirms by the link of the letter, once. REG_LINK_EXPIRED otherwise; an expired registration is gone with it. */
  async confirm(visitor: Visitor, token: string): Promise<RegistrationConfirmed> {
    await this.guard.admitLink(visitor);
    const login = await inTransaction(this.db, async (tx) => {
      const userId = await this.confirmations.use(tx, token, 'REGISTRATION');
      const at = await this.clock.now();
      if (userId === undefined) await dropExpired(tx, hashOf(token), at);
      else
        await audit(tx, visitor.viewer, { at, action: 'auth.confirm', objectKind: 'user', objectId: userId });
      return userId === undefined ? undefined : activate(tx, userId);
    });
    if (login === undefined) throw new Refusal('REG_LINK_EXPIRED');
    return { login };
  }

  /** Has the letter sent again, where a registration waits for it. Tells nobody whether there is one. */
  async resend(visitor: Visitor, login: string): Promise<void> {
    await this.guard.admitResend(visitor, login);
    await inTransaction(this.db, async (tx) => {
      const at = { portalId: visitor.portal.id, login: login.trim(), email: login.trim() };
      const now = await this.clock.now();
      const [owner] = await ownersOf(tx, { ...at, now, passwordHash: '', expiresAt: now });
      if (owner?.state === 'PENDING')
        await this.outbox.add(tx, { fact: USER_REGISTERED, payload: { userId: owner.id } });
    });
  }

  private async begin(tx: Tx, { viewer }: Visitor, person: NewPerson): Promise<void> {
    await clearTheWay(tx, person);
    const userId = await addPending(tx, person);
    if (userId === undefined) return this.tellTheOwner(tx, person);
    await keepConsent(tx, userId, 'AGREEMENT', { viewer, now: person.now });
    await keepConsent(tx, userId, 'PD_PROCESSING', { viewer, now: person.now });
    await audit(tx, viewer, {
      at: person.now,
      action: 'auth.register',
      objectKind: 'user',
      objectId: userId,
    });
    await this.outbox.add(tx, { fact: USER_REGISTERED, payload: { userId } });
  }

  private async tellTheOwner(tx: Tx, person: NewPerson): Promise<void> {
    const owners = await ownersOf(tx, person);
    if (owners.some(({ hasLogin }) => hasLogin)) throw new Refusal('REG_LOGIN_TAKEN', { path: ['login'] });
    const owner = owners.find(({ state }) => state === 'ACTIVE');
    if (owner) await this.outbox.add(tx, { fact: EMAIL_TAKEN, payload: { userId: owner.id } });
  }
}

function formRefusals(input: RegisterInput, rules: PortalRules): RefusalDetail[] {
  const ticks: RefusalDetail[] = [];
  if (rules.captchaOnRegistration && !input.captcha?.text.trim())
    ticks.push({ code: 'CAPTCHA_WRONG', path: ['captcha'] });
  if (!input.agreement) ticks.push({ code: 'AGREEMENT_REQUIRED', path: ['agreement'] });
  if (!input.consent) ticks.push({ code: 'CONSENT_REQUIRED', path: ['consent'] });
  return [
    ...loginRefusals(input.login, rules),
    ...emailRefusals(input.email),
    ...passwordRefusals(input, rules),
    ...ticks,
  ];
}
