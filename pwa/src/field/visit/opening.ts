/** Opens the form of one record with what its visit knows already put into it. Nothing here saves or draws. */
import { asDraft, closure, type Filling, openForm } from '../../forms';
import type { DraftRecord, DraftState, FormHead, Store } from '../../store';
import { subjectOf } from './records';
import { rowsOf } from './rows';
import { factsOf, knownBefore, type Preset, type RecordScreen, recordScreenOf } from './start';

/**
 * What its own version says it is, whatever has been published since; of a record that was sent before, the one that is
 * nearest to it.
 */
export function headOf(
  { form, version, head }: Pick<DraftRecord, 'form' | 'version' | 'head'>,
  heads: readonly FormHead[],
): FormHead | undefined {
  const same = heads.filter((each) => each.form === form);
  return head ?? same.find((each) => each.version === version) ?? same[0];
}

export type FormNeeds = Pick<Store, 'identity' | 'forms' | 'xform' | 'formFile' | 'entities' | 'entity' | 'places'>;

export interface OpenRecord {
  readonly head: FormHead;
  readonly filling: Filling;
  readonly screen: RecordScreen;
  /** A fact of the visit is not as the form had it: what was finished before is to be finished again. */
  readonly moved: boolean;
}

/** Null when the form is not on this phone. Throws FormProblem. */
export async function openRecord(store: FormNeeds, state: DraftState, record: DraftRecord): Promise<OpenRecord | null> {
  const [xform, heads] = await Promise.all([store.xform(record.sha256), store.forms()]);
  const head = headOf(record, heads);
  if (xform === null || head === undefined) return null;
  const about = { subject: subjectOf(state, record), place: head.binds.place === null ? null : state.place };
  const before = asDraft(record.filling);
  const filling = await openForm({
    xform,
    user: { name: store.identity.user.name, device: store.identity.device },
    lists: (name) => rowsOf(name, about, store),
    files: async ({ sha256 }) => {
      const file = await store.formFile(sha256);
      return file === null ? null : new Blob([file.bytes], { type: file.type });
    },
    draft: before ?? undefined,
    listRows: record.list_rows,
    edit: record.sent,
    open: openPaths(xform, record, state),
  });
  const kept = recordScreenOf(state, record);
  if (before === null) for (const [path, value] of kept.preset) filling.set(path, value);
  let moved = false;
  for (const [path, value] of [...factsOf(head, { ...state, subject: about.subject }), ...nobodyListed(head, record)]) {
    // another version than the head's may not ask it
    if (filling.question(path) === null || filling.get(path) === value) continue;
    filling.set(path, value);
    moved = true;
  }
  const told = record.sent === undefined || kept.preset.length > 0;
  const preset = told ? kept.preset : knownBefore(head, filling);
  const step = (record.done ?? null) === null ? kept.step : null; // what was finished is looked over from its beginning
  return { head, filling, screen: { step, preset }, moved };
}

/** It is about somebody who is on no list, whoever was chosen before. */
function nobodyListed({ binds }: FormHead, { subject, sent }: DraftRecord): Preset[] {
  return subject === null && sent === undefined && binds.subject !== null ? [[binds.subject, '']] : [];
}

/** Of a record that came back only what was asked, and what depends on that; null: all of it. */
function openPaths(xform: string, { record }: DraftRecord, { correction }: DraftState): string[] | null {
  const asked = correction?.asked.filter((each) => each.record === record) ?? [];
  if (asked.length === 0) return null;
  return closure(
    xform,
    asked.map(({ path }) => path),
  );
}
