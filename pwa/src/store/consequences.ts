/**
 * What a finished form makes of its entries beyond their properties, by the rules of the county: whoever puts somebody on
 * the list of her programme looks after them from then on, and a matter that is done is due no more. On this phone it is
 * so at once; the county says the same when it has heard.
 */
import type { EntityChange, OwnChange, Programme } from './types';

export interface Occasion {
  readonly user: string;
  readonly team: string;
  readonly programme: string;
  /** Local day of the check-in. */
  readonly day: string;
}

export function consequences(
  changes: readonly EntityChange[],
  occasion: Occasion,
  programmes: readonly Programme[],
): OwnChange[] {
  return changes.map((change) => ({
    ...change,
    ...stateSaid(change, programmes),
    ...begins(change, occasion, programmes),
  }));
}

/** As the form says it; a form that does not ask leaves it as it is. */
function stateSaid({ list, properties }: EntityChange, programmes: readonly Programme[]): Pick<OwnChange, 'state'> {
  const closes = programmes.find(({ people }) => people?.list === list)?.people?.closes ?? null;
  const said = closes === null ? undefined : properties[closes.property];
  if (closes === null || said === undefined) return {};
  return { state: closes.values.includes(said) ? 'closed' : 'active' };
}

function begins(change: EntityChange, occasion: Occasion, programmes: readonly Programme[]): Pick<OwnChange, 'pair'> {
  const people = programmes.find(({ key }) => key === occasion.programme)?.people ?? null;
  const pairs = people?.list === change.list ? (people.pairs ?? null) : null;
  if (!change.creates || pairs === null) return {};
  return {
    pair: {
      id: change.id,
      team: occasion.team,
      user: pairs === 'volunteer' ? occasion.user : null,
      entity: change.id,
      began_on: occasion.day,
      ended_on: null,
      last_seen_on: null,
      last_seen_how: null,
    },
  };
}
