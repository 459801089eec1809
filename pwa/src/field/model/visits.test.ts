/** Files, the line where the work is, states after a withdrawal, and what is said to a reviewer: as pure values. */
import { beforeEach, expect, test } from 'vitest';
import { setLanguage } from '../../i18n';
import type { CaptureCard } from '../../store/types';
import { reasonWords } from '../words';
import { filesWords, noticeWords } from '../words-visits';
import { placesOf, saidTo, withSaid } from './correction';
import { filesLeft, shareOf, sumOf } from './files';
import { chipOf, reasonOf, type SentVisit } from './sent';
import { whereOf } from './where';

beforeEach(() => setLanguage('zh'));

const file = (state: CaptureCard['state'], more: Partial<CaptureCard> = {}): CaptureCard => ({
  visit: 'v',
  path: '/data/photo',
  name: 'a.jpg',
  sha256: 'a',
  type: 'image/jpeg',
  bytes: 240_000,
  said_at: null,
  sent: 0,
  freed: false,
  state,
  ...more,
});
const voice = { type: 'audio/webm', bytes: 30_000 } as const;

test('files are told by kind: how many are where, and how much is still to go', () => {
  const files = [file('received'), file('waiting'), file('waiting', voice)];
  expect(filesWords(files, false)).toBe('照片 2 张：1 张县里已收到，1 张等信号，240 kB。录音 1 段：等信号，30 kB');
  expect(filesWords([file('received'), file('waiting')], true)).toBe('照片 2 张：1 张县里已收到，1 张等 Wi-Fi，240 kB');
  expect(filesWords([file('received'), file('received', voice)], true)).toBe('照片 1 张、录音 1 段：县里都收到了');
  expect(filesWords([file('sending', { sent: 150_000 }), file('lost')], false)).toBe(
    '照片 2 张：1 张正在送，还有 90 kB，1 张手机上找不到了',
  );
  expect(
    filesWords([file('waiting', { type: 'video/mp4' }), file('received', { type: 'application/pdf' })], false),
  ).toBe('录像和文件 2 个：1 个县里已收到，1 个等信号，240 kB');
  expect(filesWords([], false)).toBeNull();
  setLanguage('en');
  expect(filesWords(files, false)).toBe(
    '2 photos: 1 with the county, 1 waiting for signal (240 kB). 1 recording: waiting for signal (30 kB)',
  );
});

test('what has arrived counts no bytes, and a part that has arrived is not sent again', () => {
  expect(sumOf([file('received'), file('aside'), file('sending', { sent: 200_000 })]).bytes).toBe(40_000);
  expect(shareOf(file('sending', { sent: 150_000 }))).toBe(62);
  expect(shareOf(file('sending', { sent: 240_000 }))).toBe(99); // the county has not said so yet
  expect(shareOf(file('waiting'))).toBeNull();
});

test('the line says photos only once their words have arrived; a draft’s wait for nothing', () => {
  const files = filesLeft([file('waiting'), file('sending'), file('waiting', voice), file('draft'), file('received')]);
  expect(files).toEqual({ photos: 2, voices: 1 });
  expect(whereOf({ drafts: 0, waiting: 0 }, files, 'idle')).toEqual({ at: 'waiting', left: { visits: 0, ...files } });
  expect(whereOf({ drafts: 0, waiting: 0 }, { photos: 0, voices: 0 }, 'idle')).toEqual({ at: 'all' });
  expect(whereOf({ drafts: 1, waiting: 2 }, files, 'offline')).toEqual({ at: 'offline', visits: 3 });
});

test('a visit that was taken back says so at once; when the county was faster, it stays and that is said', () => {
  const visit: SentVisit = { state: 'received', handling: false, received: '2026-11-24T01:48:00.000Z', decisions: [] };
  const words = (each: SentVisit) => reasonWords(reasonOf(each, 'idle'), '2026-11-24', 'Asia/Shanghai');
  const waits: SentVisit = { ...visit, state: 'waiting', withdrawal: 'waiting' };
  expect([chipOf(waits), words(waits)]).toEqual(['withdrawn', '已撤回，有网告诉县里']);
  const taken: SentVisit = { ...visit, state: 'withdrawn' };
  expect([chipOf(taken), words(taken)]).toEqual(['withdrawn', '已撤回，县里不算这一次']);
  const late: SentVisit = { ...visit, withdrawal: 'refused' };
  expect([chipOf(late), words(late)]).toEqual(['received', '县里先看过了，没有撤回']);
});

test('two words about one answer are one place, in the order in which they were asked', () => {
  const asked = [
    { record: 'r', path: '/data/photo', text: '太暗' },
    { record: 'r', path: '/data/temp', text: '是不是 20 度？' },
    { record: 'r', path: '/data/photo', text: '也看不清插座' },
  ];
  expect(placesOf(asked)).toEqual([
    { path: '/data/photo', words: '太暗\n也看不清插座' },
    { path: '/data/temp', words: '是不是 20 度？' },
  ]);
});

test('what she says to a place takes the place of what she said before; a change needs no reason', () => {
  const first = withSaid([], 'r', '/data/temp', { said: 'cannot', reason: '温度计坏了' });
  expect(first).toEqual([{ record: 'r', path: '/data/temp', said: 'cannot', reason: '温度计坏了' }]);
  const then = withSaid(first, 'r', '/data/temp', { said: 'changed', reason: '温度计坏了' });
  expect(then).toEqual([{ record: 'r', path: '/data/temp', said: 'changed' }]);
  expect(saidTo(then, 'r', '/data/temp')).toEqual({ said: 'changed', reason: '' });
  expect(withSaid(then, 'r', '/data/temp', { said: null, reason: '' })).toEqual([]);
  expect(saidTo([], 'r', '/data/temp')).toEqual({ said: null, reason: '' });
});

test('the same question in two records is answered in each', () => {
  const both = withSaid(withSaid([], 'a', '/data/note', { said: 'right', reason: '是' }), 'b', '/data/note', {
    said: 'changed',
    reason: '',
  });
  expect([saidTo(both, 'a', '/data/note').said, saidTo(both, 'b', '/data/note').said]).toEqual(['right', 'changed']);
});

test('a notice names who; what nobody in particular did, the county did', () => {
  expect(noticeWords({ kind: 'noted', by: '佟立岩' })).toBe('佟立岩给您留了言');
  expect(noticeWords({ kind: 'approved', by: null })).toBe('县里看过了，通过');
});
