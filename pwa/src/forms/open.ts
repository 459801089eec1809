/** Opens a form, new or from a draft: fetches the engine and the lists, and takes up what was written. */
import type { Draft } from './draft';
import type { Filling } from './filling';
import { readFormFile } from './formfile';
import { csvOf, type ListRow, type ListRows, overlay } from './lists';
import { OpenFilling } from './open-filling';
import { load } from './xform';

export interface OpenForm {
  readonly xform: string;
  /** The rows of a list that this record may refer to; rejects when there is no such list. */
  readonly lists: (name: string) => Promise<readonly ListRow[]>;
  readonly user: { readonly name: string; readonly device: string };
  readonly draft?: Draft | undefined;
  /** The rows that the draft had read. */
  readonly listRows?: ListRows | undefined;
}

export async function openForm(source: OpenForm): Promise<Filling> {
  const lists = new Map<string, readonly ListRow[]>();
  const list = async (name: string) => {
    const rows = overlay(await source.lists(name), source.listRows?.[name]);
    lists.set(name, rows);
    return csvOf(rows);
  };
  const form = await load({ xform: source.xform, user: source.user, list });
  try {
    const { draft } = source;
    const instance = draft === undefined ? form.create() : await form.restore(draft.xml);
    const filling = new OpenFilling(form, readFormFile(source.xform), lists, instance);
    if (draft !== undefined) await filling.takeUp(draft);
    return filling;
  } catch (cause) {
    form.dispose();
    throw cause;
  }
}
