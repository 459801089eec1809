/** The shape of all words, known to the compiler only: at run time a page holds the areas that it loads. */
import type { components } from './zh/components';
import type { demo } from './zh/demo';
import type { desk } from './zh/desk';
import type { field } from './zh/field';
import type { forms } from './zh/forms';
import type { group } from './zh/group';
import type { later } from './zh/later';
import type { publish } from './zh/publish';
import type { settle } from './zh/settle';
import type { ui } from './zh/ui';
import type { visits } from './zh/visits';

export interface Catalogues {
  ui: typeof ui;
  field: typeof field & typeof later;
  forms: typeof forms;
  visits: typeof visits;
  group: typeof group;
  desk: typeof desk;
  settle: typeof settle;
  publish: typeof publish;
  components: typeof components;
  demo: typeof demo;
}

export type Area = keyof Catalogues;
export type Key = { [A in Area]: `${A}.${Extract<keyof Catalogues[A], string>}` }[Area];

/** A translated text: plain, or one form for each of English's two numbers. */
export type Text = string | { one: string; other: string };

/** What en/<area>.ts must be: the same keys as zh/<area>.ts, each with a text. */
export type Words<Z> = { readonly [K in keyof Z]: Text };

type Named<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never;
type TextOf<K> = K extends `${infer A extends Area}.${infer W}`
  ? W extends keyof Catalogues[A]
    ? Catalogues[A][W]
    : never
  : never;

/** The parameters that a text names in braces; none: no argument is taken. */
export type Params<K extends Key> = [Named<TextOf<K>>] extends [never]
  ? []
  : [params: Record<Named<TextOf<K>>, string | number>];
