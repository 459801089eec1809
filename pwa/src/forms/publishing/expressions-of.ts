/** Every expression of an XForm, with the node that it is about; in the form's order. */
export type What =
  | 'relevant'
  | 'required'
  | 'readonly'
  | 'constraint'
  | 'calculate'
  | 'count'
  | 'choices'
  | 'set'
  | 'label'
  | 'message';

export interface Expression {
  /** The node's path, without rows. */
  readonly about: string;
  readonly what: What;
  readonly text: string;
  /** Of a label: the language that says it. */
  readonly language?: string;
}

const OF_BIND = ['relevant', 'required', 'readonly', 'constraint', 'calculate'] as const;
const JAVAROSA = 'http://openrosa.org/javarosa';
const LAYOUT: ReadonlySet<string> = new Set(['body', 'group', 'repeat']);
/** `/data/care/ate:label`, or of a choice, which no node is about. */
const TEXT_ID = /^(\/[^:]+):(?:jr:)?(\w+)$/;

export function expressionsOf(document: Document): Expression[] {
  const found: Expression[] = [];
  const add = (about: string | null, what: What, text: string | null, language?: string) => {
    if (about !== null && text !== null && text.trim() !== '')
      found.push({ about, what, text: text.trim(), ...(language === undefined ? {} : { language }) });
  };
  for (const element of elementsOf(document)) {
    switch (element.localName) {
      case 'bind':
        for (const name of OF_BIND) add(element.getAttribute('nodeset'), name, element.getAttribute(name));
        break;
      case 'repeat':
        add(element.getAttribute('nodeset'), 'count', element.getAttributeNS(JAVAROSA, 'count'));
        break;
      case 'itemset':
        add(element.parentElement?.getAttribute('ref') ?? null, 'choices', element.getAttribute('nodeset'));
        break;
      case 'setvalue':
      case 'setgeopoint':
        add(element.getAttribute('ref'), 'set', element.getAttribute('value'));
        break;
      case 'output': {
        if (ofListRow(element)) break;
        const said = saidBy(element);
        add(said.about, said.what, element.getAttribute('value'), said.language);
        break;
      }
    }
  }
  return found;
}

/** A choice's label of its list's own columns (server/forms/spoken_lists.py): a row, no node, is around it. */
const ofListRow = (output: Element): boolean =>
  output.closest('text')?.getAttribute('id')?.startsWith('list:') === true;

/** The node whose label or message an <output> stands in: by the id of its text, or by the control around it. */
function saidBy(output: Element): { about: string; what: What; language?: string } {
  const [, about, part] = TEXT_ID.exec(output.closest('text')?.getAttribute('id') ?? '') ?? [];
  const language = output.closest('translation')?.getAttribute('lang') ?? undefined;
  const what = part === 'constraintMsg' || part === 'requiredMsg' ? 'message' : 'label';
  const around = output.closest('[ref]')?.getAttribute('ref');
  const of = about ?? (around?.startsWith('/') === true ? around : null) ?? '/';
  return { about: of, what, ...(language === undefined ? {} : { language }) };
}

/**
 * The form as bones: the same nodes, none of its expressions, so that it opens whatever they say. A repeat is one that
 * anybody may add to; of the screen only groups and repeats are left, and of a list a row for each of its columns.
 */
export function bonesOf(document: Document): Document {
  const bones = document.cloneNode(true) as Document;
  const elements = elementsOf(bones);
  for (const list of elements.filter(({ localName }) => localName === 'instance').slice(1)) shorten(list);
  for (const element of elements) {
    if (element.localName === 'bind') for (const name of OF_BIND) element.removeAttribute(name);
    if (element.localName === 'repeat') {
      element.removeAttributeNS(JAVAROSA, 'count');
      element.removeAttributeNS(JAVAROSA, 'noAddRemove');
    }
    if (element.localName === 'setvalue' || element.localName === 'setgeopoint') element.remove();
    const { parentElement: around } = element;
    if (around !== null && LAYOUT.has(around.localName) && !LAYOUT.has(element.localName)) element.remove();
  }
  return bones;
}

function shorten(list: Element): void {
  const columns = new Set<string>();
  const { firstElementChild: root } = list;
  for (let row = root?.firstElementChild ?? null; row !== null; ) {
    const next = row.nextElementSibling;
    const has = [...row.childNodes].map(({ nodeName }) => nodeName);
    if (has.every((name) => columns.has(name))) row.remove();
    for (const name of has) columns.add(name);
    row = next;
  }
}

/** Every element, its outer one first; a list, so that the document may change meanwhile. (jsdom's collections are slow.) */
export function elementsOf(document: Document): Element[] {
  const found: Element[] = [];
  const add = (element: Element | null) => {
    for (let each = element; each !== null; each = each.nextElementSibling) {
      found.push(each);
      add(each.firstElementChild);
    }
  };
  add(document.documentElement);
  return found;
}
