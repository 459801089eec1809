/**
 * Opens a record that could not be taken, in the renderer of the phone: with the rows that it read, in the version that
 * the county has. What was never a form of any kind is begun anew, to be filled in from what came.
 */
import type { Mendable } from '../../api/types';
import { type Files, type Filling, FormProblem, type ListRow, type ListRows, openForm } from '../../forms';

export type BrokenRecord = Mendable['body']['records'][number];
export type FittingForm = Mendable['forms'][number];

export interface Opening {
  filling: Filling;
  /** nothing of what came could be read */
  anew: boolean;
}

export interface OpenRecord {
  record: BrokenRecord;
  form: FittingForm;
  xform: string;
  /** the person whom the visit is about, where the record itself lost her row */
  person: { list: string; id: string; label: string } | null;
  user: string;
  files: Files;
  /** what the county could not read as XML is not tried again */
  readable: boolean;
}

export async function openRecord({ record, form, xform, person, user, files, readable }: OpenRecord): Promise<Opening> {
  const rows = rowsOf(record, person);
  const source = {
    xform,
    lists: (name: string) => Promise.resolve(rows[name] ?? []),
    files,
    user: { name: user, device: 'desk' },
  };
  const xml = readable ? inVersion(record.xml, form.version) : null;
  if (xml === null) return { filling: await openForm(source), anew: true };
  try {
    return { filling: await openForm({ ...source, draft: { v: 1, xml, hidden: [], typed: [] } }), anew: false };
  } catch (cause) {
    if (cause instanceof FormProblem && cause.code === 'draftUnreadable')
      return { filling: await openForm(source), anew: true };
    throw cause;
  }
}

/** The rows that the record read, and the person of the visit among them. */
export function rowsOf(record: Pick<BrokenRecord, 'list_rows'>, person: OpenRecord['person']): ListRows {
  const read: Record<string, readonly ListRow[]> = { ...record.list_rows };
  if (person === null) return read;
  const known = read[person.list] ?? [];
  if (known.some((row) => row.name === person.id)) return read;
  return { ...read, [person.list]: [...known, { name: person.id, label: person.label }] };
}

/** The county reads the version from the record's first element; null where it is no XML. */
export function inVersion(xml: string, version: string): string | null {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  if (document.getElementsByTagName('parsererror').length > 0) return null;
  document.documentElement.setAttribute('version', version);
  return new XMLSerializer().serializeToString(document);
}
