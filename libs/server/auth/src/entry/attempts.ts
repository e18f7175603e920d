import { Injectable } from '@nestjs/common';
import { type Limit, RateLimits } from '@kvartal/platform';
import type { Visitor } from '../viewers/arrival';

/** How often one may try, by address and by login. A try that turns out right is given back. */
export const LIMITS = {
  signInAddress: { name: 'sign-in-address', points: 100, seconds: 900 },
  /** One login from one address: whoever guesses does not lock the owner out elsewhere. */
  signInPair: { name: 'sign-in-pair', points: 10, seconds: 900 },
  signInLogin: { name: 'sign-in-login', points: 50, seconds: 3600 },
  registrationAddress: { name: 'registration-address', points: 60, seconds: 3600 },
  resendAddress: { name: 'resend-address', points: 20, seconds: 3600 },
  resendLogin: { name: 'resend-login', points: 3, seconds: 3600 },
  recoveryAddress: { name: 'recovery-address', points: 20, seconds: 3600 },
  recoveryLogin: { name: 'recovery-login', points: 3, seconds: 3600 },
  linkAddress: { name: 'mail-link-address', points: 30, seconds: 900 },
  pictureAddress: { name: 'picture-address', points: 120, seconds: 600 },
} as const satisfies Record<string, Limit>;

/** One try, counted under a key: an address, a login. */
export type Try = readonly [limit: Limit, key: string];

/** Tries of a visitor. Those of a benchmark are not counted. */
@Injectable()
export class Attempts {
  constructor(private readonly limits: RateLimits) {}

  /** Counts one of each. Refuses TOO_MANY_ATTEMPTS with `seconds`. */
  async spend({ isBench }: Visitor, tries: readonly Try[]): Promise<void> {
    if (!isBench) await Promise.all(tries.map(([limit, key]) => this.limits.spend(limit, key)));
  }

  async giveBack({ isBench }: Visitor, tries: readonly Try[]): Promise<void> {
    if (!isBench) await Promise.all(tries.map(([limit, key]) => this.limits.giveBack(limit, key)));
  }

  async forgive({ isBench }: Visitor, tries: readonly Try[]): Promise<void> {
    if (!isBench) await Promise.all(tries.map(([limit, key]) => this.limits.forgive(limit, key)));
  }

  /** Whether more than `count` were counted, this one included. */
  async isBeyond({ isBench }: Visitor, [limit, key]: Try, count: number): Promise<boolean> {
    return !isBench && (await this.limits.spent(limit, key)) > count;
  }
}
