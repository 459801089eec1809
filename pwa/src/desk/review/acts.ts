/**
 * What a reviewer does with the visit that is open: approve, send back to be mended, take either back, write a note. The
 * server decides first; then the list and the visit are its again.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { FollowLine, VisitDetail } from '../../api/types';
import { undoToast } from '../../ui';
import type { Follower } from '../follows/following';
import type { Load } from '../parts/load';
import { editReturn, type ReturnBody, type ReturnDraft, type ReturnEditor } from '../returns/draft';
import { api, me } from '../session/session';
import type { Queue } from './queue';

export interface ActsParts {
  queue: Queue;
  detail: Load<VisitDetail>;
  /** the visit on screen, null while it is loaded */
  shown: Accessor<VisitDetail | null>;
  mayReview: Accessor<boolean>;
  /** the id in the address */
  visit: Accessor<string | null>;
}

/** Versions say different things of the same field: settled first, then approved. */
export const disputed = ({ visit }: VisitDetail): boolean => visit.flags.some(({ code }) => code === 'two_versions');

export type Acts = ReturnType<typeof createActs>;

export function createActs({ queue, detail, shown, mayReview, visit }: ActsParts) {
  const [returnOpen, openReturn] = createSignal(false);
  createEffect(on(visit, () => openReturn(false), { defer: true }));

  const mayDecide = () => mayReview() && (shown()?.visit.may.decide ?? true);
  const waits = () => shown()?.visit.state === 'received';
  const editor = (): ReturnEditor | null => {
    const id = visit();
    return id === null ? null : editReturn(me().user.id, id);
  };

  /** The decision that stands and could be taken back. */
  function standing(): { id: string; kind: 'approve' | 'return' } | undefined {
    const now = shown();
    const last = now?.decisions.findLast(({ kind, undone }) => (kind === 'approve' || kind === 'return') && !undone);
    if (last?.kind === 'approve' && now?.visit.state === 'approved') return { id: last.id, kind: 'approve' };
    if (last?.kind === 'return' && now?.visit.state === 'returned') return { id: last.id, kind: 'return' };
    return undefined;
  }

  async function approve(): Promise<void> {
    const now = shown();
    if (!mayReview()) return;
    if (queue.chosen().length > 0) await queue.approveTicked();
    else if (now !== null && waits() && mayDecide() && !disputed(now)) await queue.approve(now.visit);
    await detail.reload();
  }

  function beginReturn(): void {
    if (mayDecide() && waits()) openReturn(true);
  }

  /** Rejects with why not: the dialog stays, with what was written. */
  async function sendReturn(body: ReturnBody): Promise<void> {
    const [now, draft] = [shown(), editor()];
    if (now === null || draft === null) return;
    let written: ReturnDraft | null = null;
    const putBack = () => {
      if (written !== null) draft.putBack(written);
    };
    const problem = await queue.giveBack(now.visit, body, putBack);
    if (problem !== null) throw problem;
    written = draft.clear();
    openReturn(false);
    await detail.reload();
  }

  async function seeNewer(): Promise<void> {
    openReturn(false);
    await Promise.all([queue.reload(), detail.reload()]);
  }

  async function undo(): Promise<void> {
    const last = standing();
    if (undoToast() || !mayDecide() || last === undefined) return;
    await queue.undo([last], visit() ?? '');
    await detail.reload();
  }

  async function note(text: string): Promise<void> {
    await api.ask(`/api/visits/${visit()}/notes`, { method: 'POST', body: { text } });
    await detail.reload();
  }

  /** Rejects with why not. */
  async function follow(entity: string, follower: Follower): Promise<FollowLine> {
    const path = `/api/visits/${visit()}/follows/${entity}`;
    const said = await api.ask<FollowLine>(path, { method: 'PUT', body: follower });
    await detail.reload();
    return said;
  }

  return {
    mayDecide,
    standing,
    approve,
    beginReturn,
    leaveReturn: () => openReturn(false),
    returning: () => (returnOpen() ? editor() : null),
    sendReturn,
    seeNewer,
    undo,
    note,
    follow,
  };
}
