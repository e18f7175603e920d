import { Injectable } from '@nestjs/common';
import { Refusal } from '@kvartal/platform';
import type { Visitor } from '../viewers/arrival';
import { Attempts, LIMITS, type Try } from './attempts';
import { Captchas } from './captchas';
import type { CaptchaAnswerInput } from './entry.types';

type Answer = CaptchaAnswerInput | null | undefined;
/** Failures without a picture: of a login, and of an address that may stand for a whole house. */
const FREE_FAILURES = 3;
const FREE_FAILURES_OF_ADDRESS = 20;
const FREE_REGISTRATIONS = 5;
const FREE_RECOVERIES = 3;

const keyOf = ({ portal, app }: Visitor, login: string): string =>
  `${portal.id}:${app}:${login.trim().toLowerCase()}`;

function signInTries(visitor: Visitor, login: string): { address: Try; ofLogin: Try; pair: Try } {
  const { ip } = visitor.viewer;
  const key = keyOf(visitor, login);
  return {
    address: [LIMITS.signInAddress, ip],
    ofLogin: [LIMITS.signInLogin, key],
    pair: [LIMITS.signInPair, `${key}:${ip}`],
  };
}

/** How often one may knock, and from when on a picture has to be read. */
@Injectable()
export class EntryGuard {
  constructor(
    private readonly attempts: Attempts,
    private readonly captchas: Captchas,
  ) {}

  /** Refuses AUTH_LOCKED with `seconds`, or CAPTCHA_WRONG after three failures. A try without the picture is not counted. */
  async admitSignIn(visitor: Visitor, login: string, captcha: Answer): Promise<void> {
    const { address, ofLogin, pair } = signInTries(visitor, login);
    await this.attempts.spend(visitor, [address, ofLogin, pair]).catch(lockedInstead);
    const isSuspect =
      (await this.attempts.isBeyond(visitor, ofLogin, FREE_FAILURES)) ||
      (await this.attempts.isBeyond(visitor, address, FREE_FAILURES_OF_ADDRESS));
    if (!isSuspect) return;
    if (!captcha) await this.attempts.giveBack(visitor, [address, ofLogin, pair]);
    await this.captchas.demand(captcha);
  }

  /** The password was right: earlier failures of the login are forgotten. */
  async welcome(visitor: Visitor, login: string): Promise<void> {
    const { address, ofLogin, pair } = signInTries(visitor, login);
    await this.attempts.giveBack(visitor, [address]);
    await this.attempts.forgive(visitor, [ofLogin, pair]);
  }

  async admitRegistration(visitor: Visitor, captcha: Answer): Promise<void> {
    const byAddress: Try = [LIMITS.registrationAddress, visitor.viewer.ip];
    await this.attempts.spend(visitor, [byAddress]);
    const isSuspect = await this.attempts.isBeyond(visitor, byAddress, FREE_REGISTRATIONS);
    if ((visitor.portal.rules.captchaOnRegistration && !visitor.isBench) || isSuspect)
      await this.captchas.demand(captcha);
  }

  async admitRecovery(visitor: Visitor, login: string, captcha: Answer): Promise<void> {
    const byAddress: Try = [LIMITS.recoveryAddress, visitor.viewer.ip];
    await this.attempts.spend(visitor, [byAddress]);
    if (await this.attempts.isBeyond(visitor, byAddress, FREE_RECOVERIES))
      await this.captchas.demand(captcha);
    await this.attempts.spend(visitor, [[LIMITS.recoveryLogin, keyOf(visitor, login)]]);
  }

  async admitResend(visitor: Visitor, login: string): Promise<void> {
    await this.attempts.spend(visitor, [
      [LIMITS.resendAddress, visitor.viewer.ip],
      [LIMITS.resendLogin, keyOf(visitor, login)],
    ]);
  }

  /** Before a link of a letter is looked at. */
  async admitLink(visitor: Visitor): Promise<void> {
    await this.attempts.spend(visitor, [[LIMITS.linkAddress, visitor.viewer.ip]]);
  }

  /** Before a picture is drawn. */
  async admitPicture(visitor: Visitor): Promise<void> {
    await this.attempts.spend(visitor, [[LIMITS.pictureAddress, visitor.viewer.ip]]);
  }
}

function lockedInstead(failure: unknown): never {
  if (failure instanceof Refusal)
    throw new Refusal('AUTH_LOCKED', { params: failure.refusals[0]?.params ?? {} });
  throw failure;
}
