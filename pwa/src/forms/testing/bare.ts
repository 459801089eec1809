/**
 * For the bench: the engine alone, without anything of ours around it but the cheapest state that it takes. What a form
 * costs here is what no renderer can save.
 */
import type * as Engine from '@getodk/xforms-engine';
import { createRoot, createSignal } from 'solid-js';

type Root = Awaited<ReturnType<Engine.InstantiableLoadFormResult['restoreInstance']>>['root'];

/** What is touched of a node; its own types refer to a package that is not published. */
interface Node {
  readonly nodeType: string;
  readonly currentState: { readonly reference: string; readonly children: readonly Node[] | null };
  setValue?(value: string): unknown;
  addInstances?(): unknown;
}

export interface Bare {
  xml(): string;
  set(path: string, value: string): void;
  addRow(path: string): void;
  dispose(): void;
}

function stateFactory<T extends object>(initial: T): T {
  const state = {} as T;
  for (const key of Object.keys(initial) as (keyof T)[]) {
    const [get, set] = createSignal(initial[key]);
    Object.defineProperty(state, key, { enumerable: true, get, set: (value: T[keyof T]) => set(() => value) });
  }
  return state;
}

const config = { stateFactory };

/** Loads the form and makes an instance of it, new or from the XML of a draft. */
export async function bare(xform: string, xml?: string): Promise<Bare> {
  const { loadForm } = await import('@getodk/xforms-engine');
  const fetchFormAttachment = () => Promise.reject(new Error('the form has no files'));
  const [loading, dispose] = createRoot((stop) => [loadForm(xform, { fetchFormAttachment }), stop] as const);
  const form = await loading;
  if (form.status === 'failure') throw form.error;
  const { root } = xml === undefined ? form.createInstance(config) : await restored(form, xml);
  return { ...handles(root as Root), dispose };
}

function restored(form: Engine.InstantiableLoadFormResult, xml: string): Promise<{ root: unknown }> {
  const data = new FormData();
  data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
  return form.restoreInstance({ data: [data as unknown as Engine.InstanceData] }, config);
}

function handles(root: Root): Omit<Bare, 'dispose'> {
  const at = (path: string): Node => {
    for (const node of walk(root)) if (node.currentState.reference === path) return node;
    throw new RangeError(path);
  };
  return {
    xml: () => root.instanceState.instanceXML,
    set: (path, value) => void at(path).setValue?.(value),
    addRow: (path) => void at(path).addInstances?.(),
  };
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.currentState.children ?? []) yield* walk(child);
}
