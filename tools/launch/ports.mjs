// Ports: a free one from the system, or a wished one where nobody sits on it yet.
import { createServer } from 'node:net';

/**
 * Tries to listen, and lets go at once.
 * @param {number} port 0 asks the system for any
 * @param {string} [host]
 * @returns {Promise<number | undefined>} the port, or nothing when it is taken
 */
const tryPort = (port, host) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const found = address && typeof address === 'object' ? address.port : undefined;
      server.close(() => done(found));
    });
  });

/** Ports given out in this process, so that two askers at once never get the same one. */
const given = new Set();

/** @returns {Promise<number>} a port on which nobody listens */
export async function freePort() {
  for (let i = 0; i < 50; i++) {
    const port = await tryPort(0, '127.0.0.1');
    if (port === undefined || given.has(port)) continue;
    given.add(port);
    return port;
  }
  throw new Error('The system gives out no free port');
}

/**
 * The wished port, or the nearest of the next fifty, or any free one.
 * @param {number} wished
 * @returns {Promise<number>}
 */
export async function portNear(wished) {
  for (let port = wished; port < wished + 50; port++) {
    // both the loopback address and every address: a listener on either makes the port taken
    if (given.has(port) || !(await tryPort(port, '127.0.0.1')) || !(await tryPort(port))) continue;
    given.add(port);
    return port;
  }
  return freePort();
}
