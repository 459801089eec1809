/**
 * Which rows of a list a form gets. Of the list that its subject comes from only the subject itself: it was picked in
 * our own screen, and an engine that gets a whole county takes seconds; so it is with the place of a visit. Other lists:
 * the team's rows, at most 300.
 */
import type { KnownEntity, Place } from '../../store/types';
import type { Subject } from '../../sync/messages';

type Row = Readonly<Record<string, string>>;

export const MOST_ROWS = 300;

export interface RowSources {
  entities(list: string): Promise<readonly KnownEntity[]>;
  entity(id: string): Promise<KnownEntity | null>;
  places(): Promise<readonly Place[]>;
}

export interface About {
  readonly subject: Subject | null;
  readonly place: string | null;
}

export async function rowsOf(list: string, { subject, place }: About, sources: RowSources): Promise<Row[]> {
  if (subject?.list === list) {
    const whom = await sources.entity(subject.id);
    return whom === null ? [] : [entityRow(whom)];
  }
  if (list === 'places') {
    const all = await sources.places();
    return (place === null ? all.slice(0, MOST_ROWS) : all.filter(({ id }) => id === place)).map(placeRow);
  }
  return (await sources.entities(list)).slice(0, MOST_ROWS).map(entityRow);
}

const entityRow = (entity: KnownEntity): Row => ({ ...entity.properties, name: entity.id, label: entity.label });

const placeRow = (place: Place): Row => ({
  name: place.id,
  label: place.label,
  kind: place.kind,
  parent: place.parent ?? '',
  community: place.community ?? '',
});
