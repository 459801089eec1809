/**
 * The one door to @getodk/xforms-engine: loads a form and takes answers; xform-nodes.ts shows the engine's nodes as ours.
 *
 * - The engine is a chunk of its own (226 kB), fetched at first use or by `warm()`. Under a CSP without
 *   'wasm-unsafe-eval' its top-level await never settles, so loading has a deadline and then says so.
 * - It keeps the state that we read in one shallow signal a property (`stateFactory`), which makes every getter here
 *   reactive in Solid; both are built on the same copy of it.
 * - Of photos and recordings it knows names. It takes files, so it is given one of one byte by the name that shall stand
 *   in the record; a name that it finds in a record stays without a file.
 * - The form is loaded inside a root of our own, so that `dispose` stops every computation that the engine started.
 */
import type * as XFormsEngine from '@getodk/xforms-engine';
import { batch, createRoot, createSignal } from 'solid-js';
import { chosenOf, type Instance, type LoadedForm, walk } from './model';
import { FormProblem } from './problems';
import { type EngineNode, Nodes } from './xform-nodes';

const LATEST_MS = 20_000;

/** By its type the engine knows how to read a list. */
const LISTS: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  geojson: 'application/geo+json',
  xml: 'text/xml',
};
const endingOf = (file: string): string => file.slice(file.lastIndexOf('.') + 1);
type Engine = Pick<typeof XFormsEngine, 'loadForm'>;

export interface FormSource {
  readonly xform: string;
  /** A list that the form reads, by its file's name (people.csv, areas.geojson); rejects when there is none. */
  readonly list: (file: string) => Promise<string>;
  readonly user: { readonly name: string; readonly device: string };
}

/** Fetches the engine while nothing else is to do, so that the first form opens at once. Never an instance: it stamps the start. */
export async function warm(): Promise<void> {
  await engine();
}

export async function engine(): Promise<Engine> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FormProblem('engineLate')), LATEST_MS);
  });
  const fetched = import('@getodk/xforms-engine').catch((cause: unknown) => {
    throw new FormProblem('engineMissing', { cause });
  });
  try {
    return await Promise.race([fetched, late]);
  } finally {
    clearTimeout(timer);
  }
}

export async function load(source: FormSource): Promise<LoadedForm> {
  const { loadForm } = await engine();
  let missing: unknown = null;
  const fetchFormAttachment = async (url: URL) => {
    try {
      const name = decodeURIComponent(url.pathname.slice(1));
      return new Response(await source.list(name), { headers: { 'content-type': LISTS[endingOf(name)] ?? '' } });
    } catch (cause) {
      missing = cause ?? url.href;
      throw cause;
    }
  };
  const [loading, dispose] = createRoot((stop) => [loadForm(source.xform, { fetchFormAttachment }), stop] as const);
  const form = await loading;
  if (form.status === 'failure') {
    dispose();
    throw missing === null
      ? new FormProblem('formUnreadable', { cause: form.error })
      : new FormProblem('listMissing', { cause: missing });
  }
  return { ...instancesOf(form, source.user), dispose };
}

function instancesOf(
  form: XFormsEngine.InstantiableLoadFormResult,
  user: FormSource['user'],
): Omit<LoadedForm, 'dispose'> {
  const config = { stateFactory, preloadProperties: { deviceID: user.device, username: user.name } };
  return {
    create: () => {
      try {
        return instanceOf(form.createInstance(config).root);
      } catch (cause) {
        throw new FormProblem('formUnreadable', { cause });
      }
    },
    async restore(xml) {
      const data = new FormData();
      data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
      try {
        const input = { data: [data as unknown as XFormsEngine.InstanceData] } as const;
        return instanceOf((await form.restoreInstance(input, config)).root);
      } catch (cause) {
        throw new FormProblem('draftUnreadable', { cause });
      }
    },
    async edit(xml) {
      try {
        const sent = { inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE', resolveInstance: () => xml } as const;
        return instanceOf((await form.editInstance({ ...sent, attachments: new Map() }, config)).root);
      } catch (cause) {
        throw new FormProblem('sentUnreadable', { cause });
      }
    },
  };
}

export function stateFactory<T extends object>(initial: T): T {
  const state = {} as T;
  for (const key of Object.keys(initial) as (keyof T)[]) {
    const [get, set] = createSignal(initial[key]);
    Object.defineProperty(state, key, { enumerable: true, get, set: (value: T[keyof T]) => set(() => value) });
  }
  return state;
}

function instanceOf(root: XFormsEngine.RootNode): Instance {
  const nodes = new Nodes(root as unknown as EngineNode);
  const languages = new Map<string, (typeof root.languages)[number]>();
  for (const each of root.languages) languages.set(codeOf(each.language), each);
  return {
    root: nodes.root,
    languages: [...languages.keys()].filter(Boolean),
    speak(code) {
      const language = languages.get(code);
      if (language !== undefined && language.isSyntheticDefault !== true) root.setLanguage(language);
    },
    xml: () => root.instanceState.instanceXML,
    assign(question, value) {
      const node = nodes.engineOf(question);
      batch(() => {
        if (node?.selectValues !== undefined) node.selectValues(chosenOf(question, value));
        else if (node?.setValues !== undefined) node.setValues(value.split(' ').filter(Boolean));
        else if (node?.nodeType === 'upload') node.setValue?.(fileOf(value));
        else if (node?.nodeType === 'trigger') node.setValue?.(value !== '');
        else if (node?.setValue !== undefined) node.setValue(value);
        else throw new TypeError(`${question.path} takes no answer here`);
      });
    },
    giveBack(question, held) {
      const node = nodes.engineOf(question);
      const chosen = node?.selectValues !== undefined || node?.setValues !== undefined;
      if (chosen) batch(() => node.valueState?.[1](chosenOf(question, held)));
      else this.assign(question, held);
    },
    add(repeat) {
      batch(() => nodes.engineOf(repeat)?.addInstances?.());
    },
    remove(row) {
      const repeat = [...walk(nodes.root)].find((node) => node.kind === 'repeat' && node.rows.includes(row));
      if (repeat !== undefined) batch(() => nodes.engineOf(repeat)?.removeInstances?.(row.n - 1, 1));
    },
    async seal() {
      await root.prepareInstancePayload();
    },
  };
}

/** A blank is a file too: `null` would bring back the name that the record had when it was opened. */
function fileOf(name: string): File {
  return name === '' ? new File([], '') : new File([new Uint8Array(1)], name);
}

/** pyxform names a language "中文 (zh)". */
function codeOf(name: string): string {
  return /\(([\w-]+)\)\s*$/.exec(name)?.[1] ?? name;
}
