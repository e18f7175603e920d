// What the bank must do, behaviour by behaviour.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { CARDS } from './bank/behaviours.mjs';
import { checksumOf } from './bank/notices.mjs';

/** @typedef {{ heard: Record<string, string>[], answer: number, url: string, of: (number: string) => Record<string, string>[] }} Shop the shop's end of the notifications */

const KEY = 'test-key';

/** Talks to the bank as the shop, the payer and the tests do. @param {string} bank @param {Shop} shop */
function talkTo(bank, shop) {
  let last = 0;
  const post = (/** @type {string} */ path, /** @type {Record<string, string>} */ form) =>
    fetch(`${bank}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  /** @type {(command: string, form: Record<string, string>) => Promise<Record<string, any>>} */
  const rest = async (command, form) =>
    Object(
      await (
        await post(`/payment/rest/${command}`, { userName: 'kvartal-api', password: 'kvartal', ...form })
      ).json(),
    );
  /** @type {(path: string, body: object) => Promise<Record<string, any>>} */
  const control = async (path, body) =>
    Object(
      await (await fetch(`${bank}/emulator/${path}`, { method: 'POST', body: JSON.stringify(body) })).json(),
    );
  const until = async (/** @type {() => boolean | Promise<boolean>} */ fact) => {
    for (let i = 0; i < 400 && !(await fact()); i++) await pause(10);
  };
  const register = async (/** @type {Record<string, string>} */ more = {}, command = 'register.do') => {
    const orderNumber = `N-${++last}`;
    const form = {
      orderNumber,
      amount: '109664',
      currency: '643',
      returnUrl: 'http://shop/back',
      failUrl: 'http://shop/fail',
      ...more,
    };
    const { orderId = '', formUrl = '' } = await rest(command, form);
    return { orderId: String(orderId), formUrl: String(formUrl), orderNumber };
  };
  const pay = async (/** @type {string} */ orderId, /** @type {string} */ pan, cvc = '123') => {
    const answer = await post('/payment/pay', { mdOrder: orderId, pan, expiry: '12/99', cvc, action: 'pay' });
    return { code: answer.status, to: answer.headers.get('location') ?? '', text: await answer.text() };
  };
  return {
    ...{ post, rest, control, until, register, pay },
    lastNumber: () => `N-${last}`,
    status: (/** @type {string} */ orderId) => rest('getOrderStatusExtended.do', { orderId }),
    /** @type {(number: string) => Promise<import('./bank/orders.mjs').Order>} */
    record: async (number) => Object(await (await fetch(`${bank}/emulator/orders/${number}`)).json()),
    delivered: (/** @type {string} */ number, n = 1) => until(() => shop.of(number).length >= n),
  };
}

const panOf = (/** @type {string} */ behaviour) =>
  CARDS.find((card) => card.behaviour === behaviour && !card.secure)?.pan ?? '';
const right = (/** @type {Record<string, string>} */ { checksum, ...params }) =>
  checksum === checksumOf(params, KEY);

/** @param {{ bank: string, shop: Shop }} told @returns {Record<string, () => Promise<void>>} */
export function checks({ bank, shop }) {
  const { post, rest, control, until, register, pay, lastNumber, status, record, delivered } = talkTo(
    bank,
    shop,
  );
  return {
    'bank: signs as the protocol says': async () => {
      const params = {
        status: '1',
        orderNumber: 'LK-2026-000017',
        operation: 'refunded',
        mdOrder: '0f6f1d3e-0000-7000-8000-000000000001',
        amount: '590008',
        checksum: 'IGNORED',
        sign_alias: 'key1',
      };
      assert.equal(
        checksumOf(params, 'test-key'),
        '333A817DA22C332A00A401C692F5164A7082E4F2B1E20AE1350F142510EA6C0D',
      );
    },
    'bank: registers, refuses by code': async () => {
      const order = await register();
      assert.match(order.formUrl, /payment_ru\.html\?mdOrder=/);
      assert.equal((await status(order.orderId)).orderStatus, 0);
      assert.equal(
        (await rest('register.do', { orderNumber: order.orderNumber, amount: '1', returnUrl: 'http://a/' }))
          .errorCode,
        '1',
      );
      assert.equal(
        (
          await rest('register.do', {
            orderNumber: 'x',
            amount: '1',
            returnUrl: 'http://a/',
            currency: '999',
          })
        ).errorCode,
        '3',
      );
      assert.equal((await rest('register.do', { orderNumber: 'x', amount: '1' })).errorCode, '4');
      assert.equal(
        (await rest('register.do', { orderNumber: 'x', amount: '1.5', returnUrl: 'http://a/' })).errorCode,
        '5',
      );
      assert.equal(
        (await rest('register.do', { userName: 'x', orderNumber: 'x', amount: '1', returnUrl: 'http://a/' }))
          .errorCode,
        '5',
      );
      assert.equal((await rest('getOrderStatusExtended.do', { orderId: 'no' })).errorCode, '6');
    },
    'bank: takes a card, asks for a code, tells the shop': async () => {
      const { orderId, orderNumber, formUrl } = await register();
      const page = await (await fetch(formUrl)).text();
      assert.match(page, /lang="ru"/);
      assert.match(page, /<label for="pan">/);
      assert.equal((await pay(orderId, '4111111111111112')).code, 422);
      assert.match((await pay(orderId, '4111111111111111')).text, /123456/);
      assert.equal((await status(orderId)).orderStatus, 5);
      assert.equal((await post('/payment/acs', { mdOrder: orderId, code: '000000' })).status, 422);
      const answer = await post('/payment/acs', { mdOrder: orderId, code: '123456' });
      assert.equal(answer.headers.get('location'), `http://shop/back?orderId=${orderId}&lang=ru`);
      await delivered(orderNumber);
      assert.equal(shop.of(orderNumber).length, 1);
      assert.ok(shop.of(orderNumber).every(right));
      const paid = await status(orderId);
      assert.deepEqual(
        [paid.orderStatus, paid.amount, paid.paymentAmountInfo.depositedAmount],
        [2, 109664, 109664],
      );
      assert.equal(paid.cardAuthInfo.pan, '411111**1111');
      assert.equal((await pay(orderId, '5555555555554444')).code, 409);
    },
    'bank: declines by card and by CVC, and after three wrong codes': async () => {
      const byCard = await register();
      assert.match((await pay(byCard.orderId, panOf('decline'))).to, /^http:\/\/shop\/fail/);
      const byCvc = await register();
      await pay(byCvc.orderId, '5555555555554444', '000');
      const byCode = await register();
      await pay(byCode.orderId, '4111111111111111');
      for (const code of ['1', '2', '3']) await post('/payment/acs', { mdOrder: byCode.orderId, code });
      for (const { orderId } of [byCard, byCvc, byCode]) assert.equal((await status(orderId)).orderStatus, 6);
      await delivered(byCard.orderNumber);
      assert.equal(shop.of(byCard.orderNumber)[0]?.status, '0');
    },
    'bank: tells nothing, ten times, late, or before the return': async () => {
      const silent = await register();
      await pay(silent.orderId, panOf('no-callback'));
      assert.equal((await status(silent.orderId)).orderStatus, 2);
      assert.deepEqual((await record(silent.orderNumber)).callbacks, []);
      const tenfold = await register();
      await pay(tenfold.orderId, panOf('callback-x10'));
      await delivered(tenfold.orderNumber, 10);
      assert.equal(shop.of(tenfold.orderNumber).length, 10);
      const late = await register();
      await pay(late.orderId, panOf('callback-late'));
      assert.equal(shop.of(late.orderNumber).length, 0);
      await control('release', { orderNumber: late.orderNumber });
      assert.equal(shop.of(late.orderNumber).length, 1);
      const early = await register();
      await pay(early.orderId, panOf('callback-before-return'));
      assert.equal(shop.of(early.orderNumber).length, 1);
    },
    'bank: out of order, forged, another amount': async () => {
      const crossed = await register();
      await pay(crossed.orderId, panOf('out-of-order'));
      await delivered(crossed.orderNumber, 2);
      assert.deepEqual(
        shop.of(crossed.orderNumber).map(({ operation }) => operation),
        ['deposited', 'approved'],
      );
      const forged = await register();
      await pay(forged.orderId, panOf('forged-checksum'));
      const invented = await register();
      await pay(invented.orderId, panOf('forged-payment'));
      await delivered(forged.orderNumber);
      await delivered(invented.orderNumber);
      assert.ok(![...shop.of(forged.orderNumber), ...shop.of(invented.orderNumber)].some(right));
      assert.deepEqual(
        [(await status(forged.orderId)).orderStatus, (await status(invented.orderId)).orderStatus],
        [2, 6],
      );
      const less = await register();
      await pay(less.orderId, panOf('amount-changed'));
      assert.equal((await status(less.orderId)).paymentAmountInfo.depositedAmount, 109564);
    },
    'bank: time runs out, and money may come after it': async () => {
      const short = await register({ sessionTimeoutSecs: '1' });
      await until(async () => (await status(short.orderId)).orderStatus === 6);
      await delivered(short.orderNumber);
      assert.deepEqual(
        [shop.of(short.orderNumber)[0]?.operation, shop.of(short.orderNumber)[0]?.status],
        ['declinedByTimeout', '0'],
      );
      const late = await register();
      await pay(late.orderId, panOf('late-success'));
      assert.equal((await status(late.orderId)).orderStatus, 6);
      await control('release', { orderNumber: late.orderNumber });
      assert.equal((await status(late.orderId)).orderStatus, 2);
      assert.deepEqual(
        shop.of(late.orderNumber).map(({ operation }) => operation),
        ['declinedByTimeout', 'deposited'],
      );
    },
    'bank: behaves as told by JSON, for one order to come': async () => {
      await control('behaviour', { behaviour: 'callback-before-response', amount: 777 });
      const { orderNumber } = await register({ amount: '777' });
      assert.equal(shop.of(orderNumber).length, 1);
      await control('behaviour', { behaviour: 'register-lost', amount: 778 });
      await assert.rejects(register({ amount: '778' }));
      assert.equal((await rest('getOrderStatusExtended.do', { orderNumber: lastNumber() })).orderStatus, 0);
      const order = await register();
      await control('behaviour', { behaviour: 'status-error', orderNumber: order.orderNumber });
      await control('pay', { orderNumber: order.orderNumber });
      assert.equal((await status(order.orderId)).errorCode, '7');
      assert.ok((await control('behaviour', { behaviour: 'nonsense' })).error);
    },
    'bank: refunds in parts, once for one number, never too much': async () => {
      const { orderId, orderNumber } = await register();
      await control('pay', { orderId });
      await delivered(orderNumber);
      const refund = (/** @type {Record<string, string>} */ form) => rest('refund.do', { orderId, ...form });
      assert.equal((await refund({ amount: '9664', externalRefundId: 'r1' })).errorCode, '0');
      assert.equal((await refund({ amount: '9664', externalRefundId: 'r1' })).errorCode, '0');
      assert.equal((await refund({ amount: '100001' })).errorCode, '7');
      assert.equal((await refund({ amount: '100000' })).errorCode, '0');
      await delivered(orderNumber, 3);
      assert.deepEqual(
        shop
          .of(orderNumber)
          .map(({ operation, amount }) => `${operation} ${amount}`)
          .sort(),
        ['deposited 109664', 'refunded 100000', 'refunded 9664'],
      );
      assert.equal((await status(orderId)).orderStatus, 4);
    },
    'bank: two stages, deposit and reversal': async () => {
      const held = await register({}, 'registerPreAuth.do');
      await control('pay', { orderId: held.orderId });
      assert.equal((await status(held.orderId)).orderStatus, 1);
      assert.equal((await rest('deposit.do', { orderId: held.orderId, amount: '999999' })).errorCode, '7');
      assert.equal((await rest('deposit.do', { orderId: held.orderId, amount: '50000' })).errorCode, '0');
      assert.equal((await status(held.orderId)).paymentAmountInfo.depositedAmount, 50000);
      const other = await register({}, 'registerPreAuth.do');
      await control('pay', { orderId: other.orderId });
      assert.equal((await rest('reverse.do', { orderId: other.orderId })).errorCode, '0');
      assert.equal((await status(other.orderId)).orderStatus, 3);
    },
    'bank: tells again until it hears 200, six times at most': async () => {
      shop.answer = 500;
      const { orderId, orderNumber } = await register();
      await control('pay', { orderId });
      await delivered(orderNumber, 6);
      shop.answer = 200;
      await until(async () => (await record(orderNumber)).callbacks[0]?.attempts.length === 6);
      assert.equal(shop.of(orderNumber).length, 6);
      assert.equal((await record(orderNumber)).callbacks[0]?.delivered, false);
    },
    'bank: shows its orders to people': async () => {
      const page = await (await fetch(bank)).text();
      assert.match(page, /<h1>Банк: заказы<\/h1>/);
      assert.match(page, /1\u00a0096,64/);
    },
  };
}
