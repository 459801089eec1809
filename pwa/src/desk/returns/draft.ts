/**
 * A return while it is written: which answers are asked about, in whose words, by what day. Kept for each visit until it
 * is sent, so that looking something up in between costs nothing. In memory only: the desk keeps no copy of anything.
 */
import { createStore, reconcile } from 'solid-js/store';
import type { Attachment, Comment, RecordView } from '../../api/types';
import type { Both } from '../../i18n';
import { inWorkingDays } from './working-days';

/** One answer that can be asked about. */
export interface Askable {
  key: string;
  record: string;
  /** the record where the visit has several, and whom it names */
  title: { title: Both; about: string | null } | null;
  path: string;
  label: Both;
  value: Both;
  attachment: Attachment | null;
}

export interface ReturnDraft {
  asked: Record<string, boolean>;
  words: Record<string, string>;
  overall: string;
  /** null: no day is named; undefined: nobody has said, so it is the usual one */
  byDay: string | null | undefined;
}

const USUAL_DAYS = 3;
const blank = (): ReturnDraft => ({ asked: {}, words: {}, overall: '', byDay: undefined });

const [drafts, setDrafts] = createStore<Record<string, ReturnDraft>>({});

export interface ReturnEditor {
  draft: () => ReturnDraft;
  ask: (key: string, on: boolean) => void;
  say: (key: string, words: string) => void;
  sayOverall: (words: string) => void;
  setByDay: (day: string | null) => void;
  /** After it was sent. What comes back can be put back, when the sending is taken back. */
  clear: () => ReturnDraft;
  putBack: (draft: ReturnDraft) => void;
}

/** `whose`: another person at the same desk writes her own. */
export function editReturn(whose: string, visit: string): ReturnEditor {
  const key = `${whose} ${visit}`;
  const draft = () => drafts[key] ?? blank();
  const change = (more: Partial<ReturnDraft>) => setDrafts(key, { ...draft(), ...more });
  return {
    draft,
    ask: (field, on) => change({ asked: { ...draft().asked, [field]: on } }),
    say: (field, words) => change({ words: { ...draft().words, [field]: words } }),
    sayOverall: (overall) => change({ overall }),
    setByDay: (byDay) => change({ byDay }),
    clear: () => {
      const { asked, words, ...more } = draft();
      const was = { ...more, asked: { ...asked }, words: { ...words } };
      setDrafts(key, reconcile(blank()));
      return was;
    },
    putBack: (was) => setDrafts(key, reconcile(was)),
  };
}

/** Answers that somebody gave, in the order of the form; what the form worked out by itself nobody can mend. */
export function askables(records: readonly RecordView[]): Askable[] {
  return records.flatMap((record) =>
    record.answers
      .filter((answer) => !answer.calculated)
      .map((answer) => ({
        key: `${record.record} ${answer.path}`,
        record: record.record,
        title: records.length > 1 ? { title: record.title, about: record.about } : null,
        path: answer.path,
        label: answer.label,
        value: answer.value_text,
        attachment: answer.attachment,
      })),
  );
}

export const dayOfDraft = (draft: ReturnDraft, today: string): string | null =>
  draft.byDay === undefined ? inWorkingDays(today, USUAL_DAYS) : draft.byDay;

export interface ReturnBody {
  kind: 'return';
  words: string | null;
  by_day: string | null;
  comments: Comment[];
}

/** What is still missing before it can be sent. */
export type Missing = { at: 'field'; key: string } | { at: 'overall' } | { at: 'day' };

export function missingIn(draft: ReturnDraft, fields: readonly Askable[], today: string): Missing | null {
  const asked = fields.filter(({ key }) => draft.asked[key]);
  const silent = asked.find(({ key }) => (draft.words[key] ?? '').trim() === '');
  if (silent !== undefined) return { at: 'field', key: silent.key };
  if (asked.length === 0 && draft.overall.trim() === '') return { at: 'overall' };
  const day = dayOfDraft(draft, today);
  return day !== null && day < today ? { at: 'day' } : null;
}

export function bodyOf(draft: ReturnDraft, fields: readonly Askable[], today: string): ReturnBody {
  const comments = fields
    .filter(({ key }) => draft.asked[key])
    .map(({ key, record, path }) => ({ record, path, text: (draft.words[key] ?? '').trim() }));
  return { kind: 'return', words: draft.overall.trim() || null, by_day: dayOfDraft(draft, today), comments };
}

/** A quick word joins what is there already; a second tap on the same one changes nothing. */
export function withQuick(words: string, quick: string, comma: string, stop: string): string {
  const said = words.trim();
  if (said === '') return quick;
  if (said.includes(quick)) return words;
  return `${said}${said.endsWith(stop) || said.endsWith(comma) ? '' : comma}${quick}`;
}
