/** What the demo page asks its server, and how it looks at the phone beside it. */
import { createClient } from '../api/client';
import type { Seen } from './steps';

const api = createClient();
const SIGNED_IN = 'lx.desk'; // the mark by which the desk knows that a session may be there
const SUPERVISOR = 'supervisor'; // of the community that the demo's volunteer serves

interface About {
  readonly demo: { readonly password: string; readonly accounts: readonly { username: string }[] } | null;
}

interface Told extends Omit<Seen, 'saved'> {
  readonly cut: boolean;
}

/** Signs the desk beside the phone in as the supervisor. False when this server offers no demo accounts. */
export async function seatTheSupervisor(): Promise<boolean> {
  const { demo } = await api.ask<About>('/api/about');
  const supervisor = demo?.accounts.find(({ username }) => username === SUPERVISOR);
  if (demo === null || supervisor === undefined) return false;
  await api.signIn(supervisor.username, demo.password);
  localStorage.setItem(SIGNED_IN, '1');
  return true;
}

export function switchNetwork(cut: boolean): Promise<{ cut: boolean }> {
  return api.ask('/api/demo/network', { method: 'POST', body: { cut } });
}

export async function look(since: string, phone: HTMLIFrameElement | undefined): Promise<Seen> {
  const told = await api.ask<Told>('/api/demo/stage', { query: { since } });
  return { ...told, saved: showsSaved(phone) };
}

function showsSaved(phone: HTMLIFrameElement | undefined): boolean {
  try {
    return phone?.contentWindow?.location.pathname.startsWith('/saved/') === true;
  } catch {
    return false; // the frame shows the browser's own error page
  }
}
