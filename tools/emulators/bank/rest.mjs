// The shop's side of the protocol: register.do and its kin. Every answer is HTTP 200; errors are codes in it.
import { timingSafeEqual } from 'node:crypto';
import { STATUS, paymentState } from './orders.mjs';

/** Currencies by ISO 4217 number that the bank settles in. */
const CURRENCIES = ['643', '398', '840', '978'];
const STANDARD_TIMEOUT_S = 1200;

/** @typedef {import('./orders.mjs').Order} Order @typedef {Record<string, unknown>} Reply */

/** A refusal of the protocol: its code and the bank's own words. */
class Fault extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {boolean} right @param {string} code @param {string} message */
function must(right, code, message) {
  if (!right) throw new Fault(code, message);
}

const DONE = { errorCode: '0', errorMessage: 'Успешно' };

export class Rest {
  /**
   * @param {import('./desk.mjs').Desk} desk
   * @param {{ user: string, password: string, publicUrl: string }} settings
   */
  constructor(desk, settings) {
    this.desk = desk;
    this.settings = settings;
    /** @type {Record<string, (form: URLSearchParams) => Promise<Reply>>} */
    this.commands = {
      'register.do': (form) => this.#register(form, false),
      'registerPreAuth.do': (form) => this.#register(form, true),
      'getOrderStatusExtended.do': (form) => this.#status(form),
      'deposit.do': (form) => this.#deposit(form),
      'refund.do': (form) => this.#refund(form),
      'reverse.do': (form) => this.#reverse(form),
    };
  }

  /**
   * @param {string} command the last part of the path
   * @param {URLSearchParams} form
   * @returns {Promise<Reply | undefined>} nothing where there is no such command
   */
  async answer(command, form) {
    const work = this.commands[command];
    if (!work) return undefined;
    try {
      const { user, password } = this.settings;
      must(same(form.get('userName'), user) && same(form.get('password'), password), '5', 'Доступ запрещён');
      return await work(form);
    } catch (error) {
      if (error instanceof Fault) return { errorCode: error.code, errorMessage: error.message };
      throw error;
    }
  }

