// The gateway itself: what it takes, what it refuses, what became of each message (SMSC.ru, HTTP).

/** @typedef {{ id: number, phone: string, text: string, sender: string, at: string, status: number, parts: number, cost: string }} Sms newest last */
/** @typedef {{ messages: Sms[], next: number, rules: { phone: string, error?: number | undefined, status?: number | undefined }[] }} State */

const ERRORS = {
  1: 'parameters error',
  2: 'authorise error',
  3: 'no money',
  4: 'IP is blocked',
  6: 'message is denied',
  7: 'invalid number',
  8: "message can't be delivered",
  9: 'duplicate request, wait a minute',
};
const PRICE_KOPEKS = 250;
const MOST_PARTS = 10;
const DELIVERED = 1;
const GSM = /^[A-Za-z0-9 \r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/;

/** @param {number} code */
const refused = (code) => ({
  error: ERRORS[/** @type {keyof typeof ERRORS} */ (code)] ?? 'error',
  error_code: code,
});

/** How many messages the text takes on the way: 160 or 153 letters of Latin, 70 or 67 of any other. @param {string} text */
export function partsOf(text) {
  const [one, many] = GSM.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / many);
}

/** @param {string} phone @returns {string | undefined} digits with the country code */
function phoneOf(phone) {
  const digits = phone.replace(/[\s()+-]/g, '').replace(/^8(?=\d{10}$)/, '7');
  return /^\d{10,15}$/.test(digits) ? digits : undefined;
}

export class Gateway {
  /**
   * @param {{ value: State, save: () => void }} memory
   * @param {{ login: string, password: string, now: () => Promise<number> }} settings an empty login lets anybody in
   */
  constructor(memory, settings) {
    this.state = memory.value;
    this.save = memory.save;
    this.settings = settings;
  }

  /** @param {URLSearchParams} form @returns {boolean} */
  #mayEnter(form) {
    const { login, password } = this.settings;
    return (
      !login ||
      (form.get('login') === login && form.get('psw') === password) ||
      form.get('apikey') === password
    );
  }

  /** @param {URLSearchParams} form @returns {Promise<Record<string, unknown>>} */
  async send(form) {
    if (!this.#mayEnter(form)) return refused(2);
    const text = form.get('mes') ?? '';
    const phones = (form.get('phones') ?? '').split(/[,;]/).filter((one) => one.trim());
    if (!text || !phones.length) return refused(1);
    const numbers = phones.map(phoneOf);
    if (numbers.includes(undefined)) return refused(7);
    const rule = this.state.rules.find(({ phone }) => numbers.includes(phone));
    if (rule?.error) return refused(rule.error);
    const parts = partsOf(text);
    if (parts > MOST_PARTS) return refused(1);
    const id = Number(form.get('id')) || this.state.next++;
    const cost = ((PRICE_KOPEKS * parts) / 100).toFixed(2);
    const at = new Date(await this.settings.now()).toISOString();
    // a message asked again under its number is one message
    const known = (/** @type {string | undefined} */ phone) =>
      this.state.messages.some((one) => one.id === id && one.phone === phone);
    for (const phone of numbers.filter((one) => !known(one)))
      this.state.messages.push({
        id,
        phone: phone ?? '',
        text,
        sender: form.get('sender') ?? '',
        at,
        parts,
        cost,
        status: rule?.status ?? DELIVERED,
      });
    this.save();
    return { id, cnt: parts * numbers.length, cost, balance: '100' };
  }

  /** @param {URLSearchParams} form @returns {Record<string, unknown>} */
  status(form) {
    if (!this.#mayEnter(form)) return refused(2);
    const phone = phoneOf(form.get('phone') ?? '');
    if (!phone || !form.get('id')) return refused(1);
    const found = this.state.messages.findLast(
      (one) => one.id === Number(form.get('id')) && one.phone === phone,
    );
    if (!found) return { status: -3, last_date: '', last_timestamp: 0 };
    const instant = new Date(found.at);
    const date = instant.toISOString().replace(/^(\d+)-(\d+)-(\d+)T([\d:]+)\..*$/, '$3.$2.$1 $4');
    return { status: found.status, last_date: date, last_timestamp: Math.floor(instant.getTime() / 1000) };
  }

  /** How messages to a phone end: refused with an error code, or taken and left in a status. @param {Record<string, unknown>} body */
  rule(body) {
    const phone = phoneOf(String(body.phone ?? ''));
    if (!phone) return undefined;
    this.state.rules = this.state.rules.filter((one) => one.phone !== phone);
    const error = body.error === undefined ? undefined : Number(body.error);
    const status = body.status === undefined ? undefined : Number(body.status);
    if (error !== undefined || status !== undefined) this.state.rules.push({ phone, error, status });
    this.save();
    return { phone, error, status };
  }

  /** Newest first. @param {string | null} phone @returns {Sms[]} */
  messages(phone) {
    const wanted = phone ? phoneOf(phone) : undefined;
    return this.state.messages.filter((one) => !phone || one.phone === wanted).reverse();
  }
}
