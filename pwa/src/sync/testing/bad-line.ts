/**
 * A bad line between phone and county, for the live tests: each request is passed on, or lost on its way, or done by the
 * county while its answer is lost, or refused as a whole. The county behind it is a real one.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

export type Fate = 'pass' | 'lose_request' | 'lose_answer' | 'refuse';

export interface Passing {
  readonly method: string;
  readonly path: string;
  /** Inflated. */
  readonly body: string;
}

export interface BadLine {
  readonly url: string;
  /** Every request that came, with what became of it. */
  readonly seen: readonly (Passing & { readonly fate: Fate })[];
  decide: (passing: Passing) => Fate;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function inflated(request: IncomingMessage, body: Buffer<ArrayBuffer>): string {
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
}

async function passOn(county: string, request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<Response> {
  const headers = new Headers();
  for (const name of ['authorization', 'content-type', 'content-encoding', 'accept-language']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const bare = request.method === 'GET';
  return fetch(county + (request.url ?? ''), { method: request.method ?? 'GET', headers, body: bare ? null : body });
}

export async function badLine(county: string): Promise<BadLine> {
  const seen: (Passing & { fate: Fate })[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const passing = { method: request.method ?? '', path: request.url ?? '', body: inflated(request, body) };
    const fate = line.decide(passing);
    seen.push({ ...passing, fate });
    if (fate === 'lose_request') return void request.socket.destroy();
    if (fate === 'refuse') return void response.writeHead(400, { 'Content-Type': 'text/html' }).end('<h1>no</h1>');
    const answer = await passOn(county, request, body);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (fate === 'lose_answer') return void request.socket.destroy();
    const headers: Record<string, string> = { 'Content-Type': answer.headers.get('Content-Type') ?? '' };
    const wait = answer.headers.get('Retry-After');
    if (wait !== null) headers['Retry-After'] = wait;
    response.writeHead(answer.status, headers).end(bytes);
  }

  const server: Server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const line: BadLine = {
    url: `http://127.0.0.1:${port}`,
    seen,
    decide: () => 'pass',
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  return line;
}
