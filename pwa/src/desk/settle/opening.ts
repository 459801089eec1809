/**
 * Opens a merged record in the renderer of the phone, as a record that was sent: everything is locked but what is asked
 * only since it was merged, or does not fit together any more. What it writes is the settled record.
 */
import type { Versions, Woven } from '../../api/types';
import { type Files, type Filling, openForm } from '../../forms';

export type MergedRecord = Woven['body']['records'][number];
export type MergedForm = Versions['forms'][number];

export interface Opening {
  xform: string;
  user: string;
  files: Files;
}

export function openMerged(record: MergedRecord, { xform, user, files }: Opening): Promise<Filling> {
  return openForm({
    xform,
    lists: (name) => Promise.resolve(record.list_rows[name] ?? []),
    files,
    user: { name: user, device: 'desk' },
    edit: { xml: record.xml },
    open: [],
  });
}

/** The record as the renderer writes it when nobody has anything to add; null where it asks for something. */
export async function rewritten(record: MergedRecord, opening: Opening): Promise<string | null> {
  const filling = await openMerged(record, opening);
  try {
    const finished = await filling.finish();
    return finished.ok ? finished.xml : null;
  } finally {
    filling.dispose();
  }
}
