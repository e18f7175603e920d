import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  type Limit,
  NotFound,
  Outbox,
  RateLimits,
  Refusal,
  type Resident,
  type Tx,
  audit,
  inTransaction,
  isId,
  requireIds,
  rows,
} from '@kvartal/platform';
import { DataSource } from 'typeorm';
import type { AccountScope } from './account-access';
import { ACCOUNT_LINKED } from './accounts.events';
import type { LinkAccountInput } from './accounts.types';
import { digitsOf, proves } from './link-proof';
import { candidatesFor, lockPerson } from './links.queries';

/** Wrong guesses that one person, or one address, may make: number and surname are weak secrets. */
const LIMITS: readonly Limit[] = ['link-user', 'link-address'].map((name) => ({
  name,
  points: 5,
  seconds: 900,
}));

/** Ties accounts to people who prove that they know what the paper bill says. */
@Injectable()
export class LinksService {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(RateLimits) private readonly limits: RateLimits,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /**
   * Links the account that all three fields name. Refuses LINK_NOT_FOUND, without saying which field is wrong;
   * ALREADY_LINKED; ACCOUNTS_LIMIT with `limit`; TOO_MANY_ATTEMPTS with `seconds` after five wrong guesses.
   */
  async link(viewer: Resident, input: LinkAccountInput): Promise<AccountScope> {
    const keys = [viewer.userId, viewer.ip];
    await Promise.all(LIMITS.map((limit, at) => this.limits.spend(limit, keys[at] ?? '')));
    const linked = await inTransaction(this.db, (tx) => this.linkOne(tx, viewer, input)).catch(
      async (failure: unknown) => {
        if (isRightGuess(failure)) await this.giveBack(keys);
        throw failure;
      },
    );
    await this.giveBack(keys);
    return linked;
  }

  /** Ends the link; the account itself stays. Throws NotFound where there is none. */
  async unlink(viewer: Resident, organizationId: string, accountId: string): Promise<void> {
    requireIds(organizationId, accountId);
    const now = await this.clock.now();
    await inTransaction(this.db, async (tx) => {
      const ended = await rows<{ id: string }>(
        tx,
        `with ended as (
           update account_link set ended_at = $4
           where user_id = $1 and organization_id = $2 and account_id = $3 and ended_at is null returning id)
         select id from ended`,
        [viewer.userId, organizationId, accountId, now],
      );
      if (!ended.length) throw new NotFound();
      await audit(tx, viewer, {
        at: now,
        action: 'account.unlink',
        organizationId,
        objectKind: 'account',
        objectId: accountId,
      });
    });
  }

  private async linkOne(tx: Tx, viewer: Resident, input: LinkAccountInput): Promise<AccountScope> {
    const found = await this.proven(tx, viewer, input);
    if (!found.length) throw new Refusal('LINK_NOT_FOUND');
    const person = await lockPerson(tx, viewer.userId);
    if (!person) throw new NotFound();
    const chosen = found.find((one) => !person.linked.includes(`${one.organizationId}/${one.accountId}`));
    if (!chosen) throw new Refusal('ALREADY_LINKED');
    if (person.linked.length >= person.limit)
      throw new Refusal('ACCOUNTS_LIMIT', { params: { limit: person.limit } });
    await this.write(tx, viewer, chosen);
    return chosen;
  }

  /** The accounts that the three fields prove: more than one where two organisations use one number. */
  private async proven(tx: Tx, viewer: Resident, input: LinkAccountInput): Promise<AccountScope[]> {
    const { organizationId = null } = input;
    const digits = digitsOf(input.number);
    if (!digits || (organizationId !== null && !isId(organizationId))) return [];
    const asked = { portalId: viewer.portalId, organizationId, digits, now: await this.clock.now() };
    return (await candidatesFor(tx, asked))
      .filter((candidate) => proves(input, candidate))
      .map(({ organizationId: owner, accountId }) => ({ organizationId: owner, accountId }));
  }

  private async write(tx: Tx, viewer: Resident, { organizationId, accountId }: AccountScope): Promise<void> {
    const at = await this.clock.now();
    await rows(
      tx,
      `insert into account_link (organization_id, user_id, account_id, proof, created_at)
       values ($1, $2, $3, 'NUMBER_SURNAME_FLAT', $4)`,
      [organizationId, viewer.userId, accountId, at],
    );
    await audit(tx, viewer, {
      at,
      action: 'account.link',
      organizationId,
      objectKind: 'account',
      objectId: accountId,
    });
    await this.outbox.add(tx, {
      fact: ACCOUNT_LINKED,
      organizationId,
      payload: { userId: viewer.userId, organizationId, accountId },
    });
  }

  private async giveBack(keys: readonly string[]): Promise<void> {
    await Promise.all(LIMITS.map((limit, at) => this.limits.giveBack(limit, keys[at] ?? '')));
  }
}

/** The limit of accounts is told only to whoever proved one: that was no wrong guess. */
const isRightGuess = (failure: unknown): boolean =>
  failure instanceof Refusal && failure.refusals.every(({ code }) => code !== 'LINK_NOT_FOUND');
