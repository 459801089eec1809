/**
 * The engine as publishing needs it: the form opened as the phone opens it, and any expression evaluated at any node of
 * it. Nothing of the phone imports this; the door stays beside xform.ts because it is the same engine.
 */
import type * as XFormsEngine from '@getodk/xforms-engine';
import { createRoot } from 'solid-js';
import { engine, stateFactory } from './xform';

/** What is read of an engine node here. Its own types refer to a package that is not published. */
export interface TriedNode {
  readonly nodeType: string;
  readonly contextNode: unknown;
  readonly evaluator: {
    evaluateString(expression: string, options: { contextNode: unknown }): string;
    evaluateNodes(expression: string, options: { contextNode: unknown }): readonly unknown[];
  };
  readonly currentState: {
    readonly reference: string;
    readonly children: readonly TriedNode[] | null;
    readonly valueOptions: readonly unknown[] | null;
  };
  getAttributes?(): readonly TriedNode[];
  addInstances?(after?: number, count?: number): unknown;
}

/** A list as text by the name of its file: people.csv, houses.geojson. */
export type Files = Readonly<Record<string, string>>;

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  geojson: 'application/geo+json',
  xml: 'application/xml',
};

/** Rejects with what the engine says, when it cannot load the form or one of its lists. */
export async function tryLoad(xform: string, files: Files): Promise<XFormsEngine.InstantiableLoadFormResult> {
  const { loadForm } = await engine();
  const fetchFormAttachment = (url: URL) => {
    const name = decodeURIComponent(url.pathname.slice(1));
    const text = files[name];
    if (text === undefined) return Promise.reject(new Error(`There is no file ${name}`));
    return Promise.resolve(
      new Response(text, { headers: { 'content-type': TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain' } }),
    );
  };
  const form = await createRoot(() => loadForm(xform, { fetchFormAttachment }));
  if (form.status === 'failure') throw form.error;
  return form;
}

export function tryCreate(form: XFormsEngine.InstantiableLoadFormResult): TriedNode {
  const config = { stateFactory, preloadProperties: { deviceID: 'lx:publishing', username: 'publishing' } };
  return form.createInstance(config).root as unknown as TriedNode;
}

export function* everyNode(node: TriedNode): Generator<TriedNode> {
  yield node;
  for (const child of node.currentState.children ?? []) yield* everyNode(child);
}
