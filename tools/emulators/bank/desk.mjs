// The bank itself: its orders, and how each ends by the behaviour that was asked for.
import { CARDS } from './behaviours.mjs';
import { STATUS, approve, decline, expire, isWaiting, newOrder } from './orders.mjs';

/**
 * @typedef {import('./orders.mjs').Order} Order
 * @typedef {import('./orders.mjs').Message} Message
 * @typedef {import('./behaviours.mjs').Behaviour} Behaviour
 * @typedef {{ behaviour: Behaviour, orderNumber?: string, amount?: number, once?: boolean }} Rule for orders to come
 * @typedef {{ orders: Order[], standard: Behaviour, rules: Rule[] }} State
 * @typedef {{ pan: string, expiration: string, holder: string }} Card
 */

export class Desk {
  /** @param {{ state: State, save: () => void, now: () => Promise<number>, notices: import('./notices.mjs').Notices }} parts */
  constructor({ state, save, now, notices }) {
    this.state = state;
    this.save = save;
    this.now = now;
    this.notices = notices;
    /** @type {Set<Promise<unknown>>} deliveries at work */
    this.atWork = new Set();
  }

  /** @param {{ orderId?: string | null, orderNumber?: string | null }} key @returns {Order | undefined} */
  find({ orderId, orderNumber }) {
    return this.state.orders.find((order) =>
      orderId ? order.orderId === orderId : order.orderNumber === orderNumber,
    );
  }

  /** @param {Omit<Parameters<typeof newOrder>[0], 'behaviour'>} asked @returns {Order} */
  register(asked) {
    const rule = this.state.rules.find(
      (one) =>
        (one.orderNumber ?? asked.orderNumber) === asked.orderNumber &&
        (one.amount ?? asked.amount) === asked.amount,
    );
    if (rule?.once) this.state.rules.splice(this.state.rules.indexOf(rule), 1);
    const order = newOrder({ ...asked, behaviour: rule?.behaviour ?? null });
    this.state.orders.push(order);
    this.save();
    return order;
  }

  /** What was asked for this order, else what its card stands for, else the standard. @param {Order} order @param {string} [pan] @returns {Behaviour} */
  behaviourOf(order, pan) {
    const card = CARDS.find((one) => one.pan === pan)?.behaviour;
    return order.behaviour ?? (card && card !== 'ok' ? card : this.state.standard);
  }

  /**
   * The payer has given the card and, where asked, the code.
   * @param {Order} order
   * @param {Card} card
   * @returns {Promise<{ paid: boolean, after: () => void }>} `after` is called once the browser has its answer
   */
  async settle(order, card) {
    const behaviour = this.behaviourOf(order, card.pan);
    order.behaviour = behaviour;
    order.card = { ...card, pan: `${card.pan.slice(0, 6)}**${card.pan.slice(-4)}` };
    const messages = await this.#decide(order, behaviour);
    this.save();
    if (behaviour === 'callback-before-return' || behaviour === 'callback-before-response')
      await this.notices.deliverInTurn(order, messages);
    const after = () => {
      if (behaviour === 'callback-x10')
        for (const message of messages) this.#send(this.notices.deliver(order, message));
      else
        this.#send(
          this.notices.deliverInTurn(
            order,
            messages.filter((message) => !message.held && !message.delivered),
          ),
        );
    };
    return { paid: order.status !== STATUS.DECLINED || behaviour === 'forged-payment', after };
  }

  /** @param {Order} order @param {Behaviour} behaviour @returns {Promise<Message[]>} what the shop is told, in order */
  async #decide(order, behaviour) {
    const at = await this.now();
    const operation = order.twoStage ? 'approved' : 'deposited';
    const add = (
      /** @type {Omit<Parameters<import('./notices.mjs').Notices['add']>[1], 'operation'> & { operation?: string }} */ more = {},
    ) => this.notices.add(order, { operation, ...more });
    switch (behaviour) {
      case 'decline':
        decline(order, 116, 'Недостаточно средств на карте');
        return [add({ status: 0 })];
      case 'timeout':
      case 'late-success':
        expire(order);
        order.lateSuccess = behaviour === 'late-success';
        return [add({ operation: 'declinedByTimeout', status: 0 })];
      case 'forged-payment':
        decline(order, 116, 'Недостаточно средств на карте');
        return [add({ forged: true })];
      default:
        approve(order, {
          at,
          amount: behaviour === 'amount-changed' ? Math.max(1, order.amount - 100) : order.amount,
        });
        return this.#noticesOfSuccess(behaviour, add);
    }
  }

  /**
   * @param {Behaviour} behaviour
   * @param {(more?: { operation?: string, forged?: boolean, held?: boolean }) => Message} add
   * @returns {Message[]}
   */
  #noticesOfSuccess(behaviour, add) {
    if (behaviour === 'no-callback') return [];
    if (behaviour === 'callback-x10') return Array.from({ length: 10 }, () => add());
    if (behaviour === 'out-of-order')
      return [add({ operation: 'deposited' }), add({ operation: 'approved' })];
    return [add({ forged: behaviour === 'forged-checksum', held: behaviour === 'callback-late' })];
  }

  /**
   * An operation of the shop's own (refund, reversal, deposit) and the end of an order's time are told in the same way.
   * @param {Order} order
   * @param {{ operation: string, amount: number, status?: 0 | 1 }} what
   */
  tell(order, what) {
    const behaviour = order.behaviour ?? this.state.standard;
    if (behaviour === 'no-callback') return;
    const held = behaviour === 'callback-late';
    const times = behaviour === 'callback-x10' ? 10 : 1;
    for (let i = 0; i < times; i++) {
      const message = this.notices.add(order, { ...what, held, forged: behaviour === 'forged-checksum' });
      if (!held) this.#send(this.notices.deliver(order, message));
    }
  }

  /**
   * Lets go what was held: late notifications, and the money of a late success.
   * @param {Order[]} orders
   * @returns {Promise<number>} how many notifications went out
   */
  async release(orders) {
    let sent = 0;
    for (const order of orders) {
      if (order.lateSuccess) {
        order.lateSuccess = false;
        approve(order, { at: await this.now() });
        this.notices.add(order, { operation: order.twoStage ? 'approved' : 'deposited', held: true });
      }
      const held = order.callbacks.filter((message) => message.held);
      for (const message of held) message.held = false;
      await this.notices.deliverInTurn(order, held);
      sent += held.length;
    }
    this.save();
    return sent;
  }

  /** Ends the orders whose time has run out. */
  async expireDue() {
    const now = await this.now();
    for (const order of this.state.orders.filter((one) => isWaiting(one) && one.expiresAt <= now)) {
      expire(order);
      this.tell(order, { operation: 'declinedByTimeout', amount: order.amount, status: 0 });
      this.save();
    }
  }

  /** Sends again, after a restart, what the shop has not taken yet. */
  resume() {
    for (const order of this.state.orders)
      this.#send(
        this.notices.deliverInTurn(
          order,
          order.callbacks.filter((message) => !message.held && !message.delivered),
        ),
      );
  }

  /** @param {Promise<unknown>} delivery */
  #send(delivery) {
    this.atWork.add(delivery);
    void delivery.finally(() => this.atWork.delete(delivery));
  }
}
