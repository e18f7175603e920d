import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sberbankChecksum } from './providers/sberbank.sign';

/** What the specs' bank signs its notices with. */
export const BANK_KEY = 'spec-callback-key';

/** A port that nobody listens on now. */
export const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(address && typeof address === 'object' ? address.port : 0));
    });
  });

/** The bank as a process of its own, told what to do over HTTP. */
export class Bank {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
  ) {}

  /** Starts it and points the environment of this process to it; notices go to `publicUrl`. */
  static async start(publicUrl: string): Promise<Bank> {
    const port = await freePort();
    const child = spawn(process.execPath, [resolve(__dirname, '../../../../tools/emulators/bank.mjs')], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PORT: String(port),
        BANK_CALLBACK_KEY: BANK_KEY,
        REDIS_URL: '',
      },
      stdio: 'ignore',
    });
    const bank = new Bank(child, `http://127.0.0.1:${port}`);
    Object.assign(process.env, {
      BANK_URL: bank.url,
      BANK_USER: 'kvartal-api',
      BANK_PASSWORD: 'kvartal',
      BANK_CALLBACK_KEY: BANK_KEY,
      PUBLIC_URL: publicUrl,
    });
    while (!(await answers(`${bank.url}/health`))) await pause(20);
    return bank;
  }

  async say(path: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}/emulator/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  pay = (orderNumber: string) => this.say('pay', { orderNumber });
  behave = (orderNumber: string, behaviour: string) => this.say('behaviour', { orderNumber, behaviour });
  release = (orderNumber: string) => this.say('release', { orderNumber });
  stop = () => this.process.kill();

  /** What the shop answered to every notice about an order, once there are so many of them. */
  async answersTo(orderNumber: string, count: number): Promise<string[]> {
    for (;;) {
      const order: { callbacks: { attempts: { answer: string }[] }[] } = JSON.parse(
        await (await fetch(`${this.url}/emulator/orders/${orderNumber}`)).text(),
      );
      const given = order.callbacks.flatMap(({ attempts }) => attempts.map(({ answer }) => answer));
      if (given.length >= count) return given;
      await pause(20);
    }
  }

  /** The bank's own people give money back: `refund.do` of a sum in kopeks, or `reverse.do` of all of it. */
  async giveBack(orderNumber: string, amount?: number): Promise<void> {
    const command = amount === undefined ? 'reverse.do' : 'refund.do';
    const form = { userName: 'kvartal-api', password: 'kvartal', orderNumber, amount: String(amount ?? '') };
    const answer = await fetch(`${this.url}/payment/rest/${command}`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { errorCode } = JSON.parse(await answer.text());
    if (errorCode !== '0') throw new Error(`${command}: ${errorCode}`);
  }
}

const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** A notice as the bank would sign it. */
export const notice = (orderNumber: string, more: Record<string, string> = {}) => {
  const params = { mdOrder: 'md', orderNumber, operation: 'deposited', status: '1', ...more };
  return { ...params, checksum: sberbankChecksum(params, BANK_KEY) };
};
