/**
 * The demo's phone is to look as one in use: a visit that was begun and not finished stands on it. Made the first time by
 * the phone's own store and form engine, as soon as the person and the form have come with the first exchange.
 */
import type { Store } from '../../store';
import { newId } from '../../sync/ids';
import { moment } from '../../sync/moment';
import { teamsFor } from '../model/teams';
import { openSession } from '../visit/session';
import { markOf, startDraft } from '../visit/start';
import { type Begun, demoDraft } from './demo-door';

export async function beginAsDemo(store: Store): Promise<void> {
  const wanted = await demoDraft();
  if (wanted === null) return;
  const visit = await whenHere(store, () => draftOf(store, wanted));
  const opened = await openSession(store, visit, false);
  if (opened.at !== 'open') return;
  const { session } = opened;
  for (const [path, answer] of Object.entries(wanted.answers)) session.filling.set(path, answer);
  await session.leave();
}

/** Tried again whenever more has come, one after the other, until it was made: what has queued up behind that is let be. */
function whenHere<T>(store: Store, attempt: () => Promise<T | null>): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop = () => undefined as void;
    let done = false;
    const once = async (): Promise<void> => {
      const made = done ? null : await attempt();
      if (made === null) return;
      done = true;
      stop();
      resolve(made);
    };
    let running = Promise.resolve();
    const go = (): void => {
      running = running.then(once).catch(reject);
    };
    stop = store.onStoreChange((changed) => {
      if (changed.has('world') || changed.has('bodies')) go();
    });
    go();
  });
}

/** Null: what it needs is not here yet. */
async function draftOf(store: Store, { person, form: key, door }: Begun): Promise<string | null> {
  const [entity, forms, teams, pairs, home] = await Promise.all([
    store.entity(person),
    store.forms(),
    store.teams(),
    store.pairs(),
    store.home(),
  ]);
  const form = forms.find((each) => each.form === key);
  const { id: user } = store.identity.user;
  const team = entity === null ? undefined : teamsFor(entity, user, teams, pairs, home.today)[0];
  if (entity === null || form === undefined || team?.programme !== form.programme) return null;
  if ((await store.xform(form.sha256)) === null) return null;
  const visit = newId();
  const about = { user, team: team.id, programme: team.programme, subject: { list: entity.list, id: person }, form };
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  await store.saveDraft(visit, 0, startDraft({ ...about, record: newId(), checkIn, left: null, door }));
  return visit;
}
