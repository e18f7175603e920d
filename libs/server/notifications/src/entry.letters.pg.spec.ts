import { Module } from '@nestjs/common';
import { AuthModule, Confirmations } from '@kvartal/auth';
import { Clock, type RecordedFact, inTransaction, row, rows } from '@kvartal/platform';
import { type UnderTest, expectBooksBalanced, underTest } from '@kvartal/platform/testing';
import { EntryLetters } from './entry.letters';
import { Mailer } from './mailer';
import { NotificationsQueries } from './notifications.queries';
import { PostOffice } from './post-office';
import { MailPeer } from './testing';

@Module({
  imports: [AuthModule],
  providers: [Mailer, PostOffice, NotificationsQueries, EntryLetters],
})
class EntryLettersOnly {}

let at: UnderTest;
let letters: EntryLetters;
let portalId: string;
const peer = new MailPeer();

beforeAll(async () => {
  process.env['SMTP_URL'] = await peer.listen();
  process.env['MAIL_FROM'] = 'Квартал <no-reply@kvartal.example>';
  process.env['PUBLIC_URL'] = 'https://kvartal.example';
  at = await underTest(EntryLettersOnly);
  letters = at.module.get(EntryLetters);
  await at.module.get(Clock).moveTo(new Date('2026-10-20T12:00:00Z'));
  const portal = await row<{ id: string }>(
    at.owner,
    `insert into portal (slug, name, country) values ('town', 'УК «Заречный, город»', 'RU') returning id`,
  );
  portalId = portal?.id ?? '';
});
afterAll(async () => {
  await at.close();
  peer.close();
});
afterEach(() => expectBooksBalanced(at.owner));

async function pending(login: string): Promise<string> {
  const added = await row<{ id: string }>(
    at.owner,
    `insert into portal_user (portal_id, kind, login, email, password_hash, state, expires_at)
     values ($1, 'RESIDENT', $2, $2 || '@mail.example', 'x', 'PENDING', '2026-10-22T12:00:00Z') returning id`,
    [portalId, login],
  );
  return added?.id ?? '';
}
/** A fact that was written down and that nobody has handed on. */
async function recorded(fact: string, userId: string): Promise<RecordedFact> {
  const added = await row<{ id: string }>(
    at.owner,
    `insert into outbox (fact, payload, sent_at) values ($1, jsonb_build_object('userId', $2::text), now()) returning id`,
    [fact, userId],
  );
  return { outboxId: added?.id ?? '', fact, payload: { userId }, requestId: null };
}
const message = (fact: RecordedFact) =>
  rows<{ state: string; recipient: string; template: string; failure: string | null; subject: string }>(
    at.owner,
    'select state, recipient, template, failure, subject from message where outbox_id = $1',
    [fact.outboxId],
  );
const lettersTo = (login: string) => peer.received.filter(({ to }) => to === `${login}@mail.example`);
const header = (source: string, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'im').exec(source)?.[1]?.replace(/\r\n[ \t]/g, ' ');

describe('a letter', () => {
  it('goes out once however often the fact is handed on, always under one Message-ID', async () => {
    const fact = await recorded('UserRegistered', await pending('anna'));
    for (let n = 0; n < 3; n += 1) await letters.confirmRegistration(fact);
    const [letter, ...more] = lettersTo('anna');
    expect(more).toEqual([]);
    expect(header(letter?.source ?? '', 'Message-ID')).toMatch(
      new RegExp(`^<${fact.outboxId}\\.[0-9a-f]{16}@kvartal\\.example>$`),
    );
    expect(await message(fact)).toEqual([
      {
        state: 'SENT',
        recipient: 'anna@mail.example',
        template: 'confirm-registration',
        failure: null,
        subject: expect.any(String),
      },
    ]);
  });

  it('bears the name of the portal, the address of the installation, and says that a program wrote it', async () => {
    await letters.confirmRegistration(await recorded('UserRegistered', await pending('boris')));
    const source = lettersTo('boris')[0]?.source ?? '';
    expect(header(source, 'From')).toMatch(/=\?UTF-8\?.*<no-reply@kvartal\.example>$/);
    expect(header(source, 'Auto-Submitted')).toBe('auto-generated');
  });

  it('waits for a mail server that wants it later, under the same Message-ID', async () => {
    const fact = await recorded('UserRegistered', await pending('vera'));
    peer.answer('vera@mail.example', '451 come back later');
    await expect(letters.confirmRegistration(fact)).rejects.toThrow();
    expect(await message(fact)).toMatchObject([{ state: 'QUEUED', failure: expect.stringContaining('451') }]);
    peer.answer('vera@mail.example', undefined);
    await letters.confirmRegistration(fact);
    expect(lettersTo('vera')).toHaveLength(1);
    expect(await message(fact)).toMatchObject([{ state: 'SENT', failure: null }]);
  });

  it('is given up where there is no such mailbox', async () => {
    const fact = await recorded('UserRegistered', await pending('gleb'));
    peer.answer('gleb@mail.example', '550 no such mailbox');
    await letters.confirmRegistration(fact);
    expect(await message(fact)).toMatchObject([{ state: 'FAILED', failure: expect.stringContaining('550') }]);
    peer.answer('gleb@mail.example', undefined);
    await letters.confirmRegistration(fact);
    expect(lettersTo('gleb')).toEqual([]);
  });

  it('is not written where nothing is left to say', async () => {
    const userId = await pending('dina');
    const fact = await recorded('UserRegistered', userId);
    await at.owner.query(`update portal_user set state = 'ACTIVE', expires_at = null where id = $1`, [
      userId,
    ]);
    await letters.confirmRegistration(fact);
    await letters.confirmRegistration(await recorded('UserRegistered', '999999'));
    expect(lettersTo('dina')).toEqual([]);
  });
});

