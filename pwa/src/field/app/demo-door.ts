/** The demo's open door: on a demo server a phone may ask for a code itself, and becomes a volunteer for real. */
import type { Both } from '../../i18n';
import { codeOf } from '../model/code';

/** Is this server a demo? No answer is no. */
export async function isDemo(): Promise<boolean> {
  const about = await asked('/api/about', 'GET');
  return typeof about?.demo === 'object' && about.demo !== null;
}

/** Another volunteer whom this phone may belong to: who does something else. */
export interface DemoVolunteer {
  readonly id: string;
  readonly name: string;
  readonly team: Both;
}

export async function demoVolunteers(): Promise<readonly DemoVolunteer[]> {
  const given = await asked('/api/demo/volunteers', 'GET');
  return Array.isArray(given) ? (given as DemoVolunteer[]) : [];
}

/** A code for the demo's volunteer or another of its people; null where this server gives none (others can reach it). */
export async function demoCode(user: string | null): Promise<string | null> {
  const given = await asked(`/api/demo/enrolment${user === null ? '' : `?user=${user}`}`, 'POST');
  return typeof given?.code === 'string' ? codeOf(given.code) : null;
}

/** What this phone is to have begun and not finished, the first time that it is the demo's. */
export interface Begun {
  readonly person: string;
  readonly form: string;
  readonly door: string;
  readonly answers: Readonly<Record<string, string>>;
}

export async function demoDraft(): Promise<Begun | null> {
  const given = await asked('/api/demo/draft', 'GET');
  return given === null ? null : (given as unknown as Begun);
}

let tried = false;

/** She came in by the demo's own door, in this life of the page. */
export const cameByDoor = (): boolean => tried;
export const nowByDoor = (): void => {
  tried = true;
};

async function asked(path: string, method: 'GET' | 'POST'): Promise<Record<string, unknown> | null> {
  try {
    const answer = await fetch(path, { method });
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
