import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** argon2id with the least cost that OWASP recommends: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords at rest. Typed on whatever keyboard, the same characters are the same password (NFKC). */
@Injectable()
export class Passwords {
  private nobodys: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), COST);
  }

  /** Whether it is the password. Where there is nobody, as much work is done for nothing, so that time tells nothing. */
  async verify(password: string, kept: string | undefined): Promise<boolean> {
    this.nobodys ??= this.hash('nobody has this password');
    const isRight = await verify(kept ?? (await this.nobodys), password.normalize('NFKC'));
    return isRight && kept !== undefined;
  }
}
