/** For tests: a visit that was finished on a phone, and one that a reviewer sent back. */
import xform from '../../../forms/fixtures/daily-contact.xml?raw';
import type { Store } from '../../../store';
import { entity, freshPhone, hear, PIAO, SHAN, TEAM } from '../../../store/testing/phone';
import { newId } from '../../../sync/ids';
import type { FormHead, VisitBody } from '../../../sync/messages';
import { moment } from '../../../sync/moment';
import { openSession, type Session } from '../session';
import { markOf, startDraft } from '../start';

const SHA = 'd'.repeat(64);
const PHOTO = { name: `${'a'.repeat(32)}.jpg`, sha256: 'a'.repeat(64), bytes: 3, type: 'image/jpeg' };
export const HEAD: FormHead = {
  form: 'daily-contact',
  version: '1',
  sha256: SHA,
  bytes: xform.length,
  programme: 'day-care',
  kind: 'home_visit',
  title: { zh: '每日联系', en: 'Daily contact' },
  list: 'people',
  binds: { subject: '/data/person', door: '/data/contact', place: null, volunteers: null },
  lists: ['people'],
  minutes: [0, 2, 30],
  one_page: true,
  entity: false,
};
/** 单秀云's phone with the form and with 朴顺姬 on it. */
export async function phoneWithForm(): Promise<Store> {
  const store = await freshPhone();
  const head = { feed: 'county', kind: 'form', id: HEAD.form, seq: 1, version: '1', body: { ...HEAD } };
  await hear(store, { changes: [head as never, entity(`team:${TEAM}`, PIAO, '朴顺姬', 2)] });
  await store.exchange.putXform(SHA, xform);
  return store;
}

export async function opened(store: Store, visit: string): Promise<Session> {
  const result = await openSession(store, visit, false);
  if (result.at !== 'open') throw new Error(result.at);
  return result.session;
}

export async function finish(session: Session): Promise<void> {
  const finished = await session.filling.finish();
  if (!finished.ok) throw new Error(JSON.stringify(finished.problems));
  await session.finish(finished, '朴顺姬');
  session.close();
}

/** A visit of hers that is finished, and waits. */
export async function sentVisit(store: Store): Promise<string> {
  const visit = newId();
  const checkIn = markOf(moment(), { reason: 'no_fix' });
  const start = { user: SHAN, team: TEAM, programme: 'day-care', form: HEAD, record: newId(), checkIn, left: null };
  await store.saveDraft(visit, 0, startDraft({ ...start, door: 'phone', subject: { list: 'people', id: PIAO } }));
  const session = await opened(store, visit);
  session.filling.set('/data/wellbeing', 'well');
  await finish(session);
  return visit;
}

export async function sentOps(
  store: Store,
): Promise<{ id: string; kind: string; base: string | null; body: VisitBody }[]> {
  const ops = await store.exchange.waiting();
  const texts = await Promise.all(ops.map(({ id }) => store.exchange.opText(id)));
  return texts.map((text) => JSON.parse(new TextDecoder().decode(text)) as never);
}

/** The county takes the visit in, and a reviewer asks about how she was. */
export async function returned(store: Store, visit: string): Promise<{ decision: string; revision: string }> {
  const [op] = await sentOps(store);
  const decision = newId();
  const { record } = op!.body.records[0]!;
  const by = { decision, by: '佟立岩', at: '2026-11-24T02:00:00.000Z', by_day: '2026-11-26', words: null };
  const comments = [{ record, path: '/data/wellbeing', text: '真的都好吗？' }];
  const records = op!.body.records.map((each) => ({ ...each, sha256: SHA, attachments: [PHOTO] }));
  const body = {
    visit,
    state: 'returned',
    revision: op!.id,
    number: 1,
    team: TEAM,
    programme: 'day-care',
    form: HEAD.form,
    subject: { list: 'people', id: PIAO },
    day: '2026-11-24',
    check_in_at: '2026-11-24T01:40:00.000Z',
    received_at: '2026-11-24T01:48:00.000Z',
    handling: null,
    decisions: [],
    reached: true,
    returned: { ...by, comments, body: { ...op!.body, records } },
  };
  const change = { feed: `user:${SHAN}`, kind: 'visit', id: visit, seq: 9, version: newId(), body };
  await hear(store, { results: [{ id: op!.id, outcome: 'accepted' }], changes: [change as never] });
  return { decision, revision: op!.id };
}
