import { createHash, randomBytes } from 'node:crypto';

export interface Token {
  /** What is given out, once. */
  text: string;
  /** What is kept. */
  hash: Buffer;
}

/** SHA-256 of a secret that is random itself: nothing slower is needed. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A new random secret of so many bits. */
export function newToken(bits: 128 | 256): Token {
  const text = randomBytes(bits / 8).toString('base64url');
  return { text, hash: hashOf(text) };
}
