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
export type QueueItem = Schemas['QueueItem'];
export type QueuePage = Schemas['QueuePage'];
export type Counts = Schemas['Counts'];
export type Filters = Schemas['FiltersAnswer'];
export type Presence = Schemas['Presence'];

/**
 * A photo or a recording that an answer names: `awaited` on the phone still, `preview` small only, `here` whole, `aside`
 * here but no usable picture or recording, `lost` where nobody can read it any more (`reason` says why).
 */
export type Attachment = Schemas['Attachment'];
export type AnswerRow = Schemas['AnswerLine'];
export type RecordView = Schemas['Record'];

/** What a volunteer says to one question of a return: changed it, it was right already, or cannot. */
export type Reply = Schemas['FieldAnswer'];
/** What a reviewer says to one question. */
export type Comment = Schemas['Comment'];
export type CommentLine = Schemas['AskedLine'];
export type DecisionLine = Schemas['DecisionLine'];
export type RevisionLine = Schemas['RevisionDetail'];
export type Note = Schemas['Note'];
export type VisitFacts = Schemas['VisitFacts'];
export type FollowLine = Schemas['FollowLine'];
export type VisitDetail = Narrow<
  Schemas['VisitDetail'],
  { history: Narrow<Schemas['HistoryLine'], { state: VisitState }>[] }
>;
export type Decision = Pick<Schemas['Decision'], 'id' | 'visit' | 'kind'>;
export type Draft = Schemas['Draft'];

export type ComparedRow = Schemas['ComparedRow'];
export type Comparison = Schemas['Compared'];

/** What two sides say differently, field by field, and how it reads when it is put together. */
export type Version = Schemas['Version'];
export type Differing = Schemas['Differing'];
export type Versions = Schemas['Versions'];
export type Choice = Schemas['Choice'];
export type Settlement = Schemas['Settlement'];
export interface Woven {
  body: {
    records: {
      record: string;
      xml: string;
      list_rows: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
    }[];
  };
}

export type Notice = Schemas['NoticeLine'];
export type Notices = Schemas['NoticesPage'];
export type Approvals = Schemas['Approvals'];
export type Settled = Narrow<
  Schemas['Settled'],
  { decision: Decision | null; problem: { title: string; detail: string } | null }
>;

export type QuarantineItem = Schemas['QuarantineLine'];
export type QuarantinePage = Schemas['QuarantinePage'];
export type QuarantineDetail = Schemas['QuarantineDetail'];

/** What stands aside as far as it can be read, and the forms that its records can be opened with. */
export type Mendable = Narrow<
  Schemas['Mendable'],
  {
    body: {
      subject?: { list: string; id: string } | null;
      records: {
        record: string;
        xml: string;
        list_rows?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
        attachments?: { name: string; sha256: string; bytes: number; type: string; said_at?: string }[];
      }[];
    };
  }
>;

export type Asked = Required<Schemas['Asked']>;
export type ExportJob = Narrow<
  Required<Schemas['Job']>,
  {
    state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
    asked: { format: string; from_day: string; to_day: string; states: string[]; names: boolean; sensitive: boolean };
    problem: { title: string; detail: string } | null;
  }
>;

/** The forms page: what is published, and everything that is known of a workbook that was handed in. */
export type FormLine = Schemas['Form'];
export type FormVersion = Schemas['FormVersion'];
export type LookedOver = Schemas['FormLookedOver'];
export type Finding = Schemas['FormFinding'];
export type FormSheet = Schemas['FormSheet'];
export type FormSizes = Schemas['FormSizes'];
export type FormDiff = Schemas['FormDiff'];
export type FormDifference = Schemas['FormDifference'];
export type Published = Schemas['FormPublished'];
