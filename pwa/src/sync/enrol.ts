/**
 * Makes this phone somebody's. The key is on the disk before the code is spent, so that an answer lost on the way is
 * fetched again with the same key: the county answers one code and one key alike for an hour.
 */
import { type Identity, enrolled, pendingKey } from '../store';
import { makeSigningKey, publicKey } from './device';
import type { Problem } from './engine';
import { isUuid } from './ids';
import { plain, problemIn } from './problem';
import { jsonIn } from './transport';

const MOST_MS = 30_000;

/** Why it did not work. `offline`: nobody answered, the code is not spent; else the county's code and words. */
export class EnrolError extends Error {
  override readonly name = 'EnrolError';

  constructor(
    readonly problem: Problem,
    cause?: unknown,
  ) {
    super(problem.title === '' ? problem.code : problem.title, { cause });
  }
}

export interface EnrolOptions {
  readonly base?: string;
  /** `zh` or `en`: the language of the county's words. */
  readonly language?: string;
  /** What the desk calls this phone. */
  readonly label?: string;
}

/** What the browser says of itself, short enough for a list. */
function ownLabel(): string {
  const agent = (globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent ?? 'node';
  const system = /Android [\d.]+|iPhone OS [\d_]+|Windows NT [\d.]+|Mac OS X [\d_]+|Linux/.exec(agent)?.[0] ?? '';
  const browser = /(MicroMessenger|EdgA?|Firefox|Chrome|Version)\/\d+/.exec(agent)?.[0] ?? '';
  return `${system} ${browser}`.trim().replaceAll('_', '.') || agent.slice(0, 80);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function identityIn(answer: unknown): Identity | null {
  if (!isObject(answer) || !isUuid(answer.device) || !isObject(answer.user) || !isObject(answer.org)) return null;
  const { user, org, device } = answer;
  if (!isUuid(user.id) || typeof user.name !== 'string' || !Number.isSafeInteger(org.id)) return null;
  const { id, code, name, timezone, demo } = org as unknown as Identity['org'];
  const language = user.language === 'en' ? 'en' : 'zh';
  return { device, user: { id: user.id, name: user.name, language }, org: { id, code, name, timezone, demo } };
}

async function ask(body: string, { base = '', language = 'zh' }: EnrolOptions): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), MOST_MS);
  try {
    return await fetch(`${base}/api/enrolments`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
      body,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      signal: stop.signal,
    });
  } catch (error) {
    throw new EnrolError(plain('offline'), error);
  } finally {
    clearTimeout(timer);
  }
}

/** Enrols this phone with the code on her card. Throws EnrolError, or StoreError when the phone cannot keep it. */
export async function enrol(code: string, options: EnrolOptions = {}): Promise<Identity> {
  const spelled = code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  const pair = await pendingKey(spelled, makeSigningKey);
  const label = options.label ?? ownLabel();
  const response = await ask(JSON.stringify({ code: spelled, public_key: await publicKey(pair), label }), options);
  const bytes = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
  const answer = jsonIn(bytes);
  const identity = response.ok ? identityIn(answer) : null;
  if (identity === null) throw new EnrolError(problemIn(answer) ?? plain('offline'));
  await enrolled(identity, pair, spelled);
  return identity;
}
