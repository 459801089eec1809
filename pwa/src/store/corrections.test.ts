import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Json, Returned, VisitBody } from '../sync/messages';
import type { Store } from './store';
import {
  EPOCH,
  FORM_SHA,
  PIAO,
  SHAN,
  TEAM,
  attached,
  bodyWith,
  closeAll,
  draft,
  finished,
  freshPhone,
  hear,
  id,
  photo,
  reopened,
  visitHead,
} from './testing/phone';

const FEED = `user:${SHAN}`;
const VISIT = id(100);
const DECISION = id(300);
const RECORD = id(90);
let store: Store;
let seq = 0;
beforeEach(async () => {
  store = await freshPhone();
  seq = 0;
});
afterEach(closeAll);

function head(revision: string, more: Readonly<Record<string, unknown>> = {}): Change {
  seq += 1;
  return visitHead(VISIT, revision, seq, more);
}

const come = (change: Change): Promise<unknown> =>
  hear(store, { changes: [change], cursor: { epoch: EPOCH, feeds: { [FEED]: change.seq } } });

function asked(body: VisitBody, more: Partial<Returned> = {}): Returned {
  return {
    decision: DECISION,
    by: '佟立岩',
    at: '2026-11-24T03:00:00.000Z',
    by_day: '2026-11-27',
    words: '两处请再看一下',
    comments: [{ record: RECORD, path: '/data/note', text: '咳了几天？' }],
    body: { ...body, records: body.records.map((record) => ({ ...record, sha256: FORM_SHA })) },
    ...more,
  };
}

async function opText(op: string): Promise<{ base: string; kind: string; body: VisitBody }> {
  return JSON.parse(new TextDecoder().decode(await store.exchange.opText(op))) as never;
}

/** A visit that was sent, accepted and, unless told otherwise, returned. */
async function returned(more: Partial<Returned> = {}): Promise<{ op: string; body: VisitBody }> {
  const taken = await photo(VISIT, 1);
  await store.keepCapture(taken);
  const body = bodyWith(VISIT, taken);
  const { op } = await store.finishVisit(finished(VISIT, { body }));
  await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
  await come(head(op, { state: 'returned', returned: asked(body, more) }));
  return { op, body };
}

describe('a visit that comes back', () => {
  it('says who asks for what until which day', async () => {
    await returned();
    const card = await store.visit(VISIT);
    expect(card).toMatchObject({ state: 'returned', changeable: false });
    expect(card?.returned).toEqual({
      decision: DECISION,
      by: '佟立岩',
      at: '2026-11-24T03:00:00.000Z',
      by_day: '2026-11-27',
      words: '两处请再看一下',
      comments: [{ record: RECORD, path: '/data/note', text: '咳了几天？' }],
    });
    expect((await store.home()).counts.returned).toBe(1);
  });

  it('becomes a draft with what was sent, its files, the rows it read, and its times as they were', async () => {
    const { op, body } = await returned();
    await store.beginCorrection(VISIT);
    const found = await (await reopened()).loadDraft(VISIT);
    expect(found?.state).toMatchObject({
      base: op,
      correction: { decision: DECISION, asked: [{ record: RECORD, path: '/data/note' }], answers: [] },
      check_in: body.check_in,
      check_out: body.check_out,
      participants: body.participants,
      entry: 'live',
      subject: body.subject,
    });
    expect(found?.state.records).toEqual([
      {
        record: RECORD,
        form: 'daily-contact',
        version: '1',
        sha256: FORM_SHA,
        filling: null,
        list_rows: { people: [{ name: PIAO, label: '朴顺姬' }] },
        sent: { xml: body.records[0]?.xml, attachments: body.records[0]?.attachments },
      },
    ]);
    expect((await store.home()).drafts).toMatchObject([{ visit: VISIT, corrects: true }]);
  });

  it('is begun once: what she has written since stays', async () => {
    await returned();
    await store.beginCorrection(VISIT);
    const first = await store.loadDraft(VISIT);
    await store.saveDraft(VISIT, 1, { ...first!.state, screen: { step: 7 } });
    await store.beginCorrection(VISIT);
    expect(await store.loadDraft(VISIT)).toMatchObject({ rev: 2, state: { screen: { step: 7 } } });
    await store.discardDraft(VISIT);
    await store.beginCorrection(VISIT); // thrown away, and begun anew
    expect(await store.loadDraft(VISIT)).toMatchObject({ rev: 3, state: { screen: null } });
  });

  it('goes back as a new op on the revision that she saw, with her answers and the kept photo', async () => {
    const { op, body } = await returned();
    await store.beginCorrection(VISIT);
    const { state } = (await store.loadDraft(VISIT))!;
    const answers = [{ record: RECORD, path: '/data/note', said: 'changed' }] as const;
    await store.saveDraft(VISIT, 1, { ...state, correction: { ...state.correction!, answers } });
    const again = await store.finishVisit(finished(VISIT, { draft_rev: 2, body }));
    const sent = await opText(again.op);
    expect(sent).toMatchObject({ kind: 'visit.put', base: op, body: { correction: { decision: DECISION, answers } } });
    expect(sent.body.check_out).toEqual(body.check_out);
    expect(await store.visit(VISIT)).toMatchObject({ state: 'waiting' });
    expect(await store.drafts()).toEqual([]);
    expect((await store.captures()).map(({ state: at }) => at)).toEqual(['waiting']);
    await hear(store, { results: [{ id: again.op, outcome: 'accepted' }] });
    await come(head(again.op, { number: 2 }));
    expect(await store.visit(VISIT)).toMatchObject({ state: 'received', returned: null, handling: false });
  });

  it('can be corrected on another phone of hers, from what the county sends along', async () => {
    const body = bodyWith(VISIT, await photo(VISIT, 1));
    await come(head(id(77), { state: 'returned', returned: asked(body) }));
    await store.beginCorrection(VISIT);
    expect((await store.loadDraft(VISIT))?.state).toMatchObject({ base: id(77) });
    const { op } = await store.finishVisit(finished(VISIT, { draft_rev: 1, body }));
    expect((await opText(op)).base).toBe(id(77));
  });

  it('keeps the XForm that it was filled with, and has it fetched if it is not here', async () => {
    await returned();
    const wanted = async (): Promise<string[]> => (await store.exchange.xformsWanted()).map(({ sha256 }) => sha256);
    expect(await wanted()).toEqual([FORM_SHA]);
    await store.exchange.putXform(FORM_SHA, '<h:html/>');
    for (const day of ['2026-12-01', '2026-12-20']) {
      await hear(store, { server_time: `${day}T01:00:00.000Z` });
      await store.exchange.sweepXforms();
    }
    expect(await store.xform(FORM_SHA)).toBe('<h:html/>');
  });

  it('is not begun when nobody asks any more, or when the form is of a version that nobody here knows', async () => {
    await expect(store.beginCorrection(VISIT)).rejects.toMatchObject({ kind: 'gone' });
    const { op, body } = await returned();
    await come(head(op, { state: 'returned', returned: asked(body, { body }) })); // a county that names no XForm
    await expect(store.beginCorrection(VISIT)).rejects.toMatchObject({ kind: 'gone' });
    await come(head(op, { state: 'approved' }));
    await expect(store.beginCorrection(VISIT)).rejects.toMatchObject({ kind: 'gone' });
    expect(await store.drafts()).toEqual([]);
  });

  it('and is half-corrected is not looking in on the person today', async () => {
    await returned();
    await store.beginCorrection(VISIT);
    const change = (kind: string, thing: string, body: Json, feed = `team:${TEAM}`): Change => {
      seq += 1;
      return { feed, kind, id: thing, seq, version: `${seq}`, body };
    };
    const person = { id: PIAO, list: 'people', label: '朴顺姬', properties: {}, state: 'active' };
    const pair = { id: id(8), team: TEAM, user: SHAN, entity: PIAO, began_on: '2026-01-01', ended_on: null };
    const seen = { ...pair, last_seen_on: '2026-11-24', last_seen_how: 'seen' };
    await hear(store, { changes: [change('entity', PIAO, person), change('pair', id(8), seen)] });
    const [shown] = (await store.home(Date.parse('2026-11-26T02:00:00.000Z'))).people;
    expect(shown).toMatchObject({ state: 'overdue', visit: null });
  });
});

