/** A person as the lists show her. Of a sensitive programme only a code and a street: whoever looks over the shoulder learns nothing. */
import type { KnownEntity } from '../../store/types';
import { addressOf, type Address, type LabelOf } from './address';
import { ageOf } from './age';

export interface Shown {
  readonly name: string;
  readonly age: number | null;
  readonly address: Address;
}

/** Whom a visit is about, as the bar of its form says it. */
export interface Whom {
  /** null: the visit is about nobody, or the person is not on this phone any more */
  readonly name: string | null;
  readonly address: Address | null;
}

export function shown(entity: KnownEntity, discreet: boolean, labelOf: LabelOf, today: string): Shown {
  const address = addressOf(entity.properties, labelOf);
  if (discreet) return { name: entity.label, age: null, address: { ...address, door: '', yard: false } };
  const name = entity.properties.full_name?.trim() ?? '';
  return {
    name: name === '' ? entity.label : name,
    age: ageOf(entity.properties.birth_month, today),
    address,
  };
}

/** Ids of places → their names, for the addresses. */
export function labels(places: readonly { readonly id: string; readonly label: string }[]): LabelOf {
  const byId = new Map(places.map(({ id, label }) => [id, label]));
  return (id) => byId.get(id);
}
