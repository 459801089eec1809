/** What the store gives and takes: plain values, read by pages and by sync. */
import type {
  Asked,
  Attachment,
  CorrectionAnswer,
  Decision,
  Entity,
  FormHead,
  Json,
  ListRows,
  Mark,
  NoticeHead,
  Org,
  Pair,
  Place,
  Programme,
  Returned,
  Subject,
  VisitBody,
  Words,
} from '../sync/messages';

export type Language = 'zh' | 'en';

/** Who works on this phone: one enrolment of one user. */
export interface Identity {
  readonly device: string;
  readonly user: { readonly id: string; readonly name: string; readonly language: Language };
  readonly org: Org & { readonly id: number };
}

// ---- drafts ---------------------------------------------------------------------------------------------------------

export interface DraftRecord {
  readonly record: string;
  readonly form: string;
  readonly version: string;
  /** Of the XForm that it was opened with: the body is kept as long as the draft lives. */
  readonly sha256: string;
  /** Of that version, as it was read when this was begun; absent in what was sent before. */
  readonly head?: FormHead;
  /** The form engine's own draft; the store does not look inside. */
  readonly filling: Json;
  readonly list_rows: ListRows;
  /** Of a visit that was sent before: what stood in it then. The form opens on it, and keeps the files. */
  readonly sent?: { readonly xml: string; readonly attachments: readonly Attachment[] };
  /** Whom it is about, where the visit itself is about nobody; null: somebody who stands on no list yet. */
  readonly subject?: Subject | null;
  /** How far she is, in the words that she saw. */
  readonly stands?: Stands;
  /** Whatever the page needs to come back to the same question of this form. */
  readonly screen?: Json;
  /** What the form said when she was done with it; any later change takes it away. */
  readonly done?: DoneRecord | null;
}

/** Of a form that is being filled. */
export interface Stands {
  readonly answered: number;
  readonly of: number;
  /** The question that she stopped at; null: all of it is on one page. */
  readonly at: string | null;
}

export interface DoneRecord {
  readonly xml: string;
  readonly list_rows: ListRows;
  readonly saves: readonly EntityChange[];
}

/** What a reviewer asked for, and what she says to it so far. */
export interface Correction {
  readonly decision: string;
  readonly asked: readonly Asked[];
  readonly answers: readonly CorrectionAnswer[];
}

/** A visit that is not finished: what is known before the form, the form's own draft, and where she was. */
export interface DraftState extends Omit<VisitBody, 'visit' | 'check_out' | 'records' | 'correction'> {
  readonly records: readonly DraftRecord[];
  /** What the pages of the visit keep for themselves. */
  readonly screen: Json;
  /** The revision that is changed here; null or absent for a new visit. Finishing names it by itself. */
  readonly base?: string | null;
  /** With `base`: when she left then. Service time does not move because a field is corrected later. */
  readonly check_out?: Mark | null;
  /** Absent or null: nobody asked, she changes what she sent. Finishing sends decision and answers along. */
  readonly correction?: Correction | null;
}

export interface Draft {
  readonly visit: string;
  readonly rev: number;
  /** By the phone's own clock, ISO. */
  readonly began: string;
  readonly changed: string;
  readonly state: DraftState;
}

