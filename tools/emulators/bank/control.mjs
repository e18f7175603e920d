// The tests' side: JSON over HTTP that makes the bank behave, and tells what it has done.
import { BadRequest, json } from '../http.mjs';
import { BEHAVIOURS, CARDS, isBehaviour } from './behaviours.mjs';
import { isWaiting } from './orders.mjs';

/** @typedef {import('./orders.mjs').Order} Order @typedef {import('./desk.mjs').Desk} Desk */

/**
 * @param {Desk} desk
 * @param {import('../http.mjs').Asked} asked
 * @returns {Promise<import('../http.mjs').Answer | undefined>}
 */
export async function control(desk, asked) {
  const [, , name = '', key = ''] = asked.path.split('/');
  if (asked.method === 'GET' && name === 'orders') return readOrders(desk, decodeURIComponent(key));
  if (asked.method === 'GET' && name === 'behaviours') return json({ behaviours: BEHAVIOURS, cards: CARDS });
  if (asked.method !== 'POST') return undefined;
  const body = asked.json();
  if (name === 'behaviour') return json(chooseBehaviour(desk, body));
  if (name === 'release')
    return json({
      sent: await desk.release(body.orderId || body.orderNumber ? [orderOf(desk, body)] : desk.state.orders),
    });
  if (name === 'pay') return pay(desk, body);
  if (name === 'reset') return reset(desk);
  return undefined;
}

/** @param {Desk} desk @param {string} key */
function readOrders(desk, key) {
  if (!key) return json([...desk.state.orders].reverse());
  const order = desk.find({ orderId: key }) ?? desk.find({ orderNumber: key });
  return order ? json(order) : undefined;
}

/**
 * `{behaviour}` for all that follow; with `orderId` or `orderNumber` of a known order for it alone; with
 * `orderNumber` or `amount` of one to come, and `once`, for that.
 * @param {Desk} desk
 * @param {Record<string, unknown>} body
 */
function chooseBehaviour(desk, body) {
  const { behaviour, orderId, orderNumber, amount, once } = body;
  if (!isBehaviour(behaviour))
    throw new BadRequest(`behaviour is one of ${Object.keys(BEHAVIOURS).join(', ')}`);
  const order =
    orderId || orderNumber
      ? desk.find({ orderId: text(orderId), orderNumber: text(orderNumber) })
      : undefined;
  if (order) order.behaviour = behaviour;
  else if (orderId) throw new BadRequest('there is no such order');
  else if (orderNumber || amount !== undefined || once)
    desk.state.rules.push({
      behaviour,
      ...(orderNumber ? { orderNumber: String(orderNumber) } : {}),
      ...(amount === undefined ? {} : { amount: Number(amount) }),
      once: once !== false,
    });
  else desk.state.standard = behaviour;
  desk.save();
  return { behaviour, standard: desk.state.standard, rules: desk.state.rules };
}

/** Pays without a browser. @param {Desk} desk @param {Record<string, unknown>} body */
async function pay(desk, body) {
  const order = orderOf(desk, body);
  if (!isWaiting(order)) throw new BadRequest('the order does not wait for money');
  const { paid, after } = await desk.settle(order, {
    pan: String(body.pan ?? '5555555555554444'),
    expiration: '203012',
    holder: 'TEST',
  });
  return { ...json({ paid, returnUrl: paid ? order.returnUrl : order.failUrl }), after };
}

/** @param {Desk} desk */
function reset(desk) {
  Object.assign(desk.state, { orders: [], rules: [], standard: 'ok' });
  desk.save();
  return json({ done: true });
}

/** @param {Desk} desk @param {Record<string, unknown>} key @returns {Order} */
function orderOf(desk, key) {
  const order = desk.find({ orderId: text(key.orderId), orderNumber: text(key.orderNumber) });
  if (!order) throw new BadRequest('there is no such order');
  return order;
}

/** @param {unknown} value */
const text = (value) => (value === undefined || value === null ? null : String(value));
