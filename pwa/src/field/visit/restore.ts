/** 恢复: a visit that she took back is sent again as it was, from the phone's own text; no form is opened for that. */
import { type Store, StoreError } from '../../store';
import { moment } from '../../sync/moment';
import { asSent } from './facts';

type Needs = Pick<Store, 'visit' | 'editSent' | 'loadDraft' | 'finishVisit'>;

/** Throws `gone` when the phone has no text of it any more. */
export async function restoreVisit(store: Needs, visit: string): Promise<void> {
  const card = await store.visit(visit);
  await store.editSent(visit);
  const draft = await store.loadDraft(visit);
  if (draft === null || card === null) throw new StoreError('gone');
  const { records, screen: _, base: __, correction: ___, check_out = null, ...facts } = draft.state;
  await store.finishVisit({
    body: { visit, ...facts, check_out, records: records.map(asSent) },
    base: null,
    at: moment(),
    draft_rev: draft.rev,
    label: card.label,
    reached: card.reached,
    saves: [],
  });
}
