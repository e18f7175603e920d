// The emulators' time: the machine's, moved by the same offset as the product's own clock in development.
import { Redis } from 'ioredis';

const REFRESH_MS = 200;

/**
 * @param {NodeJS.ProcessEnv} env REDIS_URL, REDIS_PREFIX, DEV_CLOCK
 * @returns {() => Promise<number>} milliseconds since 1970
 */
export function clockOf(env) {
  if (!env.REDIS_URL || env.DEV_CLOCK !== '1') return async () => Date.now();
  const redis = new Redis(env.REDIS_URL, {
    keyPrefix: `${env.REDIS_PREFIX ?? 'kvartal'}:`,
    maxRetriesPerRequest: 1,
  });
  redis.on('error', () => undefined); // without Redis the machine's own time serves
  let offset = 0;
  let readAt = -REFRESH_MS;
  return async () => {
    if (performance.now() - readAt > REFRESH_MS) {
      offset = Number((await redis.get('clock-offset-ms').catch(() => null)) ?? offset);
      readAt = performance.now();
    }
    return Date.now() + offset;
  };
}
