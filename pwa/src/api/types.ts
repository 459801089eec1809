/** What the desk reads and writes, by the names that the pages use. */
import type { Both } from '../i18n';

export type { Both };
export type VisitState = 'received' | 'approved' | 'returned' | 'withdrawn';

export interface Me {
  user: { id: string; name: string; language: 'zh' | 'en' };
  org: { id: number; code: string; name: Both; timezone: string; demo: boolean };
  roles: { role: string; scope_kind: string; scope_id: string | null; scope_name: Both | null }[];
  permissions: string[];
}

export interface Flag {
  code: string;
  detail: Record<string, unknown>;
}

export interface QueueItem {
  visit: string;
  state: VisitState;
  number: number;
  revision: string;
  subject_label: string | null;
  place_label: string | null;
  form: string;
  form_title: Both;
  programme: string;
  team: string;
  team_name: Both;
  user_name: string;
  community_name: string | null;
  day: string;
  check_in_at: string;
  check_out_at: string | null;
  minutes: number | null;
  received_at: string;
  flags: Flag[];
  urgent: boolean;
  answers_note: string | null;
}

export interface Counts {
  received: number;
  flagged: number;
  returned_back: number;
  returned: number;
  approved: number;
}

export interface QueuePage {
  items: QueueItem[];
  next: string | null;
  counts: Counts;
}

export interface Presence {
  position: {
    distance_m: number | null;
    accuracy_m: number | null;
    bearing: number | null;
    reason: string | null;
  };
  door_card: string | null;
  photos: number;
  minutes: number | null;
  clock: { certain: boolean; offset_ms: number | null };
}

export interface AnswerRow {
  path: string;
  label: Both;
  value_text: Both;
  raw: unknown;
  class: 'none' | 'personal' | 'sensitive';
  calculated: boolean;
  group: Both | null;
}

export interface VisitDetail {
  visit: QueueItem & {
    entry: 'live' | 'later' | 'desk';
    participants: { name: string; came_at: string; left_at: string | null }[];
    presence: Presence;
    consent: Both | null;
  };
  records: { record: string; form: string; version: string; title: Both; answers: AnswerRow[] }[];
  revisions: { id: string; number: number; by: string; received_at: string }[];
  decisions: { id: string; kind: string; by: string; at: string; words: string | null; undone: boolean }[];
  history: { visit: string; day: string; form_title: Both; state: VisitState; user_name: string; how: Both | null }[];
}

export interface Decision {
  id: string;
  visit: string;
  kind: string;
}

export interface Filters {
  teams: { id: string; name: Both }[];
  communities: { id: string; name: string }[];
  forms: { form: string; title: Both }[];
  volunteers: { id: string; name: string }[];
  flags: string[];
}

export interface QuarantineItem {
  id: string;
  state: 'open' | 'released' | 'closed';
  code: string;
  title: string;
  next: string;
  subject_label: string | null;
  form_title: Both | null;
  team_name: Both | null;
  user_name: string | null;
  bytes: number;
  received_at: string;
}

export interface QuarantineDetail extends QuarantineItem {
  /** for whoever mends it: where it does not fit */
  reason: string | null;
  /** as it came, where it can be read */
  op: unknown;
  visit: string | null;
  settled_at: string | null;
  settled_by: string | null;
}

export interface ExportJob {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  asked: { format: string; from_day: string; to_day: string; states: string[]; names: boolean };
  done_rows: number;
  total_rows: number | null;
  filename: string | null;
  bytes: number | null;
  problem: { title: string; detail: string } | null;
  created_at: string;
  ended_at: string | null;
}
