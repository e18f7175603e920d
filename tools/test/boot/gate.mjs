// A door in front of a server that can be shut, as when the server is away: connections are cut and none is let in.
import { connect, createServer } from 'node:net';

/** @typedef {import('node:net').Socket} Socket */
/**
 * @typedef {object} Gate
 * @property {string} url the server's own address, through the gate
 * @property {() => Promise<void>} shut
 * @property {() => Promise<void>} open
 */

/** @param {string} address @returns {Promise<Gate>} */
export async function gateTo(address) {
  const there = new URL(address);
  /** @type {Set<Socket>} */
  const through = new Set();
  const server = createServer((near) => {
    const far = connect(Number(there.port), there.hostname);
    join(near, far);
    join(far, near);
  });
  /** What comes by the one leaves by the other, and neither outlives it. @param {Socket} one @param {Socket} other */
  const join = (one, other) => {
    through.add(one);
    one
      .on('error', () => other.destroy())
      .on('close', () => {
        other.destroy();
        through.delete(one);
      });
    one.pipe(other);
  };
  const listen = (/** @type {number} */ port) =>
    new Promise((done) => server.listen(port, '127.0.0.1', () => done(undefined)));
  await listen(0);
  const taken = server.address();
  const port = typeof taken === 'object' && taken ? taken.port : 0;
  const here = new URL(address);
  here.host = `127.0.0.1:${port}`;
  return {
    url: here.toString(),
    shut: async () => {
      const closed = new Promise((done) => server.close(done));
      for (const socket of through) socket.destroy();
      await closed;
    },
    open: async () => void (await listen(port)),
  };
}
