/**
 * The wire, as types only: what `sync/messages.py` reads and writes. Nothing here runs, so the store may name these
 * shapes too. Names are the wire's own, hence snake_case.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A moment as a device saw it: its wall clock, milliseconds since the app started, and which start that was (S9). */
export interface At {
  readonly wall: string;
  readonly mono: number;
  readonly start: string;
}

/** One exchange's moment by both clocks; the server corrects an op by the nearest anchor of the same start. */
export interface Anchor {
  readonly start: string;
  readonly mono: number;
  readonly wall: string;
  readonly server: string;
}

/** Degrees × 10⁷: canonical JSON has no floats. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
  readonly accuracy_m: number;
  readonly age_ms: number;
}

export type NoPosition = 'no_fix' | 'permission_off' | 'old_phone' | 'timed_out' | 'later_entry' | 'not_kept';

export interface Mark {
  readonly at: At;
  readonly position?: Position;
  readonly reason?: NoPosition;
}

export interface Subject {
  readonly list: string;
  readonly id: string;
}

export interface Participant {
  readonly user: string;
  readonly in: At;
  readonly out: At | null;
}

export interface Attachment {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly type: string;
  readonly said_at?: string;
}

/** The rows of each list that a record read, as the phone had them (S5). */
export type ListRows = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

export interface VisitRecord {
  readonly record: string;
  readonly form: string;
  readonly version: string;
  readonly xml: string;
  readonly list_rows: ListRows;
  readonly attachments: readonly Attachment[];
}

export type Entry = 'live' | 'later' | 'desk';

/** What a reviewer asked about one answer, in words. */
export interface Asked {
  readonly record: string;
  readonly path: string;
  readonly text: string;
}

/** 已改 · 原来就对 · 改不了: what the author says to one of them. */
export interface CorrectionAnswer {
  readonly record: string;
  readonly path: string;
  readonly said: 'changed' | 'right' | 'cannot';
  readonly reason?: string;
}

/** The body of `visit.put`: the whole visit. */
export interface VisitBody {
  readonly visit: string;
  readonly team: string;
  readonly programme: string;
  readonly entry: Entry;
  readonly subject: Subject | null;
  readonly place: string | null;
  readonly check_in: Mark;
  readonly check_out: Mark | null;
  readonly participants: readonly Participant[];
  readonly helpers_unnamed: number;
  readonly records: readonly VisitRecord[];
  /** The decision that this answers, and how. */
  readonly correction?: { readonly decision: string; readonly answers: readonly CorrectionAnswer[] };
}

export type Outcome = 'accepted' | 'refused' | 'deferred' | 'held';

export interface Result {
  readonly id: string;
  readonly outcome: Outcome;
  readonly code?: string;
  readonly title?: string;
  readonly next?: string;
}

/** A row of a feed: `body` null is a tombstone, `unreadable` a row that the server could not render. */
export interface Change {
  readonly feed: string;
  readonly kind: string;
  readonly id: string;
  readonly seq: number;
  readonly version: string;
  readonly body?: Json;
  readonly unreadable?: boolean;
}

/** How far this phone has read. It is kept as it came and goes back so. */
export interface Cursor {
  readonly epoch: string;
  readonly feeds: Readonly<Record<string, number>>;
  /** Feeds that are read from their start: where they stood when that began. */
  readonly walks?: Readonly<Record<string, number>>;
}

export interface FeedSum {
  readonly alive: number;
  readonly digest: string;
}

export interface ManifestItem {
  readonly visit: string;
  readonly person: string | null;
  readonly at: string;
}

export interface Manifest {
  readonly hash: string;
  readonly drafts?: number;
  readonly waiting?: number;
  readonly refused?: number;
  /** Originals of finished visits that the county does not hold yet. */
  readonly photos?: number;
  readonly oldest_wall?: string | null;
  readonly storage?: { readonly used: number; readonly quota: number } | null;
  readonly items?: readonly ManifestItem[];
  /** Feeds whose digest differed from the county's (S12). */
  readonly mismatched?: readonly string[];
}

/** An original that the county lacks, from this byte on. */
export interface Wanted {
  readonly sha256: string;
  readonly offset: number;
}

/**
 * An original that the county holds whole. `aside`: as bytes, since it is no picture or recording that it could show.
 * `pending`: nobody has looked yet which of the two it is.
 */
export interface Receipt {
  readonly sha256: string;
  readonly bytes: number;
  readonly aside?: string | null;
  readonly pending?: boolean;
}

/** A small picture of an original, at most 24 kB, before the original comes (S8). */
export interface Preview {
  readonly of: string;
  readonly type: string;
  readonly base64: string;
}

