import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Config, row, rows } from '@kvartal/platform';
import { type SendMailOptions, type Transporter, createTransport } from 'nodemailer';
import { DataSource } from 'typeorm';
import type { Letter, Sender } from './letters/letter';
import { render } from './letters/layout';

/** A letter and the fact that caused it: together they are sent once. */
export interface Outgoing {
  outboxId: string;
  portalId: string;
  to: string;
  locale: string;
  letter: Letter;
  sender: Sender;
}

/** A mail server that hangs holds one try up, not the worker. Milliseconds. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 };
const HEADERS = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
const LONGEST_FAILURE = 500;

/** Sends letters by SMTP and keeps the log: one row a fact and recipient, so that a retry sends once. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly logger = new Logger(Mailer.name);
  private readonly transport: Transporter;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.transport = createTransport({ url: config.smtpUrl, pool: true, maxConnections: 4, ...PATIENCE });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  /**
   * Sends unless this fact's letter to this address has left already, or was turned away for good. Throws where the mail
   * server could not be asked or wants it later: then the fact is tried again.
   */
  async send(outgoing: Outgoing): Promise<void> {
    const message = await this.record(outgoing);
    if (message.state !== 'QUEUED') return;
    try {
      await this.transport.sendMail(this.envelopeOf(outgoing));
    } catch (failure) {
      const isFinal = isTurnedAway(failure);
      await this.mark(message.id, isFinal ? 'FAILED' : 'QUEUED', String(failure).slice(0, LONGEST_FAILURE));
      if (!isFinal) throw failure;
      this.logger.warn(failure);
      return;
    }
    await this.mark(message.id, 'SENT', null);
  }

  private envelopeOf(outgoing: Outgoing): SendMailOptions {
    const { to, letter, sender, locale } = outgoing;
    return {
      from: { name: sender.brand, address: addressOf(this.config.mailFrom) },
      to: { name: '', address: to },
      messageId: this.messageId(outgoing),
      headers: HEADERS,
      ...render(letter, sender, locale),
    };
  }

  private async record({
    outboxId,
    portalId,
    to,
    locale,
    letter,
  }: Outgoing): Promise<{ id: string; state: string }> {
    const found = await row<{ id: string; state: string }>(
      this.db,
      `insert into message (outbox_id, portal_id, channel, recipient, template, locale, subject, created_at)
       values ($1, $2, 'EMAIL', $3, $4, $5, $6, $7)
       on conflict on constraint message_one_per_fact_and_recipient do update set subject = excluded.subject
       returning id, state`,
      [outboxId, portalId, to, letter.template, locale, letter.subject, await this.clock.now()],
    );
    if (!found) throw new RangeError('The message was not written');
    return found;
  }

  private async mark(id: string, state: 'QUEUED' | 'SENT' | 'FAILED', failure: string | null): Promise<void> {
    const at = state === 'SENT' ? await this.clock.now() : null;
    await rows(this.db, 'update message set state = $2, failure = $3, sent_at = $4 where id = $1', [
      id,
      state,
      failure,
      at,
    ]);
  }

  /** The same for every try: where a crash made us send twice, the recipient's server can tell. */
  private messageId({ outboxId, to }: Outgoing): string {
    const recipient = createHash('sha256').update(to).digest('hex').slice(0, 16);
    return `<${outboxId}.${recipient}@${new URL(this.config.publicUrl).hostname}>`;
  }
}

/** Whether the mail server refused this letter itself (no such mailbox, say), so that a retry would get the same answer. */
function isTurnedAway(failure: unknown): boolean {
  if (!(failure instanceof Error) || !('code' in failure)) return false;
  const isOfTheLetter = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  const isForGood = !('responseCode' in failure) || ('permanent' in failure && failure.permanent === true);
  return isOfTheLetter && isForGood;
}

/** «Квартал <no-reply@kvartal.example>» is no-reply@kvartal.example: the name is the portal's own. */
const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim();
