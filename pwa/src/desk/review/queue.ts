/**
 * The list that a reviewer works through: its pages, what is ticked, and what has just been decided. A decision is the
 * server's before it is shown; the row then leaves the list, the next one opens, and an undo is offered.
 */
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { ApiProblem, asProblem } from '../../api/problem';
import type { Approvals, Decision, Draft, QueueItem, QueuePage, Settled, VisitFacts } from '../../api/types';
import { inWords, t } from '../../i18n';
import { toast } from '../../ui';
import { createLoad } from '../parts/load';
import type { ReturnBody } from '../returns/draft';
import { api } from '../session/session';
import type { Filter } from './filters';

const PAGE = 50;
const MOST = 200;

export type Queue = ReturnType<typeof createQueue>;

export function createQueue(
  filter: Accessor<Filter>,
  open: Accessor<string | null>,
  go: (visit: string | null) => void,
) {
  const [wanted, setWanted] = createSignal(PAGE);
  const [ticked, setTicked] = createSignal<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);

  const key = createMemo(() => JSON.stringify(filter()));
  const load = createLoad(key, (_key, signal) =>
    api.ask<QueuePage>('/api/desk/queue', { query: { ...filter(), limit: wanted() }, signal }),
  );
  const items = (): QueueItem[] => load.value()?.items ?? [];
  const at = (): number => items().findIndex((item) => item.visit === open());
  const chosen = (): QueueItem[] => items().filter((item) => ticked().has(item.visit));

  async function more(): Promise<void> {
    const page = load.value();
    if (page?.next === null || page === null) return;
    const next = await api.ask<QueuePage>('/api/desk/queue', { query: { ...filter(), after: page.next, limit: PAGE } });
    const known = new Set(page.items.map((item) => item.visit));
    load.set({ ...next, items: [...page.items, ...next.items.filter((item) => !known.has(item.visit))] });
    setWanted(Math.min(MOST, items().length));
  }

  function tick(visit: string, on: boolean): void {
    const next = new Set(ticked());
    if (on) next.add(visit);
    else next.delete(visit);
    setTicked(next);
  }

  /** The neighbour that is opened when these leave the list. */
  function after(leaving: ReadonlySet<string>): string | null {
    const list = items();
    const from = Math.max(0, at());
    const stays = (item: QueueItem) => !leaving.has(item.visit);
    return (list.slice(from).find(stays) ?? list.slice(0, from).reverse().find(stays))?.visit ?? null;
  }

  /** Why nothing was decided, or null. Afterwards the list is the server's again, and the next visit is open. */
  async function decide(
    visits: readonly QueueItem[],
    send: () => Promise<Decision[]>,
    tell: (decisions: readonly Decision[], first: QueueItem) => void,
  ): Promise<ApiProblem | null> {
    if (busy() || visits.length === 0) return null;
    setBusy(true);
    setProblem(null);
    let problem: ApiProblem | null = null;
    try {
      const decisions = await send();
      const leaving = new Set(decisions.map((decision) => decision.visit));
      const next = open() !== null && !leaving.has(open() ?? '') ? open() : after(leaving);
      setTicked(new Set([...ticked()].filter((visit) => !leaving.has(visit))));
      const first = visits.find((item) => leaving.has(item.visit));
      if (first !== undefined) tell(decisions, first);
      await load.reload();
      go(next);
    } catch (thrown) {
      problem = asProblem(thrown);
      await load.reload();
    }
    setBusy(false);
    return problem;
  }

  const post = (visit: string, body: Draft): Promise<Decision> =>
    api.ask<Decision>(`/api/visits/${visit}/decisions`, { method: 'POST', body });

  const tellApproved = (decisions: readonly Decision[], first: QueueItem) => {
    const words =
      decisions.length === 1
        ? t('desk.approvedOne', { what: titleOf(first) })
        : t('desk.approvedMany', { n: decisions.length });
    toast(words, { undo: () => void undo(decisions, first.visit) });
  };

  async function approve(item: QueueItem): Promise<void> {
    const send = async () => [
      {
        ...(await post(item.visit, { kind: 'approve', revision: item.revision, words: null, by_day: null })),
        visit: item.visit,
      },
    ];
    const problem = await decide([item], send, tellApproved);
    if (problem !== null) setProblem(problem);
  }

  async function approveTicked(): Promise<void> {
    const several = chosen();
    let stay: ApiProblem | null = null;
    const send = async () => {
      const body: Approvals = { items: several.map((item) => ({ visit: item.visit, revision: item.revision })) };
      const { results } = await api.ask<{ results: Settled[] }>('/api/desk/approvals', { method: 'POST', body });
      const stuck = results.filter((each) => each.problem !== null);
      const first = stuck[0]?.problem;
      if (first) {
        const title = t('desk.someStay', { n: stuck.length, why: first.title });
        stay = new ApiProblem('some_stay', 409, title, first.detail);
      }
      return results.flatMap((each) => (each.decision === null ? [] : [{ ...each.decision, visit: each.visit }]));
    };
    const problem = (await decide(several, send, tellApproved)) ?? stay;
    if (problem !== null) setProblem(problem);
  }

  /** Asks the author to mend something. What stands in the way is for the dialog, which stays open with what was written. */
  function giveBack(item: QueueItem, body: ReturnBody, putBack: () => void): Promise<ApiProblem | null> {
    const send = async () => [{ ...(await post(item.visit, { ...body, revision: item.revision })), visit: item.visit }];
    return decide([item], send, (decisions) => {
      const takeBack = () => {
        putBack();
        void undo(decisions, item.visit);
      };
      toast(t('desk.returnedOne', { who: item.user_name, what: titleOf(item) }), { undo: takeBack });
    });
  }

  async function undo(decisions: readonly Pick<Decision, 'id'>[], back: string): Promise<void> {
    setProblem(null);
    try {
      for (const decision of decisions) await api.ask(`/api/decisions/${decision.id}/undo`, { method: 'POST' });
      toast(t('desk.undone'));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    await load.reload();
    go(back);
  }

  function step(by: 1 | -1): void {
    const next = items()[at() < 0 ? 0 : at() + by];
    if (next === undefined) return;
    setProblem(null);
    go(next.visit);
  }

  return {
    items,
    page: load.value,
    loading: load.loading,
    loadProblem: load.problem,
    reload: load.reload,
    more,
    at,
    ticked,
    tick,
    tickAll: (on: boolean) => setTicked(new Set(on ? items().map((item) => item.visit) : [])),
    chosen,
    approve,
    approveTicked,
    giveBack,
    undo,
    step,
    busy,
    problem,
    tell: (thrown: unknown) => setProblem(asProblem(thrown)),
    forget: () => setProblem(null),
  };
}

/** 朴顺姬 · 上门照料 */
export function titleOf(item: Pick<QueueItem, 'subject_label' | 'place_label' | 'team_name' | 'form_title'>): string {
  return `${whomOf(item)} · ${inWords(item.form_title)}`;
}

export function whomOf(item: Pick<QueueItem, 'subject_label' | 'place_label' | 'team_name'>): string {
  return item.subject_label ?? item.place_label ?? inWords(item.team_name);
}

/** Everybody who took part by name, and how many others. */
export function whoCame(visit: Pick<VisitFacts, 'participants' | 'helpers_unnamed' | 'user_name'>): string {
  const { participants, helpers_unnamed: n, user_name } = visit;
  const names = participants.length > 1 ? participants.map((each) => each.name).join(t('desk.and')) : user_name;
  return n === 0 ? names : t('desk.withHelpers', { names, n, all: Math.max(1, participants.length) + n });
}
