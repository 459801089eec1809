/**
 * Why something did not happen, in words for the person at the desk. The server's problems (RFC 9457) come with their
 * words; what has no answer at all (no network, a proxy's page) gets ours.
 */
import { t } from '../i18n';

export class ApiProblem extends Error {
  constructor(
    /** stable, for programs; `no_answer` when nobody answered */
    readonly code: string,
    readonly status: number,
    readonly title: string,
    /** what to do next */
    readonly next: string,
    readonly params: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${title} ${next}`);
    this.name = 'ApiProblem';
  }
}

export const noAnswer = (): ApiProblem => new ApiProblem('no_answer', 0, t('desk.noAnswer'), t('desk.noAnswerNext'));

/** The problem that a response tells of. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (typeof body !== 'object' || body === null || !('code' in body)) {
    if (response.status >= 502 && response.status <= 504) return noAnswer();
    return new ApiProblem('broken', response.status, t('desk.broken'), t('desk.brokenNext'));
  }
  const { code, title, detail, ...params } = body as Record<string, unknown>;
  return new ApiProblem(text(code), response.status, text(title), text(detail), params);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Any thrown thing as a problem, so that a page has one kind of failure to show. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem('broken', 0, t('desk.broken'), t('desk.brokenNext'));
}