export interface Answer {
  readonly v: 2;
  readonly results: readonly Result[];
  readonly changes: readonly Change[];
  readonly cursor: Cursor | null;
  readonly more: boolean;
  readonly feeds?: Readonly<Record<string, FeedSum>>;
  readonly left: readonly string[];
  readonly reset: readonly string[];
  readonly wanted: readonly Wanted[];
  readonly receipts: readonly Receipt[];
  readonly epoch: string;
  /** What was received until then is in a backup too (S14); null: not known. */
  readonly backed_up_to: string | null;
  readonly server_time: string;
  /** Of feeds that this phone doubts: the buckets that came whole (S12). */
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

// ---- the bodies of changes, by kind -----------------------------------------------------------------------------

export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface Org {
  readonly code: string;
  readonly name: Words;
  readonly timezone: string;
  /** Whom a volunteer calls in an emergency, after 120. */
  readonly duty_phone?: string | null;
  readonly demo: boolean;
}

/** Which answers of which form say that the person was met, not met, or reached by telephone. */
export interface Doors {
  readonly seen: { readonly form: string; readonly answer: string };
  readonly not_met: { readonly form: string; readonly answers: readonly string[] };
  readonly phone: { readonly form: string; readonly answer: string };
  /** Met only in passing: the short form instead of the long one. */
  readonly brief?: { readonly form: string; readonly answer: string };
  /** Whoever comes to an event of the team: the form that may stand beside the event's own (`at`) in its visit. */
  readonly event?: { readonly form: string; readonly answer: string; readonly at?: string };
}

export interface Programme {
  readonly key: string;
  readonly name: Words;
  readonly forms: readonly string[];
  readonly doors: Doors | null;
  readonly sensitive: boolean;
  /** False: a check-in keeps no position. */
  readonly position?: boolean;
  /** Whomever it looks after is looked in on every day; absent: from a county that does not say. */
  readonly daily?: boolean;
  /** Whom it looks after, and who puts somebody on that list. */
  readonly people?: {
    readonly list: string;
    readonly added_by: string;
    /** Who then looks after them: the volunteer herself, or the team together. Absent: the county does not say. */
    readonly pairs?: string | null;
    /** Which values of which property close an entry; null: none does. */
    readonly closes?: { readonly property: string; readonly values: readonly string[] } | null;
  } | null;
}

export type Bind = 'subject' | 'door' | 'place' | 'volunteers';

export interface FormHead {
  readonly form: string;
  readonly version: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly programme: string;
  readonly kind: string;
  readonly title: Words;
  readonly list: string | null;
  readonly binds: Readonly<Record<Bind, string | null>>;
  readonly lists: readonly string[];
  readonly minutes: readonly number[];
  readonly one_page: boolean;
  readonly entity: boolean;
  /** It may put an entry on a list. */
  readonly creates?: boolean;
}

export interface Place {
  readonly id: string;
  readonly label: string;
  readonly kind: string;
  readonly parent: string | null;
  readonly community: string | null;
}

export interface Member {
  readonly user: string;
  readonly name: string;
  readonly leads: boolean;
}

export interface Team {
  readonly id: string;
  readonly programme: string;
  readonly name: Words;
  readonly communities: readonly string[];
  readonly members: readonly Member[];
}

export interface Pair {
  readonly id: string;
  readonly team: string;
  readonly user: string | null;
  readonly entity: string;
  readonly began_on: string;
  readonly ended_on: string | null;
  readonly last_seen_on: string | null;
  readonly last_seen_how: string | null;
}

export interface Entity {
  readonly id: string;
  readonly list: string;
  readonly label: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly state: string;
}

export interface Me {
  readonly user: string;
  readonly name: string;
  readonly language: 'zh' | 'en';
  readonly teams: readonly { readonly team: string; readonly leads: boolean }[];
}

export interface Decision {
  readonly kind: string;
  readonly at: string;
  readonly by: string;
  readonly words: string | null;
}

/** A record of a returned visit: as it was sent, and the XForm that it belongs to. */
export interface ReturnedRecord extends VisitRecord {
  readonly sha256?: string;
}

/** What a reviewer asks for; `body` is the visit as it stands, so that any phone of its author can correct it. */
export interface Returned {
  readonly decision: string;
  readonly by: string;
  readonly at: string;
  /** YYYY-MM-DD */
  readonly by_day: string | null;
  readonly words: string | null;
  readonly comments: readonly Asked[];
  readonly body: Omit<VisitBody, 'records' | 'correction'> & { readonly records: readonly ReturnedRecord[] };
}

/** A word on a visit, by whoever may see it. */
export interface NoteHead {
  readonly id: string;
  readonly visit: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly mine: boolean;
}

/** What she is to know. Kinds MAY be added. */
export interface NoticeHead {
  readonly id: string;
  readonly kind: 'returned' | 'approved' | 'released' | 'noted';
  readonly at: string;
  readonly visit: string | null;
  readonly by: string | null;
  readonly words: string | null;
}

/** An own visit as the county holds it. */
export interface VisitHead {
  readonly visit: string;
  readonly state: string;
  readonly revision: string;
  readonly number: number;
  readonly team: string;
  readonly programme: string;
  readonly form: string;
  readonly subject: Subject | null;
  /** Absent from a county of an older release. */
  readonly place?: string | null;
  readonly day: string;
  readonly check_in_at: string;
  readonly received_at: string;
  readonly handling: string | null;
  readonly decisions: readonly Decision[];
  /** Absent from a county of an older release, as the next. */
  readonly reached?: boolean | null;
  readonly returned?: Returned | null;
  /** Own ops that a supervisor mended into a revision of this visit: they need nothing more. */
  readonly mended?: readonly string[];
}

/** Which body each kind of change carries. A kind that is not here is kept raw until a release knows it. */
export interface Bodies {
  readonly org: Org;
  readonly programme: Programme;
  readonly form: FormHead;
  readonly place: Place;
  readonly team: Team;
  readonly pair: Pair;
  readonly entity: Entity;
  readonly me: Me;
  readonly visit: VisitHead;
  readonly note: NoteHead;
  readonly notice: NoticeHead;
}

export type Kind = keyof Bodies;
