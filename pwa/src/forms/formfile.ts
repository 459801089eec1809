/**
 * What is read from the XForm itself rather than from the engine: its name, and which answers it writes to an entity
 * (`entities:saveto`). The finished record is read in the same way that the server reads it, so that the phone shows
 * at once what the county will know.
 */
import { pathsOf } from './expressions';

export interface FormFile {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** Property of the entity → path of the answer. */
  readonly saves: ReadonlyMap<string, string>;
  /** Paths of the answers that say how many rows a repeat has. */
  readonly counts: ReadonlySet<string>;
  /** counted: how many rows it has is an answer. */
  readonly repeats: ReadonlyMap<string, 'counted' | 'free'>;
  /** What publishing carried aside: the files that the form brings along, by name. */
  readonly files: ReadonlyMap<string, OwnFile>;
  /** Small picture → its large one, by name. */
  readonly large: ReadonlyMap<string, string>;
  /** The longer hint to the question at this path, by language. */
  guidance(path: string): Readonly<Record<string, string>>;
}

/** A file that a form brings along. */
export interface OwnFile {
  readonly name: string;
  readonly sha256: string;
  readonly type: string;
}

/** What a record makes of one row of a list. */
export interface EntityChange {
  readonly list: string;
  readonly id: string;
  /** null: the label stays. */
  readonly label: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly creates: boolean;
}

const ENTITIES = 'http://www.opendatakit.org/xforms/entities';

export function readFormFile(xform: string): FormFile {
  const document = parse(xform);
  const root = named(document, 'instance')[0]?.firstElementChild;
  const saves = new Map<string, string>();
  for (const bind of named(document, 'bind')) {
    const property = bind.getAttributeNS(ENTITIES, 'saveto');
    if (property !== null) saves.set(property, bind.getAttribute('nodeset') ?? '');
  }
  return {
    id: root?.getAttribute('id') ?? '',
    version: root?.getAttribute('version') ?? '',
    title: named(document, 'title')[0]?.textContent ?? '',
    saves,
    counts: countsOf(document),
    repeats: repeatsOf(document),
    ...carriedAside(document),
  };
}

const ASIDE = 'urn:lianxin:form';

function carriedAside(document: Document): Pick<FormFile, 'files' | 'large' | 'guidance'> {
  const aside = (name: string) => [...document.getElementsByTagNameNS(ASIDE, name)];
  const said = (element: Element, name: string) => element.getAttribute(name) ?? '';
  const files = aside('file').map((each) => {
    const file = { name: said(each, 'name'), sha256: said(each, 'sha256'), type: said(each, 'type') };
    return [file.name, file] as const;
  });
  const guidance = new Map<string, Record<string, string>>();
  for (const each of aside('guidance')) {
    const ref = said(each, 'ref');
    guidance.set(ref, { ...guidance.get(ref), [said(each, 'lang')]: each.textContent });
  }
  return {
    files: new Map(files),
    large: new Map(aside('large').map((each) => [said(each, 'of'), said(each, 'file')])),
    guidance: (path) => guidance.get(path) ?? {},
  };
}

function repeatsOf(document: Document): FormFile['repeats'] {
  const counted = (repeat: Element) => (repeat.hasAttributeNS(JAVAROSA, 'count') ? 'counted' : 'free');
  return new Map(
    named(document, 'repeat').map((repeat) => [repeat.getAttribute('nodeset') ?? '', counted(repeat)] as const),
  );
}

const JAVAROSA = 'http://openrosa.org/javarosa';

/** Named by `jr:count` itself, or by the calculation that stands between. */
function countsOf(document: Document): ReadonlySet<string> {
  const calculations = new Map(
    named(document, 'bind').map((bind) => [bind.getAttribute('nodeset') ?? '', bind.getAttribute('calculate') ?? '']),
  );
  const found = new Set<string>();
  const waiting = named(document, 'repeat').map((repeat) => ({
    expression: repeat.getAttributeNS(JAVAROSA, 'count') ?? '',
    about: repeat.getAttribute('nodeset') ?? '',
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
    for (const path of pathsOf(next.expression, next.about)) {
      if (found.has(path)) continue;
      found.add(path);
      waiting.push({ expression: calculations.get(path) ?? '', about: path });
    }
  return found;
}

/**
 * The entity that a finished record creates or updates, or null. A property whose question was not asked is left alone,
 * one that was emptied is emptied. When both create and update are asked for, it creates.
 */
export function entityOf(file: FormFile, xml: string): EntityChange | null {
  const document = parse(xml);
  const entity = document.querySelector(':root > meta > entity');
  const id =
    entity
      ?.getAttribute('id')
      ?.trim()
      .replace(/^uuid:/, '') ?? '';
  if (entity === null || id === '') return null;
  const creates = said(entity.getAttribute('create'));
  if (!creates && !said(entity.getAttribute('update'))) return null;
  const properties: Record<string, string> = {};
  for (const [property, path] of file.saves) {
    const answer = at(document, path);
    if (answer !== null) properties[property] = answer.textContent;
  }
  const label = [...entity.children].find((child) => child.localName === 'label')?.textContent.trim();
  return { list: entity.getAttribute('dataset') ?? '', id, label: label ?? null, properties, creates };
}

const said = (text: string | null) => text === '1' || text === 'true';

function parse(xml: string): Document {
  return new DOMParser().parseFromString(xml, 'text/xml');
}

function named(document: Document, name: string): Element[] {
  return [...document.getElementsByTagNameNS('*', name)];
}

/** Down the element names of an absolute path; attributes and repeats have no entity property. */
function at(document: Document, path: string): Element | null {
  const [first, ...rest] = path.trim().split('/').filter(Boolean);
  let element: Element | undefined =
    document.documentElement.localName === first ? document.documentElement : undefined;
  for (const name of rest) element = [...(element?.children ?? [])].find((child) => child.localName === name);
  return element ?? null;
}
