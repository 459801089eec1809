/**
 * Who sits at the desk. The session is found again through the cookie when the page opens; when it runs out, the
 * sign-in lies over the page, which stays where it was.
 */
import { batch, createSignal } from 'solid-js';
import { createClient } from '../../api/client';
import type { Me } from '../../api/types';
import { languageChosen, setLanguage } from '../../i18n';

export type Session = 'opening' | 'in' | 'out' | 'again';

const [session, setSession] = createSignal<Session>('opening');
const [person, setPerson] = createSignal<Me | null>(null);
export { person, session };

export const api = createClient({
  onSignedOut: () => setSession(person() === null ? 'out' : 'again'),
});

/** The one who is signed in, and stays on screen under a sign-in that asks again. */
export function me(): Me {
  const now = person();
  if (now === null) throw new Error('nobody is signed in');
  return now;
}

export const may = (permission: string): boolean => person()?.permissions.includes(permission) ?? false;

/** The county's time zone: days and times at the desk are the county's, wherever the desk stands. */
export const zone = (): string => me().org.timezone;

async function enter(): Promise<void> {
  const found = await api.ask<Me>('/api/desk/me');
  if (!languageChosen()) setLanguage(found.user.language);
  batch(() => {
    setPerson(found);
    setSession('in');
  });
}

const SIGNED_IN = 'lx.desk';

/** The cookie itself cannot be read; without this mark there is none, and the server need not be asked. */
function mayHaveCookie(): boolean {
  try {
    return localStorage.getItem(SIGNED_IN) !== null;
  } catch {
    return true;
  }
}

function markCookie(there: boolean): void {
  try {
    if (there) localStorage.setItem(SIGNED_IN, '1');
    else localStorage.removeItem(SIGNED_IN);
  } catch {
    // storage is closed to us: then the server is asked each time
  }
}

/** Once, when the page opens. */
export async function resume(): Promise<void> {
  if (mayHaveCookie() && (await api.resume())) await enter();
  else leave();
}

export async function signIn(username: string, password: string, county?: string): Promise<void> {
  await api.signIn(username, password, county);
  markCookie(true);
  await enter();
}

export async function signOut(): Promise<void> {
  try {
    await api.signOut();
  } finally {
    leave();
  }
}

function leave(): void {
  markCookie(false);
  batch(() => {
    setPerson(null);
    setSession('out');
  });
}
