import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@kvartal/platform';

/** What the gateway says to a message: taken under an id, in so many parts. */
export interface SmsTaken {
  id: string;
  parts: number;
}
export type SmsState = 'WAITING' | 'DELIVERED' | 'UNDELIVERABLE' | 'UNKNOWN';

/** The gateway refuses this message: its number, its text. Another try would get the same answer. */
export class SmsRefused extends Error {
  constructor(
    readonly code: number,
    reason: string,
  ) {
    super(`The SMS gateway refuses the message: ${reason} (${code})`);
    this.name = 'SmsRefused';
  }
}

/** Wrong parameters, a forbidden text, a wrong number, a number that nothing can be delivered to. */
const FINAL = new Set([1, 6, 7, 8]);
const DELIVERED = 1;
const UNDER_WAY = new Set([-1, 0]);
const NOT_FOUND = -3;
const SENDER = 'Kvartal';
const PATIENCE_MS = 10_000;

/** SMS by HTTP in the manner of SMSC.ru (send.php, status.php). The login and password stand in SMS_URL. */
@Injectable()
export class SmsGateway {
  constructor(@Inject(Config) private readonly config: Config) {}

  /**
   * Sends a text to a phone in E.164. The id is ours: the gateway keeps one message an id. @throws SmsRefused where it is
   * refused for good, Error where the gateway does not answer, lacks money or wants to be asked later.
   */
  async send(message: { id: string; phone: string; text: string }): Promise<SmsTaken> {
    const phones = message.phone.replace(/\D/g, '');
    const told = await this.ask('send.php', {
      phones,
      mes: message.text,
      id: message.id,
      sender: SENDER,
      cost: '3',
    });
    return { id: String(told['id']), parts: Number(told['cnt']) };
  }

  /** What became of a message. */
  async stateOf(message: { id: string; phone: string }): Promise<SmsState> {
    const told = await this.ask('status.php', { phone: message.phone.replace(/\D/g, ''), id: message.id });
    const status = Number(told['status']);
    if (status === DELIVERED) return 'DELIVERED';
    if (status === NOT_FOUND) return 'UNKNOWN';
    return UNDER_WAY.has(status) ? 'WAITING' : 'UNDELIVERABLE';
  }

  private async ask(script: string, form: Record<string, string>): Promise<Record<string, unknown>> {
    const { origin, username, password } = new URL(this.config.smsUrl);
    const entry: Record<string, string> = username
      ? { login: decodeURIComponent(username), psw: decodeURIComponent(password) }
      : {};
    const response = await fetch(`${origin}/sys/${script}`, {
      method: 'POST',
      body: new URLSearchParams({ ...entry, ...form, charset: 'utf-8', fmt: '3' }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) throw new Error(`The SMS gateway answers ${response.status}`);
    const told: Record<string, unknown> = JSON.parse(await response.text());
    const code = Number(told['error_code'] ?? 0);
    if (FINAL.has(code)) throw new SmsRefused(code, String(told['error']));
    if (code) throw new Error(`The SMS gateway is not ready: ${String(told['error'])} (${code})`);
    return told;
  }
}
