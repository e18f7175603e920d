// The payer's way: card form → code → back to the shop.
import { html, redirect } from '../http.mjs';
import { CARDS, DECLINING_CVC, SECURE_CODE, isPan } from './behaviours.mjs';
import { STATUS, decline, isWaiting } from './orders.mjs';
import { cardPage, endPage, securePage } from './pages.mjs';

const CODES_TRIED = 3;

/** @typedef {import('./orders.mjs').Order} Order @typedef {import('./desk.mjs').Card} Card @typedef {import('../http.mjs').Answer} Answer */

export class Payer {
  /** @param {import('./desk.mjs').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Map<string, Card>} cards that wait for a code; a whole number is never written down */
    this.waiting = new Map();
  }

  /** @param {URLSearchParams} query @returns {Answer} */
  form(query) {
    const order = this.desk.find({ orderId: query.get('mdOrder') });
    return this.#closed(order) ?? html(cardPage(this.#sure(order)));
  }

  /** @param {URLSearchParams} form @returns {Promise<Answer & { after?: () => void }>} */
  async pay(form) {
    const found = this.desk.find({ orderId: form.get('mdOrder') });
    const closed = this.#closed(found);
    if (closed) return closed;
    const order = this.#sure(found);
    if (form.get('action') === 'cancel') return redirect(back(order.failUrl, order));
    const values = {
      pan: form.get('pan') ?? '',
      expiry: form.get('expiry') ?? '',
      holder: form.get('holder') ?? '',
      cvc: '',
    };
    const { card, cvc, errors } = readCard(form, await this.desk.now());
    if (Object.keys(errors).length) return html(cardPage(order, { values, errors }), 422);
    if (cvc === DECLINING_CVC) order.behaviour = 'decline';
    if (CARDS.find(({ pan }) => pan === card.pan)?.secure) return this.#askCode(order, card);
    return this.#finish(order, card);
  }

  /** @param {URLSearchParams} form @returns {Promise<Answer & { after?: () => void }>} */
  async confirm(form) {
    const found = this.desk.find({ orderId: form.get('mdOrder') });
    const closed = this.#closed(found);
    if (closed) return closed;
    const order = this.#sure(found);
    const card = this.waiting.get(order.orderId);
    if (!card) return html(cardPage(order));
    if (form.get('code')?.trim() === SECURE_CODE) return this.#finish(order, card);
    order.secureAttempts++;
    this.desk.save();
    if (order.secureAttempts < CODES_TRIED)
      return html(
        securePage(order, `Код неверен. Осталось попыток: ${CODES_TRIED - order.secureAttempts}`),
        422,
      );
    this.waiting.delete(order.orderId);
    decline(order, -2007, 'Код подтверждения введён неверно три раза');
    this.desk.tell(order, { operation: 'deposited', amount: order.amount, status: 0 });
    return redirect(back(order.failUrl, order));
  }

  /** @param {Order} order @param {Card} card @returns {Answer} */
  #askCode(order, card) {
    order.status = STATUS.SECURE;
    order.card = { ...card, pan: `${card.pan.slice(0, 6)}**${card.pan.slice(-4)}` };
    this.waiting.set(order.orderId, card);
    this.desk.save();
    return html(securePage(order));
  }

  /** @param {Order} order @param {Card} card @returns {Promise<Answer & { after?: () => void }>} */
  async #finish(order, card) {
    this.waiting.delete(order.orderId);
    const { paid, after } = await this.desk.settle(order, card);
    return { ...redirect(back(paid ? order.returnUrl : order.failUrl, order)), after };
  }

  /** @param {Order | undefined} order @returns {Answer | undefined} the page that says why nothing can be paid */
  #closed(order) {
    if (!order) return html(endPage('Такого заказа нет.'), 404);
    if (isWaiting(order)) return undefined;
    return html(
      endPage(
        order.status === STATUS.DECLINED ? 'Заказ отклонён или его срок истёк.' : 'Заказ уже оплачен.',
        order,
      ),
      409,
    );
  }

  /** @param {Order | undefined} order @returns {Order} */
  #sure(order) {
    if (!order) throw new Error('The order was not looked for');
    return order;
  }
}

/** The bank adds its own number of the order to the shop's address. @param {string} url @param {Order} order */
function back(url, order) {
  const address = new URL(url);
  address.searchParams.set('orderId', order.orderId);
  address.searchParams.set('lang', 'ru');
  return address.toString();
}

/**
 * @param {URLSearchParams} form
 * @param {number} now
 * @returns {{ card: Card, cvc: string, errors: Record<string, string> }}
 */
function readCard(form, now) {
  /** @type {Record<string, string>} */
  const errors = {};
  const pan = (form.get('pan') ?? '').replace(/[\s-]/g, '');
  const cvc = (form.get('cvc') ?? '').trim();
  const [, month = '', year = ''] = /^\s*(\d{2})\s*\/?\s*(\d{2})\s*$/.exec(form.get('expiry') ?? '') ?? [];
  if (!isPan(pan)) errors.pan = 'Номер карты неверен.';
  if (!month || Number(month) < 1 || Number(month) > 12)
    errors.expiry = 'Срок действия — месяц и год, например 12/30.';
  else if (Date.UTC(2000 + Number(year), Number(month)) <= now) errors.expiry = 'Срок действия карты истёк.';
  if (!/^\d{3,4}$/.test(cvc)) errors.cvc = 'Код CVC — три цифры.';
  return {
    card: { pan, expiration: `20${year}${month}`, holder: (form.get('holder') ?? '').trim().slice(0, 64) },
    cvc,
    errors,
  };
}
