/** What the store gives and takes: plain values, read by pages and by sync. */
import type {
  Decision,
  Entity,
  FormHead,
  Json,
  ListRows,
  Mark,
  Org,
  Pair,
  Place,
  Programme,
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
  /** The form engine's own draft; the store does not look inside. */
  readonly filling: Json;
  readonly list_rows: ListRows;
}

/** A visit that is not finished: what is known before the form, the form's own draft, and where she was. */
export interface DraftState extends Omit<VisitBody, 'visit' | 'check_out' | 'records'> {
  readonly records: readonly DraftRecord[];
  /** Whatever the page needs to come back to the same question. */
  readonly screen: Json;
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

export interface FinishedVisit {
  readonly body: VisitBody;
  /** The revision that its author saw; null for a new visit. */
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

/** The five states that she sees. `handling`: the county works on it (县里在处理). */
export type VisitState = 'draft' | 'waiting' | 'received' | 'returned' | 'approved';

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
export type Topic = 'drafts' | 'visits' | 'world' | 'sync' | 'bodies';

export type { Entity, FormHead, Pair, Place, Programme };
