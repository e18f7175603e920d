import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

export interface ReceivedMail {
  to: string;
  /** The whole letter as it came over the wire. */
  source: string;
}

/**
 * A mail server that speaks as much SMTP as a letter takes, and answers each recipient as it is told: a real peer that
 * can also turn letters away, or have them come later.
 */
export class MailPeer {
  readonly received: ReceivedMail[] = [];
  private answers = new Map<string, string>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.talk(socket));

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  /** What a recipient is answered from now on, as in «550 no such mailbox»; undefined takes the letters. */
  answer(recipient: string, reply: string | undefined): void {
    if (reply === undefined) this.answers.delete(recipient);
    else this.answers.set(recipient, reply);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private talk(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    const say = (line: string) => socket.write(`${line}\r\n`);
    let unread = '';
    let letter: ReceivedMail = { to: '', source: '' };
    let isBody = false;
    const hear = (line: string) => {
      if (isBody && line !== '.') letter.source += `${line.replace(/^\.\./, '.')}\r\n`;
      else if (isBody) {
        isBody = false;
        this.received.push(letter);
        say('250 taken');
      } else if (/^RCPT TO:/i.test(line)) {
        letter = { to: /<([^>]*)>/.exec(line)?.[1] ?? '', source: '' };
        say(this.answers.get(letter.to) ?? '250 ok');
      } else if (/^DATA/i.test(line)) {
        isBody = true;
        say('354 go on');
      } else say(/^QUIT/i.test(line) ? '221 bye' : '250 ok');
    };
    say('220 spec');
    socket.on('data', (chunk) => {
      const lines = (unread + chunk.toString('utf8')).split('\r\n');
      unread = lines.pop() ?? '';
      lines.forEach(hear);
    });
    socket.on('error', () => undefined);
  }
}
