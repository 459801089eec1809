/** public/first.js and public/start.js are old-fashioned scripts: run here as the browser runs them. */
import { afterEach, expect, test, vi } from 'vitest';
import first from '../../public/first.js?raw';
import start from '../../public/start.js?raw';
import page from '../../start.html?raw';

interface Browser {
  agent?: string;
  secure?: boolean;
  worker?: boolean;
  storage?: boolean;
  modern?: boolean;
  path?: string;
}

/** A window as the scripts see it, with the document of jsdom. */
function browser({
  agent = 'Chrome/120',
  secure = true,
  worker = true,
  storage = true,
  modern = true,
  path = '/',
}: Browser) {
  const url = new URL(path, 'http://county.example');
  const replace = vi.fn<(to: string) => void>();
  const window = {
    navigator: { userAgent: agent, ...(worker ? { serviceWorker: {} } : {}) },
    location: {
      pathname: url.pathname,
      search: url.search,
      hash: url.hash,
      host: url.host,
      protocol: url.protocol,
      replace,
    },
    localStorage,
    isSecureContext: secure,
    crypto: { subtle: {} },
    BigInt: () => 0,
    ...(modern ? { CompressionStream: {} } : {}),
    ...(storage ? { indexedDB: {} } : {}),
  };
  return { window, replace };
}

const run = (script: string, window: object) => {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- our own two files, with a window of our making
  const call = new Function('window', 'document', script) as (window: object, document: Document) => void;
  call(window, document);
};

function open(place: string, how: Browser): string | null {
  document.documentElement.setAttribute('data-place', place);
  const { window, replace } = browser(how);
  run(first, window);
  return replace.mock.calls[0]?.[0] ?? null;
}

// jsdom's script elements do not know modules; every browser of the baseline's do
Object.defineProperty(HTMLScriptElement.prototype, 'noModule', { value: false, configurable: true });

afterEach(() => {
  localStorage.clear();
  for (const name of ['data-place', 'data-theme', 'data-text', 'lang']) document.documentElement.removeAttribute(name);
  document.body.replaceChildren();
});

test('a browser that can stays on the page', () => {
  expect(open('phone', {})).toBeNull();
});

test.each<[string, Browser]>([
  ['insecure', { secure: false, worker: false }],
  ['in-app', { agent: 'MicroMessenger/8.0', worker: false }],
  ['in-app', { agent: 'AliApp DingTalk/7', modern: false }],
  ['no-worker', { worker: false }],
  ['no-storage', { storage: false }],
  ['old', { modern: false }],
])('a browser that cannot is sent to /start with the reason: %s', (why, how) => {
  expect(open('phone', how)).toBe(`/start?why=${why}&from=%2F`);
});

test('the address that was wanted goes along, the enrolment code in it too', () => {
  expect(open('phone', { secure: false, path: '/enrol?a=1#K7Q4' })).toBe(
    '/start?why=insecure&from=%2Fenrol%3Fa%3D1%23K7Q4',
  );
});

test('the desk works without a service worker', () => {
  expect(open('desk', { worker: false, secure: false, storage: false })).toBeNull();
  expect(open('desk', { modern: false })).toBe('/start?why=old&from=%2F');
});

test('theme, text size and language are there before the first paint', () => {
  localStorage.setItem('lx.theme', 'dark');
  localStorage.setItem('lx.text', '30');
  localStorage.setItem('lx.language', 'en');
  open('phone', {});
  expect(document.documentElement.outerHTML).toContain('data-theme="dark" data-text="30" lang="en"');
});

function startPage(how: Browser): string[] {
  const body = new DOMParser().parseFromString(page, 'text/html').body;
  for (const script of body.querySelectorAll('script, noscript')) script.remove();
  document.body.replaceChildren(...body.childNodes);
  document.documentElement.setAttribute('data-place', 'start');
  const { window } = browser(how);
  run(first, window);
  run(start, window);
  return [...document.querySelectorAll('[data-why]:not([hidden])')].map((each) => each.getAttribute('data-why') ?? '');
}

test('/start shows the one section that fits, and offers the secure address', () => {
  expect(startPage({ secure: false, path: '/start?why=insecure&from=%2Fenrol%23K7Q4' })).toEqual(['insecure']);
  expect(document.getElementById('address')?.textContent).toBe('https://county.example/enrol#K7Q4');
  expect(document.getElementById('kept')?.hidden).toBe(false);
});

test('/start in a browser that can leads back to what was wanted', () => {
  expect(startPage({ path: '/start?from=%2Fperson%2F7' })).toEqual(['fine']);
  expect(document.querySelector('[data-from]')?.getAttribute('href')).toBe('/person/7');
  expect(document.getElementById('carry')?.hidden).toBe(true);
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '%E0%A4%A'])(
  '/start leads nowhere else: %s',
  (from) => {
    startPage({ path: `/start?from=${encodeURIComponent(from)}` });
    expect(document.querySelector('[data-from]')?.getAttribute('href')).toBe('/');
  },
);
