// A mail server that keeps what it is given, and turns away for a while whom it is told to, naming them in its answer as
// real ones do.
import { createServer } from 'node:net';

/**
 * @typedef {object} Mailbox
 * @property {string} url
 * @property {Set<string>} full addresses that are turned away for now
 * @property {(to: string) => string | undefined} textTo what the newest letter to this address says
 * @property {() => void} close
 */

/** @returns {Promise<Mailbox>} */
export async function openMailbox() {
  /** @type {{ to: string, text: string }[]} */
  const letters = [];
  /** @type {Set<string>} */
  const full = new Set();
  const server = createServer((socket) => {
    const say = (/** @type {string} */ line) => void socket.write(`${line}\r\n`);
    let to = '';
    /** @type {string[] | undefined} */
    let body;
    let rest = '';
    const take = (/** @type {string} */ line) => {
      if (body) {
        if (line !== '.') return void body.push(line);
        letters.unshift({ to, text: decoded(body) });
        body = undefined;
        return say('250 kept');
      }
      if (/^EHLO/i.test(line)) return say('250 mailbox');
      if (/^DATA/i.test(line)) {
        body = [];
        return say('354 go on');
      }
      if (/^QUIT/i.test(line)) return void socket.end('221 bye\r\n');
      const recipient = /^RCPT TO:<([^>]+)>/i.exec(line)?.[1];
      if (recipient === undefined) return say('250 ok');
      to = recipient;
      return say(full.has(to) ? `451 4.2.0 <${to}>: mailbox is full, try again later` : '250 ok');
    };
    socket.setEncoding('utf8').on('data', (piece) => {
      const lines = (rest + piece).split('\r\n');
      rest = lines.pop() ?? '';
      lines.forEach(take);
    });
    socket.on('error', () => undefined);
    say('220 mailbox');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', () => done(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    full,
    textTo: (who) => letters.find((letter) => letter.to === who)?.text,
    close: () => void server.close(),
  };
}

/** Every part of a letter as text, whichever way it was wrapped for the journey. @param {string[]} lines */
function decoded(lines) {
  const plain = lines.join('\n');
  const unquoted = plain
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const parts = plain.split(/\n\n/).map((part) => part.replace(/\n--[\s\S]*$/, ''));
  const unpacked = parts
    .filter((part) => /^[A-Za-z0-9+/=\n]{40,}$/.test(part))
    .map((part) => Buffer.from(part, 'base64').toString('utf8'));
  return [unquoted, ...unpacked].join('\n');
}
