/** The two ends of a digest, enough to compare by eye: `7c1f…9ae2`. */
export const shortDigest = (digest: string): string =>
  digest.length > 12 ? `${digest.slice(0, 4)}…${digest.slice(-4)}` : digest;
