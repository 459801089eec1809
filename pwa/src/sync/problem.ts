/** What the county said went wrong, as its catalogue writes it (RFC 9457), in the words for her. */
import type { Problem } from './engine';

export interface Told extends Problem {
  /** With `clock_off`: the county's time. */
  readonly server_time?: string;
  /** With `photo_offset`: the byte to go on from. */
  readonly offset?: number;
}

const member = (value: object, name: string): string => {
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' ? found : '';
};

/** The problem in a body; null when the body is not the county's (a proxy, a hotel's sign-in page). */
export function problemIn(body: unknown): Told | null {
  if (typeof body !== 'object' || body === null || member(body, 'code') === '') return null;
  const told = { code: member(body, 'code'), title: member(body, 'title'), next: member(body, 'detail') };
  const time = member(body, 'server_time');
  const offset = (body as { offset?: unknown }).offset;
  return {
    ...told,
    ...(time === '' ? {} : { server_time: time }),
    ...(Number.isSafeInteger(offset) ? { offset: offset as number } : {}),
  };
}

/** A problem that this phone names itself. */
export const plain = (code: string): Problem => ({ code, title: '', next: '' });