  /** @param {URLSearchParams} form @param {boolean} twoStage @returns {Promise<Reply>} */
  async #register(form, twoStage) {
    const orderNumber = needed(form, 'orderNumber');
    const amount = wholeAmount(needed(form, 'amount'));
    const returnUrl = needed(form, 'returnUrl');
    const currency = form.get('currency') || '643';
    must(CURRENCIES.includes(currency), '3', 'Неизвестная валюта');
    must(orderNumber.length <= 32, '5', 'Неверно указано значение параметра [orderNumber]');
    must(amount > 0, '5', 'Неверная сумма');
    must(isUrl(returnUrl), '5', 'Неверно указано значение параметра [returnUrl]');
    must(!this.desk.find({ orderNumber }), '1', 'Заказ с таким номером уже обработан');
    const seconds = Number(form.get('sessionTimeoutSecs') || STANDARD_TIMEOUT_S);
    must(
      Number.isInteger(seconds) && seconds > 0,
      '5',
      'Неверно указано значение параметра [sessionTimeoutSecs]',
    );
    const createdAt = await this.desk.now();
    const order = this.desk.register({
      ...{
        orderNumber,
        amount,
        currency,
        returnUrl,
        twoStage,
        createdAt,
        expiresAt: createdAt + seconds * 1000,
      },
      failUrl: form.get('failUrl') || returnUrl,
      description: form.get('description') ?? '',
      callbackUrl: form.get('dynamicCallbackUrl') ?? '',
    });
    return { orderId: order.orderId, formUrl: this.formUrl(order) };
  }

  /** @param {Order} order @returns {string} */
  formUrl(order) {
    return `${this.settings.publicUrl}/payment/merchants/kvartal/payment_ru.html?mdOrder=${order.orderId}`;
  }

  /** @param {URLSearchParams} form @returns {Promise<Reply>} */
  async #status(form) {
    const order = this.#orderOf(form);
    must(order.behaviour !== 'status-error' || order.status === STATUS.REGISTERED, '7', 'Системная ошибка');
    return statusOf(order);
  }

  /** @param {URLSearchParams} form @returns {Promise<Reply>} */
  async #deposit(form) {
    const order = this.#orderOf(form);
    must(order.status === STATUS.HELD, '7', 'Платёж находится в неверном состоянии');
    const amount = wholeAmount(form.get('amount') || '0') || order.approved;
    must(amount <= order.approved, '7', 'Сумма списания превышает сумму авторизации');
    order.deposited = amount;
    order.status = STATUS.DEPOSITED;
    this.desk.tell(order, { operation: 'deposited', amount });
    return DONE;
  }

  /** @param {URLSearchParams} form @returns {Promise<Reply>} */
  async #refund(form) {
    const order = this.#orderOf(form);
    const amount = wholeAmount(needed(form, 'amount'));
    const own = form.get('externalRefundId');
    if (own && order.refunds[own] !== undefined) {
      must(order.refunds[own] === amount, '5', 'Возврат с таким номером уже сделан на другую сумму');
      return DONE; // the same refund asked again
    }
    must(
      order.status === STATUS.DEPOSITED || order.status === STATUS.REFUNDED,
      '7',
      'Платёж находится в неверном состоянии',
    );
    must(amount > 0, '5', 'Неверная сумма');
    must(amount <= order.deposited - order.refunded, '7', 'Сумма возврата превышает сумму списания');
    order.refunded += amount;
    order.status = STATUS.REFUNDED;
    if (own) order.refunds[own] = amount;
    this.desk.tell(order, { operation: 'refunded', amount });
    return DONE;
  }

  /** @param {URLSearchParams} form @returns {Promise<Reply>} */
  async #reverse(form) {
    const order = this.#orderOf(form);
    const right = order.status === STATUS.HELD || (order.status === STATUS.DEPOSITED && order.refunded === 0);
    must(right, '7', 'Платёж находится в неверном состоянии');
    order.status = STATUS.CANCELLED;
    this.desk.tell(order, { operation: 'reversed', amount: order.approved });
    return DONE;
  }

  /** @param {URLSearchParams} form @returns {Order} */
  #orderOf(form) {
    const key = { orderId: form.get('orderId'), orderNumber: form.get('orderNumber') };
    must(Boolean(key.orderId || key.orderNumber), '4', 'Не задан параметр [orderId]');
    const order = this.desk.find(key);
    if (!order) throw new Fault('6', 'Заказ не найден');
    return order;
  }
}

/** @param {Order} order @returns {Reply} */
function statusOf(order) {
  const state = paymentState(order);
  const authorised =
    order.authorisedAt === null
      ? {}
      : { authDateTime: order.authorisedAt, terminalId: '777001', authRefNum: order.reference };
  const card = order.card && {
    cardAuthInfo: {
      expiration: order.card.expiration,
      cardholderName: order.card.holder,
      ...(order.approvalCode ? { approvalCode: order.approvalCode } : {}),
      pan: order.card.pan,
    },
  };
  return {
    errorCode: '0',
    errorMessage: 'Успешно',
    orderNumber: order.orderNumber,
    orderStatus: order.status,
    actionCode: order.actionCode,
    actionCodeDescription: order.actionText,
    // what was really taken, where the bank took another sum than was asked
    amount: order.approved || order.amount,
    currency: order.currency,
    date: order.createdAt,
    orderDescription: order.description,
    ip: '127.0.0.1',
    merchantOrderParams: [],
    attributes: [{ name: 'mdOrder', value: order.orderId }],
    ...card,
    ...authorised,
    paymentAmountInfo: {
      paymentState: state,
      approvedAmount: order.approved,
      depositedAmount: order.deposited,
      refundedAmount: order.refunded,
    },
    bankInfo: { bankName: 'ЭМУЛЯТОР БАНКА', bankCountryCode: 'RU', bankCountryName: 'Россия' },
  };
}

/** @param {URLSearchParams} form @param {string} name */
function needed(form, name) {
  const value = form.get(name);
  if (!value) throw new Fault('4', `Не задан параметр [${name}]`);
  return value;
}

/** @param {string} text @returns {number} kopeks */
function wholeAmount(text) {
  must(/^\d{1,12}$/.test(text), '5', 'Неверно указано значение параметра [amount]');
  return Number(text);
}

/** @param {string} text */
const isUrl = (text) => URL.canParse(text) && /^https?:/.test(text);

/** @param {string | null} given @param {string} right */
function same(given, right) {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
