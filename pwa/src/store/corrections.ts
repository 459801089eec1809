/**
 * A visit that was sent and is changed: because a reviewer asked, or because its author saw a slip before anybody had
 * decided. It becomes a draft again, with what was sent beside it; its facts (when she came and left, who was there)
 * stay as they were, since service time does not move because a field is corrected.
 */
import type { ReturnedRecord, VisitBody } from '../sync/messages';
import { refersOf, startsOf } from './drafts';
import { StoreError } from './errors';
import { type Ground, place } from './ground';
import type { Correction, DraftRecord, DraftState, VisitCard } from './types';
import type { Visits } from './visits';
import type { World } from './world';

export interface Corrections {
  /**
   * Makes the draft that answers a return, from what the county sent along; one that is there already stays as it is.
   * Throws `gone` when nobody asks (any more), or when the form's version is not known here.
   */
  beginCorrection(visit: string): Promise<void>;
  /** The same from the phone's own text, as long as nobody has decided; also what she took back. Throws `gone`. */
  editSent(visit: string): Promise<void>;
}

interface Sent {
  readonly body: Omit<VisitBody, 'records' | 'correction'> & { readonly records: readonly ReturnedRecord[] };
  readonly base: string;
  readonly correction: Correction | null;
}

export function correctionsOf(ground: Ground, world: World, visits: Visits): Corrections {
  const { db, seal, channel } = ground;

  /** The XForm of each record: as the county named it, else that of the version that is published. */
  async function recordsOf({ body }: Sent): Promise<DraftRecord[]> {
    const heads = await world.forms();
    return body.records.map(({ record, form, version, xml, list_rows, attachments, sha256: told }) => {
      const sha256 = told ?? heads.find((head) => head.form === form && head.version === version)?.sha256;
      if (sha256 === undefined) throw new StoreError('gone');
      return { record, form, version, sha256, filling: null, list_rows, sent: { xml, attachments } };
    });
  }

  async function begin(visit: string, sent: Sent): Promise<void> {
    const { visit: _, records: __, ...facts } = sent.body;
    const { base, correction } = sent;
    const records = await recordsOf(sent);
    const state: DraftState = { ...facts, records, screen: null, base, correction };
    const sealed = await seal.json(place('drafts', visit), state);
    const now = new Date().toISOString();
    await db.write(['drafts'], async (tx) => {
      const before = await tx.objectStore('drafts').get(visit);
      if (before !== undefined && before.discarded === undefined) return;
      await tx.objectStore('drafts').put({
        visit,
        rev: (before?.rev ?? 0) + 1,
        began: now,
        changed: now,
        person: state.subject?.id ?? null,
        refers: refersOf(state),
        starts: startsOf({ ...facts, check_out: facts.check_out }),
        needs: [...new Set(records.map(({ sha256 }) => sha256))],
        sealed,
      });
    });
    channel.tell('drafts');
  }

  async function cardOf(visit: string): Promise<VisitCard> {
    const card = await visits.visit(visit);
    if (card === null) throw new StoreError('gone');
    return card;
  }

  return {
    async beginCorrection(visit) {
      const head = (await world.known('visit')).find(({ body }) => body.visit === visit)?.body;
      const asked = head?.returned ?? null;
      if (head === undefined || asked === null || (await cardOf(visit)).state !== 'returned')
        throw new StoreError('gone');
      const { decision, comments, body } = asked;
      await begin(visit, { body, base: head.revision, correction: { decision, asked: comments, answers: [] } });
    },

    async editSent(visit) {
      const { state, withdrawal, changeable } = await cardOf(visit);
      const takenBack = state === 'withdrawn' || withdrawal === 'waiting';
      if (!changeable && !takenBack) throw new StoreError('gone');
      const [own, op] = await db.read(['visits', 'outbox'], async (tx) => {
        const row = await tx.objectStore('visits').get(visit);
        return [row, row === undefined ? undefined : await tx.objectStore('outbox').get(row.op)] as const;
      });
      if (own === undefined || op === undefined) throw new StoreError('gone');
      const bytes = await seal.openBytes(place('outbox', op.id), op.sealed);
      const { body } = JSON.parse(new TextDecoder().decode(bytes)) as { body: VisitBody };
      const { correction: _, records, ...facts } = body;
      const forms = own.forms ?? {};
      const known = records.map((each) => {
        const sha256 = forms[each.record];
        return sha256 === undefined ? each : { ...each, sha256 };
      });
      await begin(visit, {
        body: { ...facts, records: known },
        base: takenBack ? (own.withdrawal ?? op.id) : op.id,
        correction: null,
      });
    },
  };
}
