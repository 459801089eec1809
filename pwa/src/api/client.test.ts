import { afterEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../i18n';
import { createClient, nameOf, withQuery } from './client';
import { ApiProblem } from './problem';

interface Call {
  path: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** A server in a few lines: it answers by a function of the call, and remembers every call. */
function server(answer: (call: Call, nth: number) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const fetch = (input: RequestInfo | URL, init: RequestInit = {}) => {
    const call: Call = {
      path: input as string,
      method: init.method ?? 'GET',
      headers: init.headers as Record<string, string>,
      body: init.body as string | undefined,
    };
    calls.push(call);
    return Promise.resolve().then(() => answer(call, calls.length));
  };
  return { calls, fetch: fetch };
}

const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers });
const signed = (token: string) => json({ access_token: token, expires_in: 900, user: { name: '佟立岩' } });
const refused = (code: string, status: number) =>
  json({ code, title: '有人先看过了', detail: '请看新的一版。', status, current: 'r2' }, status);

afterEach(() => setLanguage('zh'));

test('a request carries the token of the sign-in and the language that is spoken', async () => {
  const { calls, fetch } = server((call) => (call.path.endsWith('/session') ? signed('T1') : json({ items: [] })));
  const client = createClient({ fetch });
  expect(await client.signIn('supervisor', 'x')).toEqual({ name: '佟立岩' });
  setLanguage('en');
  await client.ask('/api/desk/queue', { query: { state: 'received', team: ['a', 'b'], after: null } });
  expect(calls[1]).toMatchObject({ path: '/api/desk/queue?state=received&team=a&team=b', method: 'GET' });
  expect(calls[1]!.headers).toMatchObject({ Authorization: 'Bearer T1', 'Accept-Language': 'en' });
});

test('a token that has run out is renewed once for all, and the request is sent again with the same key', async () => {
  let current = 'T1';
  const { calls, fetch } = server((call) => {
    if (call.path.endsWith('/refresh')) {
      current = 'T2';
      return signed('T2');
    }
    return call.headers.Authorization === `Bearer ${current}` && current === 'T2'
      ? json({ id: 'd1' }, 201)
      : refused('sign_in_needed', 401);
  });
  const client = createClient({ fetch });
  const post = () => client.ask('/api/visits/v1/decisions', { method: 'POST', body: { kind: 'approve' } });
  await Promise.all([post(), post()]);
  expect(calls.filter((call) => call.path.endsWith('/refresh'))).toHaveLength(1);
  const keys = calls.filter((call) => call.method === 'POST' && !call.path.endsWith('/refresh'));
  const byKey = new Set(keys.map((call) => call.headers['Idempotency-Key']));
  expect(keys).toHaveLength(4);
  expect(byKey.size).toBe(2);
});

test('when the session is over the page is told, and the problem is thrown', async () => {
  const over = vi.fn();
  const { fetch } = server(() => refused('sign_in_needed', 401));
  const client = createClient({ fetch, onSignedOut: over });
  await expect(client.ask('/api/desk/me')).rejects.toMatchObject({ code: 'sign_in_needed', status: 401 });
  expect(over).toHaveBeenCalledOnce();
});

test('a server that is busy while the token is renewed does not sign anybody out', async () => {
  const over = vi.fn();
  const { fetch } = server((call) =>
    call.path.endsWith('/refresh') ? refused('busy', 503) : refused('sign_in_needed', 401),
  );
  await expect(createClient({ fetch, onSignedOut: over }).ask('/api/desk/me')).rejects.toMatchObject({ code: 'busy' });
  expect(over).not.toHaveBeenCalled();
});

test('a problem keeps its code, its words and what it names', async () => {
  const { fetch } = server(() => refused('revision_moved', 409));
  const problem = await createClient({ fetch })
    .ask('/api/visits/v1/decisions', { method: 'POST', body: {} })
    .catch((thrown: unknown) => thrown as ApiProblem);
  expect(problem).toMatchObject({ code: 'revision_moved', status: 409, title: '有人先看过了', next: '请看新的一版。' });
  expect((problem as ApiProblem).params.current).toBe('r2');
});

test.each<[string, () => Response | Promise<Response>, string]>([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), 'no_answer'],
  ['a proxy without a server', () => new Response('<html>Bad gateway</html>', { status: 502 }), 'no_answer'],
  ['an answer that is no problem', () => new Response('oops', { status: 500 }), 'broken'],
])('%s is told in words with what to do next', async (_name, answer, code) => {
  const { fetch } = server(answer);
  const problem = await createClient({ fetch })
    .ask('/api/desk/me')
    .catch((thrown: unknown) => thrown as ApiProblem);
  expect(problem).toBeInstanceOf(ApiProblem);
  expect(problem).toMatchObject({ code });
  expect((problem as ApiProblem).next).not.toBe('');
});

test('nothing newer than what is known comes back as null', async () => {
  const { calls, fetch } = server((_call, nth) =>
    nth === 1 ? json({ token: '9', changed: 2 }, 200, { ETag: '"9"' }) : new Response(null, { status: 304 }),
  );
  const client = createClient({ fetch });
  const first = await client.askNewer('/api/desk/changes', {});
  expect(first).toEqual({ value: { token: '9', changed: 2 }, etag: '"9"' });
  expect(await client.askNewer('/api/desk/changes', { etag: first!.etag })).toBeNull();
  expect(calls[1]!.headers['If-None-Match']).toBe('"9"');
});

test('a file keeps the name that the server gave it, Chinese too', () => {
  expect(nameOf(`attachment; filename="data.xlsx"; filename*=UTF-8''%E6%95%B0%E6%8D%AE.xlsx`)).toBe('数据.xlsx');
  expect(nameOf('attachment; filename="data.xlsx"')).toBe('data.xlsx');
  expect(nameOf(null)).toBe('lianxin');
});

test('a query leaves out what is empty', () => {
  expect(withQuery('/api/x', { a: '', b: undefined, c: [], d: 0 })).toBe('/api/x?d=0');
});