/** The right to write one draft, held by one tab. `lost` settles when another tab has taken it over. */
export interface Lease {
  readonly visit: string;
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

// ---- finishing ------------------------------------------------------------------------------------------------------

/** What a form's entity block makes of an entity, on the phone at finish and on the server at intake. */
export interface EntityChange {
  readonly list: string;
  readonly id: string;
  /** null: the label stays. */
  readonly label: string | null;
  readonly properties: Readonly<Record<string, string>>;
  readonly creates: boolean;
}

/** The same as this phone keeps it until the county's feeds have it, with what follows from it. */
export interface OwnChange extends EntityChange {
  /** Absent: nothing was said of it. */
  readonly state?: 'active' | 'closed';
  /** She, or her team, looks after whom she put on the list. */
  readonly pair?: Pair;
}

export interface FinishedVisit {
  readonly body: VisitBody;
  /** The revision that its author saw; null for a new visit. The draft's own base goes before it. */
  readonly base: string | null;
  /** The moment of finishing. */
  readonly at: Mark['at'];
  /** The revision of the draft that this finishes, null when there was none: another one stops it. */
  readonly draft_rev: number | null;
  /** Whom or what it was about, as she saw it. */
  readonly label: string | null;
  /** Whether the person was reached; null where a visit is not about a person. */
  readonly reached: boolean | null;
  readonly saves: readonly EntityChange[];
}

// ---- reading --------------------------------------------------------------------------------------------------------

/** An entity as the phone shows it: what its feeds say, with the own unsent changes on top. */
export interface KnownEntity extends Entity {
  /** The feeds that carry it; none when only an own draft or unsent visit still needs it: then it is read-only. */
  readonly feeds: readonly string[];
  readonly unsent: boolean;
}

/** A place as the phone offers it. */
export interface KnownPlace extends Place {
  /** Written down on this phone, and not with the county yet. */
  readonly unsent?: true;
}

/** The five states that she sees, and what she took back. `handling`: the county works on it (县里在处理). */
export type VisitState = 'draft' | 'waiting' | 'received' | 'returned' | 'approved' | 'withdrawn';

/** What a finished visit shows; the phone keeps it sealed beside the visit. */
export interface Card {
  readonly team: string;
  readonly programme: string;
  readonly form: string;
  readonly subject: Subject | null;
  readonly label: string | null;
  readonly reached: boolean | null;
  /** Local day of the check-in, YYYY-MM-DD. */
  readonly day: string;
  readonly check_in: string;
}

export interface VisitCard extends Card {
  readonly visit: string;
  readonly state: VisitState;
  readonly handling: boolean;
  /** Why the county could not take it as it is: the server's code and words. */
  readonly problem: { readonly code: string; readonly title: string; readonly next: string } | null;
  readonly received: string | null;
  readonly decisions: readonly Decision[];
  /** While it is returned: who asks for what, by which day. */
  readonly returned: Omit<Returned, 'body'> | null;
  /** Taken back on this phone: not yet with the county, or too late because somebody had decided (`problem` tells). */
  readonly withdrawal: 'waiting' | 'refused' | null;
  /** Nobody has decided yet and the phone has its text: `editSent` and `withdrawVisit` are open. */
  readonly changeable: boolean;
}

/** Of a person on the home screen. `due`: still to be looked in on today; `overdue`: not reached yesterday either. */
export type PersonState = 'overdue' | 'due' | 'draft' | 'waiting' | 'received' | 'done';

export interface HomePerson {
  readonly entity: KnownEntity;
  readonly pair: Pair;
  readonly programme: Programme | null;
  readonly state: PersonState;
  /** The draft or today's visit that the state speaks of. */
  readonly visit: string | null;
  readonly last_seen_on: string | null;
  /** Its programme looks in on everybody every day. */
  readonly daily: boolean;
  /** Whole days since she was last reached; null if never. */
  readonly unseen_days: number | null;
  /** The programme alone tells something about her: show a code and a street, not the name. */
  readonly discreet: boolean;
}

export interface Home {
  readonly today: string;
  readonly people: readonly HomePerson[];
  /** Half-done, newest first. */
  readonly drafts: readonly DraftCard[];
  /** Asked back by a reviewer. */
  readonly returned: readonly VisitCard[];
  /** Not yet with the county, oldest first. */
  readonly waiting: readonly VisitCard[];
  /** With the county, which works on them. */
  readonly handling: readonly VisitCard[];
  /** For the line where the work is; `sending` and `offline` are the sync's to add. */
  readonly counts: {
    readonly drafts: number;
    readonly waiting: number;
    readonly handling: number;
    readonly returned: number;
  };
}

export interface DraftCard {
  readonly visit: string;
  readonly changed: string;
  readonly check_in: string;
  readonly team: string;
  readonly programme: string;
  readonly form: string | null;
  readonly subject: Subject | null;
  readonly label: string | null;
  /** It changes a visit that was sent before. */
  readonly corrects: boolean;
  /** Of the record that was begun last; null: nothing was answered yet. */
  readonly stands: Stands | null;
}

// ---- photos and voice -----------------------------------------------------------------------------------------------

export interface FileBytes {
  readonly type: string;
  readonly bytes: ArrayBuffer;
}

/** A photo or a voice note as it was taken, ready to be kept: downscaled, named by its SHA-256. */
export interface Capture extends FileBytes {
  readonly visit: string;
  /** The form's question. */
  readonly path: string;
  /** `<first 32 hex of sha256>.<jpg|webp|png|webm|m4a|ogg>` */
  readonly name: string;
  readonly sha256: string;
  /** At most 24 kB; null for what has none (a voice note). */
  readonly preview: FileBytes | null;
  /** What an album photo says of when it was taken, ISO. */
  readonly said_at: string | null;
}

/**
 * `draft`: its visit is not finished. `waiting`: nothing of it has arrived. `sending`: a part has. `received`: the county
 * holds every byte. `aside`: it holds every byte, but it is no picture or recording that it could show. `lost`: this
 * phone could not read it any more, and the county was told.
 */
export type CaptureState = 'draft' | 'waiting' | 'sending' | 'received' | 'aside' | 'lost';

export interface CaptureCard extends Omit<Capture, 'bytes' | 'preview'> {
  readonly bytes: number;
  readonly state: CaptureState;
  /** Bytes that have arrived. */
  readonly sent: number;
  /** The original is no longer on this phone; its preview is. */
  readonly freed: boolean;
}

/** A photo that another app was asked to take: it is said after a restart that it never came. */
export interface Awaited {
  readonly visit: string;
  readonly record: string;
  readonly path: string;
  readonly at: string;
}

/** A recording that was begun and not made into a capture yet. */
export interface Recording {
  readonly id: string;
  readonly record: string;
  readonly path: string;
  readonly type: string;
  readonly chunks: number;
  readonly bytes: number;
  readonly began: string;
}

// ---- talking with the reviewer --------------------------------------------------------------------------------------

export interface NoteCard {
  readonly id: string;
  readonly visit: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly mine: boolean;
  /** Of an own one: whether the county has it. */
  readonly state: 'waiting' | 'received' | 'refused';
}

export interface NoticeCard extends NoticeHead {
  readonly read: boolean;
}

export interface KnownTeam {
  readonly id: string;
  readonly programme: string;
  readonly name: Words;
  readonly communities: readonly string[];
  readonly members: readonly { readonly user: string; readonly name: string; readonly leads: boolean }[];
  readonly mine: boolean;
}

export interface StorageView {
  readonly used: number;
  readonly quota: number;
  /** Whether the browser promised not to clear it by itself. */
  readonly persisted: boolean;
  /** Less than a tenth or 50 MB is left. */
  readonly short: boolean;
}

/** What changed, so that a page reads again only what it shows. */
export type Topic = 'drafts' | 'visits' | 'world' | 'sync' | 'bodies' | 'outbox' | 'captures' | 'notices';

export type { Asked, Attachment, CorrectionAnswer, Entity, FormHead, Pair, Place, Programme };
