/**
 * The records of one visit. A visit to a person has one. At an event of a team (a clinic morning) its own form comes
 * first, and beside it as many about single persons as came, each a form and a draft of its own under one check-in;
 * which form that is, and what it answers at its door, the programme says (`doors.event`).
 */
import type { DraftRecord, DraftState, FormHead, Programme, Store } from '../../store';
import { newId } from '../../sync/ids';
import type { Subject } from '../../sync/messages';
import { type Change, left } from './holding';
import { changeDraft } from './searches';

export interface AddedForm {
  readonly form: FormHead;
  readonly answer: string;
}

/** What may be added to this visit; null where it has one record. */
export function addedForm(
  { subject, place, programme, records }: Pick<DraftState, 'subject' | 'place' | 'programme' | 'records'>,
  programmes: readonly Programme[],
  forms: readonly FormHead[],
): AddedForm | null {
  if (subject !== null || place === null) return null;
  const way = programmes.find(({ key }) => key === programme)?.doors?.event;
  const form = forms.find((each) => each.form === way?.form);
  const held = way?.at === undefined || way.at === records[0]?.form;
  return way === undefined || !held || form === undefined || form.binds.subject === null
    ? null
    : { form, answer: way.answer };
}

/** Where a draft is gone on with: on the page of its records, or straight in the one form that it is about. */
export function wayInto({ records, correction }: DraftState, added: AddedForm | null): 'records' | 'form' {
  const asked = new Set(correction?.asked.map(({ record }) => record));
  if (asked.size === 1) return 'form';
  return records.length > 1 || added !== null ? 'records' : 'form';
}

/** `asked`: so many places of a reviewer's, not answered yet. `sent`: as the county has it. */
export type RecordState =
  | { at: 'empty' }
  | { at: 'begun' }
  | { at: 'done' }
  | { at: 'sent' }
  | { at: 'asked'; places: number };

export function stateOf(record: DraftRecord, { correction }: Pick<DraftState, 'correction'>): RecordState {
  if ((record.done ?? null) !== null) return { at: 'done' };
  const places = new Set(correction?.asked.flatMap((each) => (each.record === record.record ? [each.path] : []))).size;
  if (places > 0) return { at: 'asked', places };
  if (record.filling !== null) return { at: 'begun' };
  return record.sent === undefined ? { at: 'empty' } : { at: 'sent' };
}

/** Whom a record is about: at an event the person whom it was added for, else the visit's. */
export const subjectOf = (state: Pick<DraftState, 'subject'>, record: DraftRecord): Subject | null =>
  record.subject ?? state.subject;

export function newRecord({ form, answer }: AddedForm, subject: Subject | null): DraftRecord {
  const preset: (readonly [string, string])[] = [];
  if (form.binds.subject !== null) preset.push([form.binds.subject, subject?.id ?? '']);
  if (form.binds.door !== null) preset.push([form.binds.door, answer]);
  return {
    record: newId(),
    form: form.form,
    version: form.version,
    sha256: form.sha256,
    head: form,
    filling: null,
    list_rows: {},
    subject,
    screen: { step: null, preset },
  };
}

export const withRecord =
  (record: DraftRecord, at = Infinity): Change =>
  (state) => ({ ...state, records: [...state.records.slice(0, at), record, ...state.records.slice(at)] });

/** The visit's own record stays: without it there is no visit. */
export const withoutRecord =
  (record: string): Change =>
  (state) => ({ ...state, records: state.records.filter((each, index) => index === 0 || each.record !== record) });

type Drafts = Pick<Store, 'loadDraft' | 'saveDraft'>;

/** Its id: the form to be opened next. */
export async function addRecord(
  store: Drafts,
  visit: string,
  added: AddedForm,
  subject: Subject | null,
): Promise<string> {
  const record = newRecord(added, subject);
  await left(visit);
  await changeDraft(store, visit, withRecord(record));
  return record.record;
}

/** Another person for a record that is being filled: its form takes it over when it is opened next. */
export async function putRecordAbout(
  store: Drafts,
  visit: string,
  record: string,
  subject: Subject | null,
): Promise<void> {
  await left(visit);
  await changeDraft(store, visit, (state) => ({
    ...state,
    records: state.records.map((each) => (each.record === record ? { ...each, subject, done: null } : each)),
  }));
}

/** Whether the form puts somebody on the list who is not there yet. */
export const makesEntries = (xform: string): boolean => /<(?:\w+:)?entity\b[^>]*\screate=/.test(xform);

/** What the list calls whom a finished record is about, by the record itself. */
export function labelIn(xml: string): string | null {
  const root = new DOMParser().parseFromString(xml, 'text/xml');
  const label = root.querySelector(':root > meta > entity > label')?.textContent.trim() ?? '';
  return label === '' ? null : label;
}

/** Nobody has put anything into the visit: no answer, nobody else who is there. */
export const isBare = (state: DraftState): boolean =>
  state.participants.length < 2 &&
  state.helpers_unnamed === 0 &&
  state.records.length === 1 &&
  state.records.every(({ filling, sent }) => filling === null && sent === undefined);
