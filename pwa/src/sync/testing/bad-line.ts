/**
 * A bad line between phone and county, for the live tests: each request is passed on, or lost on its way, or broken off
 * when the county has half of it, or done by the county while its answer is lost, or refused as a whole, or told to come
 * later. The county behind it is a real one.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer, request as ask } from 'node:http';
import { gunzipSync } from 'node:zlib';

export type Fate = 'pass' | 'lose_request' | 'break_off' | 'lose_answer' | 'refuse' | 'busy';

export interface Passing {
  readonly method: string;
  readonly path: string;
  /** Inflated; of a piece of a photo nothing. */
  readonly body: string;
  /** `Content-Range` of a piece. */
  readonly range: string | null;
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

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const name of ['authorization', 'content-type', 'content-encoding', 'content-range', 'accept-language']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}

/** The county gets the head and half of the body; then the line is dead on both sides. */
async function breakOff(county: string, request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<void> {
  const headers = { ...Object.fromEntries(headersOf(request)), 'content-length': String(body.length) };
  const half = ask(county + (request.url ?? ''), { method: request.method ?? 'GET', headers });
  half.on('error', () => undefined);
  await new Promise<void>((done) => half.write(body.subarray(0, body.length >> 1), () => done()));
  half.destroy();
  request.socket.destroy();
}

async function passOn(county: string, request: IncomingMessage, body: Buffer<ArrayBuffer>): Promise<Response> {
  const headers = headersOf(request);
  const bare = request.method === 'GET';
  return fetch(county + (request.url ?? ''), { method: request.method ?? 'GET', headers, body: bare ? null : body });
}

/** As the county answers when its disk is full. */
function busy(response: ServerResponse): void {
  const headers = { 'Content-Type': 'application/problem+json', 'Retry-After': '1' };
  response.writeHead(503, headers).end(JSON.stringify({ code: 'busy', title: '', detail: '' }));
}

export async function badLine(county: string): Promise<BadLine> {
  const seen: (Passing & { fate: Fate })[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const range = request.headers['content-range'] ?? null;
    const text = range === null ? inflated(request, body) : '';
    const passing = { method: request.method ?? '', path: request.url ?? '', body: text, range };
    const fate = line.decide(passing);
    seen.push({ ...passing, fate });
    if (fate === 'lose_request') return void request.socket.destroy();
    if (fate === 'break_off') return breakOff(county, request, body);
    if (fate === 'busy') return busy(response);
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
