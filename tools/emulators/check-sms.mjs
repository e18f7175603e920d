// What the SMS gateway must do.
import assert from 'node:assert/strict';

/** @param {{ sms: string }} told @returns {Record<string, () => Promise<void>>} */
export function checks({ sms }) {
  /** @type {(path: string, form: Record<string, string>) => Promise<Record<string, any>>} */
  const ask = async (path, form) =>
    Object(await (await fetch(`${sms}${path}`, { method: 'POST', body: new URLSearchParams(form) })).json());
  /** @type {(phone: string) => Promise<import('./sms/gateway.mjs').Sms[]>} */
  const messages = async (phone) => Object(await (await fetch(`${sms}/messages?phone=${phone}`)).json());
  const login = { login: 'kvartal', psw: 'secret', fmt: '3', charset: 'utf-8' };
  return {
    'sms: takes a message and tells its state': async () => {
      const sent = await ask('/sys/send.php', {
        ...login,
        phones: '+7 999 123-45-67',
        mes: 'Код 123456',
        sender: 'Kvartal',
        cost: '3',
      });
      assert.equal(sent.cnt, 1);
      const state = await ask('/sys/status.php', { ...login, phone: '79991234567', id: String(sent.id) });
      assert.equal(state.status, 1);
      const [newest] = await messages('79991234567');
      assert.equal(newest?.text, 'Код 123456');
      assert.match(await (await fetch(sms)).text(), /Код 123456/);
    },
    'sms: counts the parts of a long text': async () => {
      assert.equal((await ask('/send.php', { ...login, phones: '79990000001', mes: 'я'.repeat(71) })).cnt, 2);
      assert.equal(
        (await ask('/send.php', { ...login, phones: '79990000001', mes: 'a'.repeat(160) })).cnt,
        1,
      );
    },
    'sms: refuses by the codes of the protocol': async () => {
      assert.equal((await ask('/send.php', { ...login, phones: '', mes: 'x' })).error_code, 1);
      assert.equal((await ask('/send.php', { ...login, phones: '12', mes: 'x' })).error_code, 7);
      await fetch(`${sms}/behaviour`, {
        method: 'POST',
        body: JSON.stringify({ phone: '79990000008', error: 8 }),
      });
      assert.equal((await ask('/send.php', { ...login, phones: '79990000008', mes: 'x' })).error_code, 8);
      assert.equal((await ask('/status.php', { ...login, phone: '79990000009', id: '999' })).status, -3);
    },
    'sms: keeps one message under one number of the sender': async () => {
      const once = { ...login, phones: '79990000003', mes: 'once', id: '777' };
      for (let i = 0; i < 3; i++) assert.equal((await ask('/send.php', once)).id, 777);
      assert.equal((await messages('79990000003')).length, 1);
    },
    'sms: shows the newest first': async () => {
      for (const mes of ['one', 'two']) await ask('/send.php', { ...login, phones: '79990000002', mes });
      assert.deepEqual(
        (await messages('79990000002')).map(({ text }) => text),
        ['two', 'one'],
      );
    },
  };
}