describe('what waits in the queue', () => {
  it('holds no secret: the link is made when it is sent, and opens the door', async () => {
    const userId = await pending('egor');
    await letters.confirmRegistration(await recorded('UserRegistered', userId));
    const source = lettersTo('egor')[0]?.source.replace(/=\r\n/g, '').replace(/=3D/g, '=') ?? '';
    const bodies = [...source.matchAll(/Content-Transfer-Encoding: base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)];
    const text =
      bodies.map(([, body = '']) => Buffer.from(body, 'base64').toString('utf8')).join('\n') || source;
    const [, token = ''] = /https:\/\/kvartal\.example\/o\/town\/confirm\/([\w-]{22})/.exec(text) ?? [];
    const stored = JSON.stringify(
      await rows<object>(
        at.owner,
        'select o::text, m::text from outbox o left join message m on m.outbox_id = o.id',
      ),
    );
    expect(token).not.toBe('');
    expect(stored).not.toContain(token);
    const used = await inTransaction(at.db, (tx) =>
      at.module.get(Confirmations).use(tx, token, 'REGISTRATION'),
    );
    expect(used).toBe(userId);
  });
});

describe('whose letter it is', () => {
  /** The letter as text: lines that the mail format broke are whole again. */
  const textTo = (login: string) =>
    (lettersTo(login)[0]?.source ?? '')
      .replaceAll(/=\r?\n/g, '')
      .replaceAll(/((?:=[0-9A-F]{2})+)/g, (bytes) => decodeURIComponent(bytes.replaceAll('=', '%')));
  const active = async (login: string, kind: string, locale: string): Promise<string> => {
    const added = await row<{ id: string }>(
      at.owner,
      `insert into portal_user (portal_id, kind, login, email, password_hash, state, locale)
       values ($1, $2, $3, $3 || '@mail.example', 'x', 'ACTIVE', $4) returning id`,
      [portalId, kind, login, locale],
    );
    return added?.id ?? '';
  };

  it('says in the language that the person has', async () => {
    for (const [login, locale, subject] of [
      ['aigul', 'kk', 'Жеке кабинетке жаңа құпиясөз'],
      ['john', 'en', 'A new password for your personal account'],
      ['oleg', 'ru', 'Новый пароль для личного кабинета'],
    ] as const) {
      const fact = await recorded('RecoveryRequested', await active(login, 'RESIDENT', locale));
      await letters.recovery(fact);
      expect(await message(fact)).toMatchObject([{ state: 'SENT', subject }]);
      expect(textTo(login)).toContain(`<html lang="${locale}">`);
    }
  });

  it('leads staff to the back-office and residents to the cabinet', async () => {
    await letters.recovery(await recorded('RecoveryRequested', await active('boss', 'STAFF', 'ru')));
    await letters.recovery(await recorded('RecoveryRequested', await active('tenant', 'RESIDENT', 'ru')));
    expect(textTo('boss')).toMatch(/https:\/\/kvartal\.example\/o\/town\/s\/reset\/[\w-]{22}/);
    expect(textTo('tenant')).toMatch(/https:\/\/kvartal\.example\/o\/town\/reset\/[\w-]{22}/);
  });
});
