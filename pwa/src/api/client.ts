/**
 * The desk's one way to the server. The access token lives in memory only; when it has run out, it is renewed once
 * through the HttpOnly cookie and the request is sent again. Requests that change something carry an idempotency key
 * that stays the same over such a repeat, so that a repeat changes nothing twice.
 */
import { language } from '../i18n';
import { ApiProblem, noAnswer, problemOf } from './problem';

const SESSION = '/api/desk/session';
/** Sent with the cookie's requests: a form of another site cannot set it. */
const OWN_PAGE = { 'X-Lianxin': 'desk' } as const;

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  query?: Readonly<Record<string, string | number | readonly string[] | null | undefined>>;
  /** a form (`FormData`) goes as it is, everything else as JSON */
  body?: unknown;
  /** the version that is known already: the answer is null when nothing is newer */
  etag?: string | null;
  signal?: AbortSignal;
}

export interface Answer<T> {
  value: T;
  etag: string | null;
}

export interface Signed<User> {
  access_token: string;
  expires_in: number;
  user: User;
}

export interface Client {
  ask<T>(path: string, ask?: Ask): Promise<T>;
  /** null: nothing is newer than `etag` */
  askNewer<T>(path: string, ask: Ask): Promise<Answer<T> | null>;
  file(path: string, ask?: Pick<Ask, 'method' | 'signal'>): Promise<{ blob: Blob; name: string }>;
  /** `county`: on a server that holds several */
  signIn<User>(username: string, password: string, county?: string): Promise<User>;
  /** Through the cookie of an earlier sign-in; false when there is none that still holds. */
  resume(): Promise<boolean>;
  signOut(): Promise<void>;
}

export interface ClientOptions {
  fetch?: typeof fetch;
  /** the session is over: show the sign-in, keep the page */
  onSignedOut?: () => void;
}

export function createClient(options: ClientOptions = {}): Client {
  const send = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => fetch(input, init));
  let token: string | null = null;
  let renewing: Promise<boolean> | null = null;

  async function reach(path: string, init: RequestInit): Promise<Response> {
    const headers = { Accept: 'application/json', 'Accept-Language': language(), ...(init.headers as object) };
    try {
      return await send(path, { ...init, headers, credentials: 'same-origin' });
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
      throw noAnswer();
    }
  }

  async function renew(): Promise<boolean> {
    const response = await reach(`${SESSION}/refresh`, { method: 'POST', headers: OWN_PAGE });
    if (response.ok) {
      token = ((await response.json()) as Signed<unknown>).access_token;
      return true;
    }
    if (response.status === 401 || response.status === 403) {
      token = null;
      return false;
    }
    throw await problemOf(response);
  }

  /** One renewal for all who ask at the same time. */
  function resume(): Promise<boolean> {
    renewing ??= renew().finally(() => {
      renewing = null;
    });
    return renewing;
  }

  async function respond(path: string, ask: Ask, kind: 'json' | 'file' = 'json'): Promise<Response> {
    const method = ask.method ?? 'GET';
    const headers: Record<string, string> = { Accept: kind === 'json' ? 'application/json' : '*/*' };
    // the first answer to a key is stored by the server: right for decisions, not for files
    if (method !== 'GET' && kind === 'json') headers['Idempotency-Key'] = newKey();
    const whole = ask.body instanceof FormData; // the browser itself says where its parts begin
    if (ask.body !== undefined && !whole) headers['Content-Type'] = 'application/json';
    if (ask.etag !== undefined && ask.etag !== null) headers['If-None-Match'] = ask.etag;
    const once = () =>
      reach(withQuery(path, ask.query), {
        method,
        headers: token === null ? headers : { ...headers, Authorization: `Bearer ${token}` },
        // a photo never changes: whether a file may be kept is the server's to say
        cache: kind === 'file' ? 'default' : 'no-store',
        ...(ask.body === undefined ? {} : { body: whole ? (ask.body as FormData) : JSON.stringify(ask.body) }),
        ...(ask.signal === undefined ? {} : { signal: ask.signal }),
      });
    let response = await once();
    if (response.status === 401) {
      if (await resume()) response = await once();
      if (response.status === 401) options.onSignedOut?.();
    }
    if (!response.ok && response.status !== 304) throw await problemOf(response);
    return response;
  }

  return {
    async ask<T>(path: string, ask: Ask = {}) {
      const response = await respond(path, ask);
      return (response.status === 204 ? null : await response.json()) as T;
    },
    async askNewer<T>(path: string, ask: Ask) {
      const response = await respond(path, ask);
      if (response.status === 304) return null;
      return { value: (await response.json()) as T, etag: response.headers.get('ETag') };
    },
    async file(path, ask = {}) {
      const response = await respond(path, ask, 'file');
      return { blob: await response.blob(), name: nameOf(response.headers.get('Content-Disposition')) };
    },
    async signIn<User>(username: string, password: string, county?: string) {
      const response = await reach(SESSION, {
        method: 'POST',
        headers: { ...OWN_PAGE, 'Content-Type': 'application/json' },
        body: JSON.stringify({ username, password, ...(county === undefined ? {} : { county }) }),
      });
      if (!response.ok) throw await problemOf(response);
      const signed = (await response.json()) as Signed<User>;
      token = signed.access_token;
      return signed.user;
    },
    resume,
    async signOut() {
      const headers = { ...OWN_PAGE, ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
      token = null;
      const response = await reach(SESSION, { method: 'DELETE', headers });
      if (!response.ok && response.status !== 401) throw await problemOf(response);
    },
  };
}

/** Also where the page is not a secure context and crypto.randomUUID is missing. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function withQuery(path: string, query: Ask['query']): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue;
    for (const each of typeof value === 'object' ? value : [value]) search.append(name, String(each));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The file's own name: filename*=UTF-8'' first, as RFC 6266 says. */
export function nameOf(disposition: string | null): string {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (extended !== undefined) return decodeURIComponent(extended.trim());
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]?.trim() ?? 'lianxin';
}

export { ApiProblem };
