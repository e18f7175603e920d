import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Config } from '@kvartal/platform';
import { freePort } from '../testing';
import { SmsGateway, SmsRefused } from './sms-gateway';

/** Against the emulator of the gateway, as a process of its own. */
let emulator: ChildProcess;
let port: number;

beforeAll(async () => {
  port = await freePort();
  emulator = spawn(process.execPath, [join(__dirname, '../../../../../tools/emulators/sms.mjs')], {
    env: { PORT: String(port), SMS_USER: 'kvartal', SMS_PASSWORD: 'se cret' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (emulator.stdout) await once(emulator.stdout, 'data');
});
afterAll(() => emulator.kill());

const behave = (phone: string, how: object) =>
  fetch(`http://127.0.0.1:${port}/behaviour`, { method: 'POST', body: JSON.stringify({ phone, ...how }) });

function gateway(entry = 'kvartal:se%20cret@'): SmsGateway {
  process.env['DATABASE_URL'] ??= 'postgres://none';
  process.env['REDIS_URL'] ??= 'redis://none';
  process.env['SMS_URL'] = `http://${entry}127.0.0.1:${port}`;
  return new SmsGateway(new Config());
}

describe('the SMS gateway', () => {
  it('takes a message, and tells what became of it', async () => {
    const phone = '+7 999 123-45-67';
    expect(await gateway().send({ id: '501', phone, text: 'Код 123456' })).toEqual({ id: '501', parts: 1 });
    expect(await gateway().stateOf({ id: '501', phone })).toBe('DELIVERED');
    expect(await gateway().stateOf({ id: '502', phone })).toBe('UNKNOWN');
    const kept: unknown = await (await fetch(`http://127.0.0.1:${port}/messages?phone=79991234567`)).json();
    expect(kept).toMatchObject([{ text: 'Код 123456', phone: '79991234567', sender: 'Kvartal' }]);
  });

  it('counts the parts of a long text', async () => {
    const text = 'Показания принимаются с 10 по 25 число. '.repeat(3);
    expect(await gateway().send({ id: '510', phone: '79990000001', text })).toMatchObject({ parts: 2 });
  });

  it('says for good that a number is wrong or cannot be reached', async () => {
    await behave('79990000008', { error: 8 });
    for (const [phone, code] of [
      ['12', 7],
      ['79990000008', 8],
    ] as const) {
      const sent = gateway().send({ id: '520', phone, text: 'Код' });
      await expect(sent).rejects.toThrow(SmsRefused);
      await expect(sent).rejects.toMatchObject({ code });
    }
  });

  it('leaves it to another try where money is short, the login is wrong or nobody answers', async () => {
    await behave('79990000003', { error: 3 });
    const sent = [
      gateway().send({ id: '530', phone: '79990000003', text: 'Код' }),
      gateway('kvartal:wrong@').send({ id: '531', phone: '79990000004', text: 'Код' }),
    ];
    for (const one of sent) await expect(one).rejects.not.toBeInstanceOf(SmsRefused);
    process.env['SMS_URL'] = `http://127.0.0.1:${await freePort()}`;
    await expect(
      new SmsGateway(new Config()).send({ id: '532', phone: '79990000005', text: 'Код' }),
    ).rejects.toThrow();
  });

  it('knows a message under way from one that will never arrive', async () => {
    await behave('79990000006', { status: 0 });
    await behave('79990000007', { status: 20 });
    for (const [phone, state] of [
      ['79990000006', 'WAITING'],
      ['79990000007', 'UNDELIVERABLE'],
    ] as const) {
      await gateway().send({ id: '540', phone, text: 'Код' });
      expect(await gateway().stateOf({ id: '540', phone })).toBe(state);
    }
  });
});
