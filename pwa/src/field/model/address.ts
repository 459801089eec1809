/**
 * Where a person lives, as it is said at the door: compound and "3-1-101"; a yard of single-storey houses has only a
 * number, "17号". Places are named by id in the person's properties and by label in the county's list of places.
 */
export interface PlaceName {
  id: string;
  label: string;
}

export type LabelOf = (placeId: string) => string | undefined;

export interface Address {
  community: string;
  compound: string;
  /** "3-1-101", or "17" with `yard` */
  door: string;
  yard: boolean;
}

export function addressOf(properties: Readonly<Record<string, string | undefined>>, labelOf: LabelOf): Address {
  const named = (key: string) => {
    const id = properties[key]?.trim() ?? '';
    return id === '' ? '' : (labelOf(id) ?? '');
  };
  const parts = ['building', 'unit', 'room'].map((key) => properties[key]?.trim() ?? '');
  const [building, unit, room] = parts;
  return {
    community: named('community'),
    compound: named('compound'),
    door: parts.filter((part) => part !== '').join('-'),
    yard: building !== '' && unit === '' && room === '',
  };
}

/** What stands in a row of the list; `numbered` says a yard's number in the spoken language. */
export function shortAddress(address: Address, numbered: (yard: string) => string): string {
  const door = address.yard ? numbered(address.door) : address.door;
  return [address.compound || address.community, door].filter((part) => part !== '').join(' ');
}

/** What stands on the person's page: with the community before it. */
export function longAddress(address: Address, numbered: (yard: string) => string): string {
  const short = shortAddress(address, numbered);
  return address.compound === '' || address.community === '' ? short : `${address.community} ${short}`;
}
