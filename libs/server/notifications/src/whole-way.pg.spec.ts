import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { AuthModule } from '@kvartal/auth';
import { Clock, Outbox, OutboxWorker, inTransaction, row } from '@kvartal/platform';
import { type UnderTest, underTest } from '@kvartal/platform/testing';
import { EntryLetters } from './entry.letters';
import { Mailer } from './mailer';
import { NotificationsQueries } from './notifications.queries';
import { PostOffice } from './post-office';
import { freePort } from './testing';

interface CaughtMail {
  subject: string;
  from: { name?: string; address: string }[];
  to: { address: string }[];
  html: string;
  text: string;
  headers: Record<string, string>;
}

@Module({
  imports: [AuthModule, OutboxWorker],
  providers: [Mailer, PostOffice, NotificationsQueries, EntryLetters],
})
class PostOfWorker {}

let catcher: ChildProcess;
let http: string;
let at: UnderTest;

/** Asks until there is an answer: the job runs when it runs. */
async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await ask().catch(() => undefined);
    if (found !== undefined) return found;
    await pause(50);
  }
}
async function mails(): Promise<CaughtMail[]> {
  const caught: CaughtMail[] | { items: CaughtMail[] } = JSON.parse(
    await (await fetch(`${http}/api/email`)).text(),
  );
  return Array.isArray(caught) ? caught : caught.items;
}

beforeAll(async () => {
  const [smtp, web] = [await freePort(), await freePort()];
  http = `http://127.0.0.1:${web}`;
  const maildev = join(__dirname, '../../../../node_modules/maildev/dist/bin/maildev.js');
  const where = ['--ip', '127.0.0.1', '--smtp', String(smtp), '--web-ip', '127.0.0.1', '--web', String(web)];
  catcher = spawn(process.execPath, [maildev, ...where, '--hide-extensions', 'STARTTLS'], {
    stdio: 'ignore',
  });
  await until(async () => ((await fetch(`${http}/api/healthz`)).ok ? true : undefined));
  process.env['SMTP_URL'] = `smtp://127.0.0.1:${smtp}`;
  process.env['MAIL_FROM'] = 'Квартал <no-reply@kvartal.example>';
  process.env['PUBLIC_URL'] = 'https://kvartal.example';
  at = await underTest(PostOfWorker);
});
afterAll(async () => {
  await at.close();
  catcher.kill();
});

it('leads from a fact through the queue to the person’s mailbox, once', async () => {
  await at.module.get(Clock).moveTo(new Date('2026-10-20T12:00:00Z'));
  const person = await row<{ id: string }>(
    at.owner,
    `with home as (insert into portal (slug, name, country) values ('town', 'УК «Заречный, город»', 'RU') returning id)
     insert into portal_user (portal_id, kind, login, email, password_hash, state, expires_at)
     select id, 'RESIDENT', 'ivanov', 'ivanov@mail.example', 'x', 'PENDING', '2026-10-22T12:00:00Z' from home returning id`,
  );
  const payload = { userId: person?.id ?? '' };
  await inTransaction(at.db, (tx) => at.module.get(Outbox).add(tx, { fact: 'UserRegistered', payload }));
  const mail = await until(async () => (await mails())[0]);
  expect(mail).toMatchObject({
    subject: 'Подтвердите регистрацию',
    from: [{ name: 'УК «Заречный, город»', address: 'no-reply@kvartal.example' }],
    to: [{ address: 'ivanov@mail.example' }],
  });
  for (const form of [mail.html, mail.text])
    expect(form).toMatch(/https:\/\/kvartal\.example\/o\/town\/confirm\/[\w-]{22}/);
  await until(() => row<object>(at.owner, 'select from outbox where sent_at is not null'));
  expect(await row(at.owner, 'select state from message')).toEqual({ state: 'SENT' });
  expect(await mails()).toHaveLength(1);
});
