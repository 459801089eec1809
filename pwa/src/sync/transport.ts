/**
 * One request to the county, signed, and what its answer means. Only an answer that is the county's own counts as being
 * online: a hotel's sign-in page answers too.
 *
 * A request ends after 55 seconds at the latest. So whoever has held the lock for a minute is a frozen tab, and the lock
 * may be taken from it (S10).
 */
import { retryAfterMs } from './backoff';
import { correct } from './clock';
import { sign } from './device';
import type { Problem } from './engine';
import type { Anchor } from './messages';
import { moment } from './moment';
import { plain, problemIn, type Told } from './problem';

export const MOST_MS = 55_000;
const SMALL_BYTES = 1_024;

export type Reply =
  | { readonly got: 'answer'; readonly bytes: Uint8Array<ArrayBuffer> }
  | {
      readonly got: 'cut';
      readonly unplugged: boolean;
      readonly retryAfterMs: number | null;
      readonly problem: Problem | null;
    }
  | { readonly got: 'denied'; readonly problem: Told }
  | { readonly got: 'barred'; readonly problem: Problem };

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Begins with /api/. */
  readonly path: string;
  readonly type?: string;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** `Content-Range` of a piece. It goes as it is: pictures and sound are packed already. */
  readonly range?: string;
  /** `Range`: only these bytes are asked for. */
  readonly part?: string;
  /** Ends the request early, as when another tab has taken the lock. */
  readonly signal?: AbortSignal;
}

export interface Caller {
  readonly key: CryptoKey;
  readonly device: string;
  readonly user: string;
  readonly org: number;
  /** `zh` or `en`: the language of the county's words. */
  readonly language: string;
}

export interface Transport {
  send(request: Request, anchors: readonly Anchor[]): Promise<Reply>;
}

const NOTHING = new Uint8Array(0);
const DENIED = new Set([400, 403, 413, 422, 500]);
const NOT_NOW = new Set([408, 425, 429, 502, 503, 504, 507]);

async function gzipped(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The whole answer; null when none came, or half of one, or none in time. */
async function fetched(url: string, init: RequestInit): Promise<Answered | null> {
  try {
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  } catch {
    return null;
  }
}

/** What a JSON text says; null for anything else. */
export function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

const cut = (retryAfter: number | null = null, problem: Problem | null = null): Reply => ({
  got: 'cut',
  unplugged: (globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false,
  retryAfterMs: retryAfter,
  problem,
});

/** What a status that is no success means for the ops that went with it (S3). */
function verdict({ status, headers }: Answered, told: Told | null): Reply {
  const problem = told ?? plain(`http_${status}`);
  if (status === 401 || told?.code === 'device_revoked') return { got: 'barred', problem };
  if (DENIED.has(status)) return { got: 'denied', problem };
  if (NOT_NOW.has(status)) return cut(retryAfterMs(headers.get('Retry-After'), Date.now()), told);
  return told === null ? cut() : { got: 'denied', problem };
}

/**
 * `sent` hears how many bytes of a body are given to the network, whether they arrive or not. `ending`: the app stops,
 * and nobody waits for an answer any more.
 */
export function transportOf(
  caller: Caller,
  base: string,
  sent: (bytes: number) => void = () => undefined,
  ending?: AbortSignal,
): Transport {
  let skew: Anchor | null = null; // the county's time, as `clock_off` told it

  async function once(request: Request, anchors: readonly Anchor[], signal: AbortSignal): Promise<Answered | null> {
    const { method, path, body = NOTHING, type, range, part } = request;
    const nowMs = correct(moment(), skew === null ? anchors : [skew]).ms;
    const { key, device, user, org, language } = caller;
    const token = await sign(key, { device, user, org, method, path, body, nowMs });
    const headers = new Headers({ Authorization: `Bearer ${token}`, 'Accept-Language': language });
    if (type !== undefined) headers.set('Content-Type', type);
    if (range !== undefined) headers.set('Content-Range', range);
    if (part !== undefined) headers.set('Range', part);
    const squeeze = range === undefined && body.length > SMALL_BYTES && typeof CompressionStream === 'function';
    if (squeeze) headers.set('Content-Encoding', 'gzip');
    const given = method === 'GET' ? null : squeeze ? await gzipped(body) : body;
    sent(given?.length ?? 0);
    const rest = { cache: 'no-store', credentials: 'same-origin', redirect: 'error' } as const;
    return fetched(base + path, { method, headers, body: given, signal, ...rest });
  }

  async function attempt(request: Request, anchors: readonly Anchor[], signal: AbortSignal): Promise<Reply> {
    for (let again = false; ; again = true) {
      const answered = await once(request, anchors, signal);
      if (answered === null) return cut();
      if (answered.status >= 200 && answered.status < 300) return { got: 'answer', bytes: answered.bytes };
      const told = problemIn(jsonIn(answered.bytes));
      if (again || answered.status !== 401 || told?.server_time === undefined) return verdict(answered, told);
      skew = { ...moment(), server: told.server_time };
    }
  }

  return {
    async send(request, anchors) {
      const stop = new AbortController();
      const end = (): void => stop.abort();
      const timer = setTimeout(end, MOST_MS);
      const enders = [request.signal, ending].filter((signal) => signal !== undefined);
      for (const signal of enders) signal.addEventListener('abort', end);
      try {
        if (enders.some(({ aborted }) => aborted)) end();
        return await attempt(request, anchors, stop.signal);
      } finally {
        clearTimeout(timer);
        for (const signal of enders) signal.removeEventListener('abort', end);
      }
    },
  };
}
