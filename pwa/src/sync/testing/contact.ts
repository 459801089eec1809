/** Visits as a finished form makes them, for phones that have no screen: the live tests' and the simulation's. */
import type { Store } from '../../store';
import type { Capture, DraftState, FinishedVisit } from '../../store/types';
import { newId } from '../ids';
import type { Attachment, Json } from '../messages';
import { moment } from '../moment';

export interface Told {
  /** Another version of the form than the phone knows. */
  readonly version?: string;
  readonly note?: string;
  readonly attachments?: readonly Attachment[];
  /** Which of the people of her day, round and round; the first unless given. */
  readonly person?: number;
}

/** Somebody to look in on, and the form for it, are here. */
export async function isReady(phone: Store): Promise<boolean> {
  const form = (await phone.forms()).find((head) => head.form === 'daily-contact');
  if (form === undefined || (await phone.xform(form.sha256)) === null) return false;
  return (await phone.home()).people.some(({ programme }) => programme?.key === form.programme);
}

const instanceId = (): string => `uuid:${crypto.randomUUID()}`;

/** A daily contact with somebody of her day. */
export async function contact(phone: Store, { version: asked, note, attachments = [], person: which = 0 }: Told = {}) {
  const [{ people }, forms] = [await phone.home(), await phone.forms()];
  const form = forms.find((head) => head.form === 'daily-contact');
  const hers = people.filter(({ programme }) => programme?.key === form?.programme);
  const person = hers[which % hers.length]?.entity;
  if (person === undefined || form === undefined) throw new Error('the county has nobody for her');
  const xform = await phone.xform(form.sha256);
  if (xform === null) throw new Error('the form has not come yet');
  const version = asked ?? form.version;
  const answers = { person: person.id, contact: 'seen', wellbeing: 'unwell', need: 'revisit', note: note ?? '咳嗽' };
  const blank = /<data id="daily-contact"[\s\S]*?<\/data>/.exec(xform)?.[0] ?? '';
  const xml = Object.entries(answers)
    .reduce((filled, [name, answer]) => filled.replace(`<${name}/>`, `<${name}>${answer}</${name}>`), blank)
    .replace(/version="\d+"/, `version="${version}"`)
    .replace('<instanceID/>', `<instanceID>${instanceId()}</instanceID>`);
  const team = (await phone.teams()).find((each) => each.mine && each.programme === form.programme);
  const at = moment();
  const list_rows = { people: [{ name: person.id, label: person.label }] };
  return {
    body: {
      visit: newId(),
      team: team?.id ?? '',
      programme: form.programme,
      entry: 'live',
      subject: { list: person.list, id: person.id },
      place: null,
      check_in: { at, reason: 'no_fix' },
      check_out: { at, reason: 'no_fix' },
      participants: [{ user: phone.identity.user.id, in: at, out: at }],
      helpers_unnamed: 0,
      records: [{ record: newId(), form: form.form, version, xml, list_rows, attachments }],
    },
    base: null,
    at,
    draft_rev: null,
    label: person.label,
    reached: true,
    saves: [],
  } satisfies FinishedVisit;
}

/** What the form keeps of a contact that is not finished. */
interface Filling {
  readonly note: string;
  readonly xml: string;
  readonly attachments: readonly Attachment[];
}

const fillingOf = ({ records }: DraftState): Filling => records[0]?.filling as unknown as Filling;

function refilled(state: DraftState, change: Partial<Filling>): DraftState {
  const filling = { ...fillingOf(state), ...change } as unknown as Json;
  return { ...state, records: state.records.map((record) => ({ ...record, filling })) };
}

export const noteIn = (state: DraftState): string => fillingOf(state).note;
export const noted = (state: DraftState, note: string): DraftState => refilled(state, { note });

export function withPhotos(state: DraftState, photos: readonly Capture[]): DraftState {
  const attachments = photos.map(({ name, sha256, type, bytes }) => ({ name, sha256, type, bytes: bytes.byteLength }));
  return refilled(state, { attachments });
}

/** A daily contact that is begun: its name, and what its draft holds. */
export async function begun(phone: Store, told: Told): Promise<{ visit: string; state: DraftState }> {
  const { body } = await contact(phone, told);
  const { visit, check_out: _, records, ...facts } = body;
  const sha256 = (await phone.forms()).find(({ form }) => form === 'daily-contact')?.sha256 ?? '';
  const kept = records.map(({ record, form, version, list_rows, xml }) => {
    return { record, form, version, list_rows, sha256, filling: { note: told.note ?? '', xml, attachments: [] } };
  });
  return { visit, state: { ...facts, records: kept, screen: null } };
}

/** A draft, finished now. Throws where there is none. */
export async function completed(phone: Store, visit: string): Promise<FinishedVisit> {
  const draft = await phone.loadDraft(visit);
  if (draft === null) throw new Error('gone');
  const { team, programme, entry, subject, place, check_in, participants, helpers_unnamed, records } = draft.state;
  const { note, xml, attachments } = fillingOf(draft.state);
  const at = moment();
  const said = records.map(({ record, form, version, list_rows }) => {
    return {
      record,
      form,
      version,
      list_rows,
      xml: xml.replace(/<note>.*?<\/note>/, `<note>${note}</note>`),
      attachments,
    };
  });
  const check_out = { at, reason: 'no_fix' as const };
  const facts = { team, programme, entry, subject, place, check_in, check_out, participants, helpers_unnamed };
  const body = { ...facts, visit, records: said };
  return { body, base: null, at, draft_rev: draft.rev, label: null, reached: true, saves: [] };
}

/** What she sent, with another note: finishes the draft that `editSent` makes. Throws StoreError `gone`, as that does. */
export async function edited(phone: Store, visit: string, note: string): Promise<FinishedVisit> {
  await phone.editSent(visit);
  const draft = (await phone.drafts()).find((each) => each.visit === visit);
  if (draft === undefined) throw new Error('no draft was made of it');
  const { team, programme, entry, subject, place, check_in, participants, helpers_unnamed } = draft.state;
  const { records, check_out = null, base = null } = draft.state;
  const changed = records.map(({ record, form, version, list_rows, sent }) => {
    const { xml = '', attachments = [] } = sent ?? {};
    return { record, form, version, xml: anew(xml, note), list_rows, attachments };
  });
  const facts = { team, programme, entry, subject, place, check_in, check_out, participants, helpers_unnamed };
  const body = { ...facts, visit, records: changed };
  return { body, base, at: moment(), draft_rev: draft.rev, label: null, reached: true, saves: [] };
}

/** Another note, under an identity of its own that names the one it replaces. */
function anew(xml: string, note: string): string {
  const before = /<instanceID>(.*?)<\/instanceID>/.exec(xml)?.[1] ?? '';
  return xml
    .replace(/<note>.*?<\/note>/, `<note>${note}</note>`)
    .replace(/<deprecatedID\/>|<deprecatedID>.*?<\/deprecatedID>/, `<deprecatedID>${before}</deprecatedID>`)
    .replace(/<instanceID>.*?<\/instanceID>/, `<instanceID>${instanceId()}</instanceID>`);
}
