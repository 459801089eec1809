/**
 * What of the queue is looked at. It stands in the address, so that a link shows a colleague the same list, and going
 * back finds it again.
 */
export const filterNames = ['state', 'flag', 'team', 'community', 'form', 'volunteer', 'from', 'to', 'search'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filter = Readonly<Record<FilterName, string>>;
/** Those that narrow further; the first two are chips of their own. */
export const furtherNames: readonly FilterName[] = filterNames.slice(2);

export type View = 'mine' | 'flagged' | 'two' | 'back' | 'returned' | 'approved';

/** The chips above the list, each a question that a reviewer asks. */
export const views: Readonly<Record<View, Pick<Filter, 'state' | 'flag'>>> = {
  mine: { state: 'received', flag: '' },
  flagged: { state: 'received', flag: 'any' },
  two: { state: 'received', flag: 'two_versions' },
  back: { state: 'received', flag: 'back' },
  returned: { state: 'returned', flag: '' },
  approved: { state: 'approved', flag: '' },
};

type Given = Readonly<Record<string, string | string[] | undefined>>;

export function filterOf(given: Given): Filter {
  const read = (name: string) => {
    const value = given[name];
    return (typeof value === 'object' ? value[0] : value) ?? '';
  };
  const filter = Object.fromEntries(filterNames.map((name) => [name, read(name)])) as Record<FilterName, string>;
  return { ...filter, state: filter.state === '' ? 'received' : filter.state };
}

/** Parameters for the address: what is as usual is left out. */
export function searchOf(filter: Filter): Record<FilterName, string | null> {
  const search = Object.fromEntries(filterNames.map((name) => [name, filter[name] || null]));
  return { ...(search as Record<FilterName, string | null>), state: filter.state === 'received' ? null : filter.state };
}

export function viewOf(filter: Filter): View | null {
  const names = Object.keys(views) as View[];
  return names.find((name) => views[name].state === filter.state && views[name].flag === filter.flag) ?? null;
}

/** How many stand behind the button; the search has a box of its own. */
export const furtherCount = (filter: Filter): number =>
  furtherNames.filter((name) => name !== 'search' && filter[name] !== '').length;

export const cleared = (filter: Filter): Filter => ({
  ...filter,
  ...(Object.fromEntries(furtherNames.map((name) => [name, ''])) as Record<FilterName, string>),
});
