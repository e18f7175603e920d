// What the SMS gateway must do.

/** @param {{ sms: string, assert: typeof import('node:assert/strict') }} told @returns {Record<string, () => Promise<void>>} */
export function checks({ sms, assert }) {
  const ask = async (/** @type {string} */ path, /** @type {Record<string, string>} */ form) =>
    (await fetch(`${sms}${path}`, { method: 'POST', body: new URLSearchParams(form) })).json();
  const login = { login: 'kvartal', psw: 'secret', fmt: '3', charset: 'utf-8' };
  return {
    'sms: takes a message and tells its state': async () => {
      const sent = await ask('/sys/send.php', { ...login, phones: '+7 999 123-45-67', mes: 'Код 123456', sender: 'Kvartal', cost: '3' });
      assert.equal(sent.cnt, 1);
      const state = await ask('/sys/status.php', { ...login, phone: '79991234567', id: String(sent.id) });
      assert.equal(state.status, 1);
      const [newest] = await (await fetch(`${sms}/messages?phone=79991234567`)).json();
      assert.equal(newest.text, 'Код 123456');
      assert.match(await (await fetch(sms)).text(), /Код 123456/);
    },
    'sms: counts the parts of a long text': async () => {
      assert.equal((await ask('/send.php', { ...login, phones: '79990000001', mes: 'я'.repeat(71) })).cnt, 2);
      assert.equal((await ask('/send.php', { ...login, phones: '79990000001', mes: 'a'.repeat(160) })).cnt, 1);
    },
    'sms: refuses by the codes of the protocol': async () => {
      assert.equal((await ask('/send.php', { ...login, phones: '', mes: 'x' })).error_code, 1);
      assert.equal((await ask('/send.php', { ...login, phones: '12', mes: 'x' })).error_code, 7);
      await fetch(`${sms}/behaviour`, { method: 'POST', body: JSON.stringify({ phone: '79990000008', error: 8 }) });
      assert.equal((await ask('/send.php', { ...login, phones: '79990000008', mes: 'x' })).error_code, 8);
      assert.equal((await ask('/status.php', { ...login, phone: '79990000009', id: '999' })).status, -3);
    },
    'sms: shows the newest first': async () => {
      for (const mes of ['one', 'two']) await ask('/send.php', { ...login, phones: '79990000002', mes });
      const list = await (await fetch(`${sms}/messages?phone=79990000002`)).json();
      assert.deepEqual(list.map((/** @type {{ text: string }} */ one) => one.text), ['two', 'one']);
    },
  };
}
