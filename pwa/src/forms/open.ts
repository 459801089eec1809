/** Opens a form, new, from a draft, or to change what was sent: fetches the engine and the lists, and takes up what was written. */
import { type Draft, withHidden } from './draft';
import type { Filling } from './filling';
import { type Files, type FormFiles, formFilesOf } from './files';
import { type FormFile, readFormFile } from './formfile';
import { csvOf, type ListRow, type ListRows, overlay } from './lists';
import { OpenFilling } from './open-filling';
import type { Instance, LoadedForm } from './model';
import { Sent } from './sent';
import { load } from './xform';

export interface OpenForm {
  readonly xform: string;
  /** The rows of a list that this record may refer to; rejects when there is no such list. */
  readonly lists: (name: string) => Promise<readonly ListRow[]>;
  /** A file that the form brings along; left out where there is none to show. */
  readonly files?: Files | undefined;
  readonly user: { readonly name: string; readonly device: string };
  readonly draft?: Draft | undefined;
  /** The rows that the draft had read. */
  readonly listRows?: ListRows | undefined;
  /** The record that was sent, to be changed; `draft` then is one of this edit. */
  readonly edit?: { readonly xml: string } | undefined;
  /**
   * Editing: the only paths that may be changed (what was asked, with its `closure`). Besides them opens whatever must be
   * answered and was not asked before. Left out or null: all of them.
   */
  readonly open?: readonly string[] | null | undefined;
}

export async function openForm(source: OpenForm): Promise<Filling> {
  const lists = new Map<string, readonly ListRow[]>();
  const file = readFormFile(source.xform);
  const files = formFilesOf(file, source.files);
  const list = async (named: string) => {
    if (file.files.has(named)) return textOf(files, named);
    const name = named.replace(/\.csv$/, '');
    const rows = overlay(await source.lists(name), source.listRows?.[name]);
    lists.set(name, rows);
    return csvOf(rows);
  };
  const form = await load({ xform: source.xform, user: source.user, list });
  try {
    const { draft, edit } = source;
    const sent = edit === undefined ? null : new Sent(source.xform, edit.xml, source.open ?? null);
    const first = await begin(form, file, source);
    const filling = new OpenFilling(form, { file, files }, lists, first, sent);
    if (draft !== undefined) await filling.takeUp(draft);
    return filling;
  } catch (cause) {
    form.dispose();
    files.dispose();
    throw cause;
  }
}

async function textOf(files: FormFiles, name: string): Promise<string> {
  const text = await files.text(name);
  if (text === null) throw new RangeError(`${name} is not here`);
  return text;
}

function begin(form: LoadedForm, file: FormFile, { draft, edit }: OpenForm): Instance | Promise<Instance> {
  if (draft !== undefined) return form.restore(withHidden(draft, file.repeats));
  return edit === undefined ? form.create() : form.edit(edit.xml);
}
