import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import type { Attachment } from '../../api/types';
import { attachment, both, json, sitDown } from '../testing/seat';
import { Attached } from './Attached';
import { type Evidence, EvidenceProvider } from './evidence';
import { createFiles } from './files';
import { Viewer } from './Viewer';

let dispose: (() => void) | undefined;
let asked: string[];
let absent: (path: string) => boolean;

beforeEach(async () => {
  asked = [];
  absent = () => false;
  URL.createObjectURL = (blob) => `blob:${(blob as File).name}`;
  URL.revokeObjectURL = () => undefined;
  window.matchMedia = () => ({ matches: true }) as MediaQueryList;
  await sitDown(() => json({}));
});
afterEach(() => {
  dispose?.();
  document.body.replaceChildren();
});

function evidence(more: Partial<Evidence> = {}): Evidence {
  const get = (path: string) => {
    asked.push(path);
    if (absent(path)) return Promise.reject(new ApiProblem('not_found', 404, '没有', ''));
    return Promise.resolve(new File(['x'], path.includes('preview') ? 'small' : 'whole'));
  };
  return { base: '/api/visits/v1', files: createFiles(get), show: vi.fn(), fetch: vi.fn(), ...more };
}
function show(file: Attachment, more: Partial<Evidence> = {}): Evidence {
  let seen!: Evidence;
  dispose = render(() => {
    seen = evidence(more);
    return (
      <EvidenceProvider value={seen}>
        <Attached attachment={file} label="炉子口照片" />
      </EvidenceProvider>
    );
  }, document.body);
  return seen;
}
const picture = () => document.querySelector('img');

test('the small one is fetched through the visit, and says that the original is to come', async () => {
  show(attachment({ state: 'preview' }));
  await vi.waitFor(() => expect(picture()?.getAttribute('src')).toBe('blob:small'));
  expect(asked).toEqual([`/api/visits/v1/photos/${'a'.repeat(64)}/preview`]);
  expect(document.body.textContent).toContain('等原图');
  expect(document.body.textContent).toContain('照片上写着 9:02');
});

test('where no small one ever came, the original is shown', async () => {
  absent = (path) => path.endsWith('/preview');
  show(attachment());
  await vi.waitFor(() => expect(picture()?.getAttribute('src')).toBe('blob:whole'));
  expect(document.body.textContent).not.toContain('等原图');
});

test.each([
  ['awaited', null, '还在手机上'],
  ['lost', 'unreadable', '手机上读不出来了'],
  ['aside', 'photo_unreadable', '打不开'],
  ['aside', 'photo_too_large', '大得看不了'],
] as const)('one that is %s (%s) says so and what to do, and nothing is fetched', (state, reason, words) => {
  show(attachment({ state, reason }));
  expect(document.body.textContent).toContain(words);
  expect(document.querySelector('.nophoto .cap')!.textContent).not.toBe('');
  expect(asked).toEqual([]);
});

test('what stands aside can only be downloaded', () => {
  const file = attachment({ state: 'aside', reason: 'photo_unreadable' });
  const { fetch, show: enlarge } = show(file);
  document.querySelector<HTMLButtonElement>('.nophoto button')!.click();
  expect(fetch).toHaveBeenCalledWith(file);
  expect(enlarge).not.toHaveBeenCalled();
});

test('a film is fetched when somebody wants to see it, and a PDF is taken home', async () => {
  show(attachment({ type: 'video/mp4', name: 'f.mp4', said_at: null }));
  expect(asked).toEqual([]);
  document.querySelector('button')!.click();
  await vi.waitFor(() => expect(document.querySelector('video')?.getAttribute('src')).toBe('blob:whole'));
  dispose?.();
  document.body.replaceChildren();
  const paper = attachment({ type: 'application/pdf', name: 'p.pdf', said_at: null });
  const seen = show(paper);
  expect(document.querySelector('button')?.textContent).toBe('下载（40 kB）');
  document.querySelector('button')!.click();
  expect(seen.fetch).toHaveBeenCalledWith(paper);
});

test('a recording is fetched when somebody wants to hear it', async () => {
  show(attachment({ type: 'audio/webm', name: 'v.webm', said_at: null }));
  expect(asked).toEqual([]);
  document.querySelector('button')!.click();
  await vi.waitFor(() => expect(document.querySelector('audio')?.getAttribute('src')).toBe('blob:whole'));
});

test.each([
  ['video/mp4', 'video', '这里放不出这段录像'],
  ['audio/mp4', 'audio', '这里放不出这段录音'],
])('%s that this browser cannot decode is said in words, and can be taken home', async (type, tag, words) => {
  const file = attachment({ type, name: 'f', said_at: null });
  const { fetch } = show(file);
  document.querySelector('button')!.click();
  await vi.waitFor(() => expect(document.querySelector(tag)).not.toBeNull());
  document.querySelector(tag)!.dispatchEvent(new Event('error'));
  expect(document.querySelector(tag)).toBeNull();
  expect(document.querySelector('[role=status]')?.textContent).toContain(words);
  document.querySelector<HTMLButtonElement>('[role=status] button')!.click();
  expect(fetch).toHaveBeenCalledExactlyOnceWith(file);
});

test('a large photo begins with the small one, and arrows go to the ones beside it', async () => {
  const moved = vi.fn();
  const second = attachment({ sha256: 'b'.repeat(64), state: 'preview' });
  const pictures = [
    { label: both('炉子口照片'), attachment: attachment() },
    { label: both('做的饭'), attachment: second },
  ];
  dispose = render(() => {
    const seen = evidence();
    return <Viewer evidence={seen} pictures={pictures} at={0} onMove={moved} onClose={() => undefined} />;
  }, document.body);
  await vi.waitFor(() => expect(picture()?.getAttribute('src')).toBe('blob:whole'));
  expect(asked[0]).toContain('a'.repeat(64));
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
  expect(moved).not.toHaveBeenCalled();
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
  expect(moved).toHaveBeenCalledWith(1);
});
