import type { RefusalDetail } from '@kvartal/platform';

const LONGEST = 100;
/** No control characters, no halves of a character: PostgreSQL keeps neither. */
const PLAIN = /^[^\p{Cc}\p{Cs}]+$/u;

/** Why a caller's key is none: REQUIRED where it is empty or cannot be kept, TOO_LONG beyond 100 characters. */
export function refusalOfKey(key: string): RefusalDetail | undefined {
  if (!PLAIN.test(key)) return { code: 'REQUIRED' };
  return key.length > LONGEST
    ? { code: 'TOO_LONG', params: { max: LONGEST, length: key.length } }
    : undefined;
}
