import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Config, row, rows } from '@kvartal/platform';
import { type Transporter, createTransport } from 'nodemailer';
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

/** Sends letters by SMTP and keeps the log: one row a fact and recipient, so that a retry sends once. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter;

  constructor(
    @Inject(Config) private readonly config: Config,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.transport = createTransport(config.smtpUrl, { from: config.mailFrom });
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  /** Sends unless this fact's letter to this address has left already. Throws where the mail server does not take it. */
  async send(outgoing: Outgoing): Promise<void> {
    const message = await this.record(outgoing);
    if (message.state === 'SENT') return;
    const { subject, html, text } = render(outgoing.letter, outgoing.sender);
    try {
      await this.transport.sendMail({
        to: outgoing.to,
        subject,
        html,
        text,
        messageId: this.messageId(outgoing),
      });
    } catch (failure) {
      await this.mark(message.id, 'FAILED', failure instanceof Error ? failure.message : String(failure));
      throw failure;
    }
    await this.mark(message.id, 'SENT', null);
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
      `insert into message (outbox_id, portal_id, channel, recipient, template, locale, subject) values ($1, $2, 'EMAIL', $3, $4, $5, $6)
       on conflict on constraint message_one_per_fact_and_recipient do update set subject = excluded.subject
       returning id, state`,
      [outboxId, portalId, to, letter.template, locale, letter.subject],
    );
    if (!found) throw new RangeError('The message was not written');
    return found;
  }

  private async mark(id: string, state: 'SENT' | 'FAILED', failure: string | null): Promise<void> {
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