describe('a sent visit that its author changes', () => {
  it('is open until somebody has decided, also while it waits', async () => {
    const taken = await photo(VISIT, 1);
    await store.saveDraft(VISIT, 0, draft());
    await store.keepCapture(taken);
    const body = bodyWith(VISIT, taken);
    const { op } = await store.finishVisit(finished(VISIT, { draft_rev: 1, body }));
    expect((await store.visit(VISIT))?.changeable).toBe(true);
    await store.editSent(VISIT);
    expect(await store.loadDraft(VISIT)).toMatchObject({
      state: { base: op, correction: null, records: [{ sha256: FORM_SHA, sent: { attachments: [attached(taken)] } }] },
    });
    const second = await store.finishVisit(finished(VISIT, { draft_rev: 1, body }));
    expect((await opText(second.op)).base).toBe(op);
    expect((await opText(second.op)).body.correction).toBeUndefined();

    const results = [op, second.op].map((each) => ({ id: each, outcome: 'accepted' as const }));
    await hear(store, { results });
    await come(head(second.op, { number: 2 }));
    expect((await store.visit(VISIT))?.changeable).toBe(true);
    await store.editSent(VISIT);
    expect((await store.loadDraft(VISIT))?.state.base).toBe(second.op);
    await store.discardDraft(VISIT);

    await come(head(second.op, { number: 2, state: 'approved' }));
    expect((await store.visit(VISIT))?.changeable).toBe(false);
    await expect(store.editSent(VISIT)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('is not open while the county works on it, nor when a supervisor has mended it', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'refused', code: 'answers_do_not_fit' }] });
    expect(await store.visit(VISIT)).toMatchObject({ state: 'received', handling: true, changeable: false });
    await expect(store.editSent(VISIT)).rejects.toMatchObject({ kind: 'gone' });

    await come(head(id(88), { mended: [op] }));
    const card = await store.visit(VISIT);
    expect(card).toMatchObject({ state: 'received', handling: false, problem: null, changeable: false });
    expect(await store.exchange.unsettled()).toEqual([]);
  });

  it('that was mended after it was taken is the county’s word, and nobody works on it', async () => {
    const { op } = await store.finishVisit(finished(VISIT));
    await hear(store, { results: [{ id: op, outcome: 'accepted' }] });
    await come(head(id(88), { number: 2, state: 'approved' }));
    expect(await store.visit(VISIT)).toMatchObject({ state: 'approved', handling: false });
  });
});
