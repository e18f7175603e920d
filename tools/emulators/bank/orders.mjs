// An order at the bank and what may happen to it. Amounts in kopeks, instants in milliseconds.
import { randomInt, randomUUID } from 'node:crypto';

/** Codes of `orderStatus`. */
export const STATUS = {
  REGISTERED: 0,
  HELD: 1,
  DEPOSITED: 2,
  CANCELLED: 3,
  REFUNDED: 4,
  SECURE: 5,
  DECLINED: 6,
};

/**
 * @typedef {object} Message a notification to the shop
 * @property {string} operation
 * @property {0 | 1} status
 * @property {number} amount
 * @property {boolean} forged
 * @property {boolean} held
 * @property {boolean} delivered
 * @property {{ at: number, answer: string }[]} attempts
 *
 * @typedef {object} Order
 * @property {string} orderId
 * @property {string} orderNumber
 * @property {number} amount
 * @property {string} currency
 * @property {string} description
 * @property {string} returnUrl
 * @property {string} failUrl
 * @property {string} callbackUrl
 * @property {boolean} twoStage
 * @property {number} createdAt
 * @property {number} expiresAt
 * @property {number} status
 * @property {number} actionCode
 * @property {string} actionText
 * @property {number} approved
 * @property {number} deposited
 * @property {number} refunded
 * @property {{ pan: string, expiration: string, holder: string } | null} card the number is masked
 * @property {number | null} authorisedAt
 * @property {string} approvalCode
 * @property {string} reference
 * @property {import('./behaviours.mjs').Behaviour | null} behaviour
 * @property {number} secureAttempts
 * @property {boolean} lateSuccess whether POST /emulator/release still brings the money
 * @property {Record<string, number>} refunds by the shop's own number of each
 * @property {Message[]} callbacks
 */

/**
 * @param {Pick<Order, 'orderNumber' | 'amount' | 'currency' | 'description' | 'returnUrl' | 'failUrl' | 'callbackUrl' | 'twoStage' | 'createdAt' | 'expiresAt' | 'behaviour'>} asked
 * @returns {Order}
 */
export const newOrder = (asked) => ({
  ...asked,
  orderId: randomUUID(),
  status: STATUS.REGISTERED,
  actionCode: -100,
  actionText: 'Не было попыток оплаты',
  approved: 0,
  deposited: 0,
  refunded: 0,
  card: null,
  authorisedAt: null,
  approvalCode: '',
  reference: '',
  secureAttempts: 0,
  lateSuccess: false,
  refunds: {},
  callbacks: [],
});

/** @param {Order} order */
export const isWaiting = (order) => order.status === STATUS.REGISTERED || order.status === STATUS.SECURE;

/**
 * The bank says yes: the money is held, and taken at once where the order has one stage.
 * @param {Order} order
 * @param {{ at: number, amount?: number }} how
 */
export function approve(order, { at, amount = order.amount }) {
  order.approved = amount;
  order.authorisedAt = at;
  order.approvalCode = String(randomInt(100000, 999999));
  order.reference = String(randomInt(10 ** 11, 10 ** 12));
  order.actionCode = 0;
  order.actionText = 'Запрос успешно обработан';
  order.status = order.twoStage ? STATUS.HELD : STATUS.DEPOSITED;
  if (!order.twoStage) order.deposited = amount;
}

/** @param {Order} order @param {number} code @param {string} text */
export function decline(order, code, text) {
  order.status = STATUS.DECLINED;
  order.actionCode = code;
  order.actionText = text;
}

/** @param {Order} order */
export const expire = (order) => decline(order, -2007, 'Истёк срок ожидания ввода данных карты');

/** @param {Order} order @returns {string} as `paymentAmountInfo.paymentState` names it */
export function paymentState({ status, deposited, refunded }) {
  if (status === STATUS.HELD) return 'APPROVED';
  if (status === STATUS.CANCELLED) return 'REVERSED';
  if (status === STATUS.DECLINED) return 'DECLINED';
  if (refunded > 0) return 'REFUNDED';
  return deposited > 0 ? 'DEPOSITED' : 'CREATED';
}
