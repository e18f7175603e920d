import { createHmac } from 'node:crypto';

const NOT_SIGNED = new Set(['checksum', 'sign_alias']);

/** What the bank signs of a callback: all parameters but the checksum, by name, `name;value;` each. */
export function sberbankStringToSign(params: Readonly<Record<string, string>>): string {
  return Object.keys(params)
    .filter((name) => !NOT_SIGNED.has(name))
    .sort()
    .map((name) => `${name};${params[name] ?? ''};`)
    .join('');
}

/** The checksum of a callback: HMAC-SHA256 with the merchant's key, upper-case hex (specification L.4). */
export function sberbankChecksum(params: Readonly<Record<string, string>>, key: string): string {
  return createHmac('sha256', key).update(sberbankStringToSign(params), 'utf8').digest('hex').toUpperCase();
}
