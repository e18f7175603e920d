import { type Server, type Socket, connect, createServer } from 'node:net';
import { type Statement, Wire } from './wire';

/** Stands between a process and PostgreSQL and writes down the statements that pass. */
export class Proxy {
  private statements: Statement[] = [];

  private constructor(
    private readonly server: Server,
    private readonly sockets: Set<Socket>,
    readonly url: string,
  ) {}

  static async before(database: string): Promise<Proxy> {
    const target = new URL(database);
    const sockets = new Set<Socket>();
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const url = new URL(database);
    url.port = String(address && typeof address === 'object' ? address.port : '');
    const proxy = new Proxy(server, sockets, url.toString());
    server.on('connection', (client) =>
      proxy.join(client, connect(Number(target.port || 5432), target.hostname)),
    );
    return proxy;
  }

  private join(client: Socket, upstream: Socket): void {
    const wire = new Wire((statement) => this.statements.push(statement));
    client.on('data', (chunk: Buffer) => wire.feed(chunk));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(from);
      from.setNoDelay(true);
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => this.sockets.delete(from));
    }
  }

  /** What has passed since it was asked last. */
  taken(): Statement[] {
    return this.statements.splice(0);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
