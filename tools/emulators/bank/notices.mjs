// Notifications to the shop: signed, delivered until HTTP 200, at most six times.
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const ATTEMPTS = 6;
const TIMEOUT_MS = 15_000;

/**
 * HMAC-SHA256 over `name;value;` of every parameter in the order of names, upper-case hex.
 * @param {Record<string, string>} params without `checksum` and `sign_alias`
 * @param {string} key
 */
export function checksumOf(params, key) {
  const signed = Object.keys(params)
    .filter((name) => name !== 'checksum' && name !== 'sign_alias')
    .sort()
    .map((name) => `${name};${params[name]};`)
    .join('');
  return createHmac('sha256', key).update(signed, 'utf8').digest('hex').toUpperCase();
}

/** @typedef {import('./orders.mjs').Order} Order @typedef {import('./orders.mjs').Message} Message */

export class Notices {
  /** @param {{ key: string, url: string, retrySeconds: number, now: () => Promise<number>, save: () => void }} settings */
  constructor(settings) {
    this.settings = settings;
  }

  /**
   * Writes a notification down; nothing is sent yet.
   * @param {Order} order
   * @param {{ operation: string, status?: 0 | 1, amount?: number, forged?: boolean, held?: boolean }} what
   * @returns {Message}
   */
  add(
    order,
    {
      operation,
      status = 1,
      amount = order.deposited || order.approved || order.amount,
      forged = false,
      held = false,
    },
  ) {
    const message = { operation, status, amount, forged, held, delivered: false, attempts: [] };
    order.callbacks.push(message);
    this.settings.save();
    return message;
  }

  /**
   * Delivers one notification, again and again where the shop does not answer 200.
   * @param {Order} order
   * @param {Message} message
   * @returns {Promise<boolean>} whether the shop took it
   */
  async deliver(order, message) {
    const url = this.address(order, message);
    while (url && !message.delivered && message.attempts.length < ATTEMPTS) {
      if (message.attempts.length) await pause(this.settings.retrySeconds * 1000, undefined, { ref: false });
      const answer = await askOnce(url);
      message.attempts.push({ at: await this.settings.now(), answer });
      message.delivered = answer === '200';
      this.settings.save();
    }
    return message.delivered;
  }

  /** Delivers notifications one after another. @param {Order} order @param {Message[]} messages */
  async deliverInTurn(order, messages) {
    for (const message of messages) await this.deliver(order, message);
  }

  /** @param {Order} order @param {Message} message @returns {string} empty where the shop named no address */
  address(order, message) {
    const base = order.callbackUrl || this.settings.url;
    if (!base) return '';
    const params = {
      mdOrder: order.orderId,
      orderNumber: order.orderNumber,
      operation: message.operation,
      status: String(message.status),
      amount: String(message.amount),
    };
    const checksum = checksumOf(params, message.forged ? `not ${this.settings.key}` : this.settings.key);
    const url = new URL(base);
    for (const [name, value] of Object.entries({ ...params, checksum })) url.searchParams.set(name, value);
    return url.toString();
  }
}

/** @param {string} url @returns {Promise<string>} the HTTP code, or what went wrong */
async function askOnce(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.arrayBuffer();
    return String(response.status);
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error ? cause.message : String(error);
  }
}
