/** For tests: somebody signed in at a desk, and a visit to look at. */
import type { AnswerRow, Attachment, VisitDetail } from '../../api/types';
import { signIn } from '../session/session';

export const both = (zh: string) => ({ zh, en: zh });

const me = {
  user: { id: 'u-tong', name: '佟立岩', language: 'zh' },
  org: { id: 1, code: 'HL', name: both('桦岭县'), timezone: 'Asia/Shanghai', demo: false },
  roles: [{ role: 'supervisor', scope_kind: 'community', scope_id: 'c1', scope_name: both('柳荫社区') }],
  permissions: ['visits.read', 'visits.review', 'quarantine.read', 'quarantine.release'],
};

export const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });

/** 佟立岩 sits down. Whatever else is asked of the server is answered by `answer`. */
export async function sitDown(answer: (path: string, init: RequestInit) => Response): Promise<void> {
  globalThis.fetch = (input, init = {}) => {
    const path = input as string;
    if (path === '/api/desk/session')
      return Promise.resolve(json({ access_token: 'T', expires_in: 900, user: me.user }));
    if (path === '/api/desk/me') return Promise.resolve(json(me));
    return Promise.resolve(answer(path, init));
  };
  await signIn('supervisor', 'x');
}

export const attachment = (more: Partial<Attachment> = {}): Attachment => ({
  sha256: 'a'.repeat(64),
  name: `${'a'.repeat(32)}.jpg`,
  type: 'image/jpeg',
  bytes: 40_000,
  said_at: '2026-11-24T01:02:00.000Z',
  state: 'here',
  reason: null,
  ...more,
});

export const answer = (path: string, label: string, value: string, more: Partial<AnswerRow> = {}): AnswerRow => ({
  path,
  label: both(label),
  value_text: both(value),
  raw: value,
  class: 'none',
  calculated: false,
  group: null,
  attachment: null,
  ...more,
});

export const detail = (more: Partial<VisitDetail> = {}): VisitDetail => ({
  visit: {
    visit: 'v1',
    state: 'received',
    number: 1,
    revision: 'r1',
    subject_label: '朴顺姬',
    place_label: null,
    form: 'day-care-visit',
    form_title: both('上门照料'),
    programme: 'day-care',
    team: 't1',
    team_name: both('柳荫日间照料小队'),
    user_name: '单秀云',
    community_name: '柳荫社区',
    day: '2026-11-24',
    check_in_at: '2026-11-24T00:42:00.000Z',
    check_out_at: null,
    minutes: 49,
    received_at: '2026-11-24T01:48:00.000Z',
    flags: [],
    urgent: false,
    came_back: false,
    answers_note: null,
    may: { decide: true },
    entry: 'live',
    participants: [],
    helpers_unnamed: 0,
    presence: {
      position: { distance_m: null, accuracy_m: null, bearing: null, reason: 'no_fix' },
      door_card: null,
      photos: 1,
      minutes: 49,
      clock: { certain: true, offset_ms: 0 },
    },
    consent: null,
  },
  records: [
    {
      record: 'rec1',
      form: 'day-care-visit',
      version: '2',
      title: both('上门照料'),
      about: null,
      answers: [
        answer('/data/medicine', '今天吃药', '忘了，已提醒'),
        answer('/data/photo', '炉子口照片', 'a.jpg', { attachment: attachment() }),
      ],
    },
  ],
  revisions: [
    {
      id: 'r1',
      number: 1,
      by: '单秀云',
      received_at: '2026-11-24T01:48:00.000Z',
      why: null,
      reason: null,
      merges: null,
    },
  ],
  decisions: [],
  notes: [],
  history: [],
  follows: [],
  ...more,
});
