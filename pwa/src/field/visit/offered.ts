/**
 * Which places a form takes, by the form's own filter (`choice_filter`): our screen of places must not offer one that
 * the form would blank. The filter is an XPath over the rows of the list, so the browser's own XPath answers it. One
 * that asks about other answers of the form cannot be answered before the form is open: then all places are offered.
 */
import type { Place } from '../../store/types';

/** The filter over the list of the question at this path, as XPath; null: there is none. */
function filterOf(xform: string, path: string): string | null {
  const form = new DOMParser().parseFromString(xform, 'text/xml');
  const asks = [...form.getElementsByTagNameNS('*', '*')].find(
    (each) => each.localName.startsWith('select') && each.getAttribute('ref') === path,
  );
  const itemset = [...(asks?.children ?? [])].find((each) => each.localName === 'itemset');
  return /\/item\[(.*)\]$/s.exec(itemset?.getAttribute('nodeset') ?? '')?.[1] ?? null;
}

function listOf(places: readonly Place[]): Document {
  const list = document.implementation.createDocument(null, 'places');
  for (const place of places) {
    const item = list.createElement('item');
    const { id: name, label, kind, parent, community } = place;
    for (const [column, value] of Object.entries({ name, label, kind, parent, community }))
      item.appendChild(list.createElement(column)).textContent = value ?? '';
    list.documentElement.append(item);
  }
  return list;
}

export function offered<P extends Place>(xform: string, path: string, places: readonly P[]): readonly P[] {
  const filter = filterOf(xform, path);
  if (filter === null) return places;
  const list = listOf(places);
  try {
    const found = list.evaluate(`/places/item[${filter}]/name`, list, null, XPathResult.UNORDERED_NODE_SNAPSHOT_TYPE);
    const names = new Set(Array.from({ length: found.snapshotLength }, (_, n) => found.snapshotItem(n)?.textContent));
    return places.filter(({ id }) => names.has(id));
  } catch {
    return places;
  }
}
