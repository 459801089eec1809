/**
 * What the desk reads and writes, by the names that the pages use. The shapes are the server's own, generated into
 * schema.d.ts; only what OpenAPI leaves as plain text or unknown is said more narrowly here.
 */
import type { Both } from '../i18n';
import type { components } from './schema';

type Schemas = components['schemas'];
type Narrow<T, N> = Omit<T, keyof N> & N;

export type { Both };
export type VisitState = Schemas['QueueItem']['state'];

export type About = Narrow<
  Schemas['About'],
  { org: { code: string; name: Both } | null; counties: { code: string; name: Both }[] }
>;
export type Me = Narrow<Schemas['Me'], { org: Narrow<Schemas['Org'], { name: Both }> }>;

export type Flag = Schemas['Flag'];
export type QueueItem = Schemas['QueueItem'] & { came_back: boolean };
export type QueuePage = Narrow<Schemas['QueuePage'], { items: QueueItem[] }>;
export type Counts = Schemas['Counts'];
export type Filters = Schemas['FiltersAnswer'];
export type Presence = Schemas['Presence'];

/**
 * A photo or a recording that an answer names: `awaited` on the phone still, `preview` small only, `here` whole, `aside`
 * here but no usable picture or recording, `lost` where the phone cannot read it any more (`reason` says why).
 */
export interface Attachment {
  sha256: string;
  name: string;
  type: string;
  bytes: number;
  said_at: string | null;
  state: 'awaited' | 'preview' | 'here' | 'aside' | 'lost';
  reason: string | null;
}
export type AnswerRow = Schemas['AnswerLine'] & { attachment: Attachment | null };
export type RecordView = Narrow<Schemas['Record'], { answers: AnswerRow[] }>;

/** What a volunteer says to one question of a return: changed it, it was right already, or cannot. */
export interface Reply {
  said: 'changed' | 'right' | 'cannot';
  reason: string | null;
}
/** What a reviewer says to one question. */
export interface Comment {
  record: string;
  path: string;
  text: string;
}
export type CommentLine = Comment & { label: Both; answer: Reply | null };
export type DecisionLine = Schemas['DecisionLine'] & { by_day: string | null; comments: CommentLine[] };
export type RevisionLine = Schemas['Revision'] & { why: 'mended' | null; reason: string | null };
export interface Note {
  id: string;
  by: string;
  at: string;
  text: string;
  mine: boolean;
}
export type VisitFacts = Schemas['VisitFacts'] & { came_back: boolean; may: { decide: boolean } };
export type VisitDetail = Narrow<
  Schemas['VisitDetail'],
  {
    visit: VisitFacts;
    records: RecordView[];
    revisions: RevisionLine[];
    decisions: DecisionLine[];
    notes: Note[];
    history: Narrow<Schemas['HistoryLine'], { state: VisitState }>[];
  }
>;
export type Decision = Pick<Schemas['Decision'], 'id' | 'visit' | 'kind'>;
export type Draft = Narrow<Schemas['Draft'], { comments?: Comment[] }> & { by_day?: string | null };

export interface ComparedRow {
  path: string;
  label: Both;
  group: Both | null;
  before: AnswerRow | null;
  after: AnswerRow | null;
  changed: boolean;
  asked: string | null;
  answer: Reply | null;
}
export interface Comparison {
  from: RevisionLine;
  to: RevisionLine;
  records: { record: string; title: Both; rows: ComparedRow[] }[];
}

export interface Notice {
  id: string;
  kind: 'corrected' | 'noted' | 'withdrawn' | 'quarantined';
  at: string;
  visit: string | null;
  item: string | null;
  by: string | null;
  words: string | null;
  read: boolean;
}
export interface Notices {
  items: Notice[];
  unread: number;
  next: string | null;
}
export type Approvals = Schemas['Approvals'];
export type Settled = Narrow<
  Schemas['Settled'],
  { decision: Decision | null; problem: { title: string; detail: string } | null }
>;

export type QuarantineItem = Schemas['QuarantineLine'];
export type QuarantinePage = Schemas['QuarantinePage'];
export type QuarantineDetail = Schemas['QuarantineDetail'];

/** What stands aside as far as it can be read, and the forms that its records were filled in. */
export interface Mendable {
  body: {
    records: {
      record: string;
      form: string;
      version: string;
      xml: string;
      list_rows?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
      attachments?: { name: string; sha256: string; bytes: number; type: string; said_at?: string | null }[];
    }[];
  };
  forms: { record: string; form: string; version: string; sha256: string; title: Both }[];
}

export type Asked = Required<Schemas['Asked']>;
export type ExportJob = Narrow<
  Required<Schemas['Job']>,
  {
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    asked: { format: string; from_day: string; to_day: string; states: string[]; names: boolean; sensitive: boolean };
    problem: { title: string; detail: string } | null;
  }
>;
