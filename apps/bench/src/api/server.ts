import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import pg from 'pg';
import { answerParent } from '../processes';
import type { Bare, ServerPlan } from './server.bare';
import { bareHome } from './server.home';
import { bareSubmit } from './server.submit';

const JSON_OID = 114;
const POOL = 10;

/** JSON goes through as text; all else as pg reads it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    Number(oid) === JSON_OID && format !== 'binary'
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format),
};

/** The yardstick: node:http and pg with nothing between them that sends the product's statements and answers their JSON. */
export async function runServer(file: string): Promise<void> {
  const plan: ServerPlan = JSON.parse(readFileSync(file, 'utf8'));
  const options = plan.statements[0]?.options ?? ''; // the product's own settings of a connection
  const pool = new pg.Pool({ connectionString: plan.url, max: POOL, options, types });
  const bare = plan.query === 'home' ? bareHome(pool, plan) : bareSubmit(pool, plan);
  const server = createServer((request, response) => {
    answer(request, response, bare).catch((failure: Error) => response.writeHead(500).end(failure.message));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await answerParent(address && typeof address === 'object' ? address.port : 0);
  await new Promise((ended) => process.once('SIGTERM', ended));
}

async function answer(request: IncomingMessage, response: ServerResponse, bare: Bare): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { variables } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const body = await bare({ userId: String(request.headers['x-user']), variables });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
