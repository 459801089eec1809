/** One visit, what came back, notices and the camera's ways: what she reads and taps, as plain values. */
import type { JSX } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { CameraSheet } from '../capture/CameraSheet';
import { Unfinished } from '../capture/Unfinished';
import { VoiceSheet } from '../capture/VoiceSheet';
import { Me, type MeView } from './Me';
import { type NoticeLine, Notices } from './Notices';
import { Saved, type Then } from './Saved';
import { SentVisit, type SentVisitProps, type SentVisitView } from './SentVisit';

let dispose: () => void = () => undefined;
const show = (page: () => JSX.Element) => {
  dispose = render(page, document.body);
};
beforeEach(() => setLanguage('zh'));
afterEach(() => {
  dispose();
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

const text = (selector = 'body') => document.querySelector(selector)?.textContent ?? '';
function tap(words: string, within = 'body'): void {
  const buttons = [...document.querySelectorAll<HTMLElement>(`${within} button, ${within} a`)];
  const found = buttons.find((each) => each.textContent.includes(words));
  if (found === undefined) throw new Error(`nothing says ${words}`);
  found.click();
}
const says = (words: string) =>
  [...document.querySelectorAll('button')].some((each) => each.textContent.includes(words));
function write(words: string, within = 'main'): void {
  const box = document.querySelector<HTMLTextAreaElement>(`${within} textarea`)!;
  box.value = words;
  box.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
const nothing = () => undefined;

const file = { name: 'a.jpg', title: '照片 1', picture: true, url: null, words: '240 kB', share: null } as const;
const VIEW: SentVisitView = {
  name: '朴顺姬',
  form: '上门照料',
  when: '今天 9:40',
  chip: 'received',
  reason: '9:48 送到',
  problem: null,
  files: [],
  filesLine: null,
  asked: null,
  changeable: false,
  changing: false,
  restorable: false,
  talk: [],
  trouble: null,
};
function visit(view: Partial<SentVisitView>, acts: Partial<SentVisitProps> = {}) {
  const all: Omit<SentVisitProps, 'view'> = {
    onBack: nothing,
    onMend: nothing,
    onChange: nothing,
    onWithdraw: nothing,
    onRestore: nothing,
    onNote: () => Promise.resolve(true),
    onShow: nothing,
    ...acts,
  };
  return () => <SentVisit view={{ ...VIEW, ...view }} {...all} />;
}

test('each file says where it is, and one on its way how far it has come', () => {
  const sending = { ...file, name: 'b.jpg', title: '照片 2', chip: 'sending', words: '已送 62%', share: 62 } as const;
  show(visit({ files: [{ ...file, chip: 'received' }, sending], filesLine: '照片 2 张：1 张县里已收到' }));
  const [words, first, second] = [...document.querySelectorAll('.line-send')].map((each) => each.textContent);
  expect(words).toContain('文字记录9:48 送到县里已收到');
  expect(first).toContain('照片 1240 kB县里已收到');
  expect(second).toContain('已送 62%正在送');
  expect(document.querySelector('progress')?.getAttribute('aria-label')).toBe('已送 62%');
  expect(text('main')).toContain('照片 2 张：1 张县里已收到');
});

test('a photo with a picture opens large, and is named for a reader', () => {
  const onShow = vi.fn();
  const pictured = { ...file, url: 'blob:a', chip: 'received' } as const;
  show(visit({ files: [pictured] }, { onShow }));
  const picture = document.querySelector<HTMLImageElement>('button.look img')!;
  expect(picture.alt).toBe('照片 1，看大图');
  picture.click();
  expect(onShow).toHaveBeenCalledExactlyOnceWith(pictured);
});

test('what was asked stands above everything, by whom and until when, and one button goes there', () => {
  const onMend = vi.fn();
  const asked = { by: '佟立岩', count: 2, day: '11月26日', words: '辛苦了', begun: false };
  show(visit({ asked }, { onMend }));
  expect(text('main > :first-child')).toContain('请补一下佟立岩请您补 2 处，11月26日前辛苦了');
  tap('去补', '.dock');
  expect(onMend).toHaveBeenCalledOnce();
  dispose();
  show(visit({ asked: { ...asked, begun: true } }));
  expect(text('.dock')).toContain('接着补');
});

test('until the county has looked she may change it or take it back, and taking back is asked first', () => {
  const onWithdraw = vi.fn();
  show(visit({}));
  expect(says('撤回')).toBe(false);
  dispose();
  show(visit({ changeable: true }, { onWithdraw }));
  expect(says('改一改')).toBe(true);
  tap('撤回');
  expect(onWithdraw).not.toHaveBeenCalled();
  expect(text('dialog')).toContain('可以恢复');
  expect(document.activeElement?.tagName).toBe('P'); // no keyboard pops up for what may be left out
  tap('不撤回', 'dialog');
  expect(onWithdraw).not.toHaveBeenCalled();
});

test('the reason for taking back may be left out, or said', () => {
  const onWithdraw = vi.fn();
  show(visit({ changeable: true }, { onWithdraw }));
  tap('撤回');
  document.querySelector<HTMLElement>('dialog footer .main')!.click();
  expect(onWithdraw).toHaveBeenLastCalledWith(null);
  expect(document.querySelector('dialog')).toBeNull();
  tap('撤回');
  write('  记错人了 ', 'dialog');
  document.querySelector<HTMLElement>('dialog footer .main')!.click();
  expect(onWithdraw).toHaveBeenLastCalledWith('记错人了');
});

test('what was taken back can be had back', () => {
  const onRestore = vi.fn();
  show(visit({ chip: 'withdrawn', restorable: true }, { onRestore }));
  expect(text('main')).toContain('已撤回');
  tap('恢复');
  expect(onRestore).toHaveBeenCalledOnce();
});

test('a word to the reviewer leaves the box only when it is on the disk', async () => {
  const onNote = vi.fn(() => Promise.resolve(false));
  const theirs = {
    id: '1',
    who: '佟立岩',
    mine: false,
    when: '9:50',
    text: '炉子旁边的纸箱',
    state: 'received',
  } as const;
  const hers = { id: '2', who: '单秀云', mine: true, when: '9:52', text: '明天去挪', state: 'waiting' } as const;
  show(visit({ talk: [theirs, hers] }, { onNote }));
  expect([...document.querySelectorAll('.talk li')].map((each) => each.textContent)).toEqual([
    '佟立岩9:50炉子旁边的纸箱',
    '我9:52等信号明天去挪',
  ]);
  tap('发出');
  expect(onNote).not.toHaveBeenCalled();
  expect(text('main')).toContain('先写几个字');
  write('好的');
  tap('发出');
  await vi.waitFor(() => expect(onNote).toHaveBeenCalledExactlyOnceWith('好的'));
  expect(document.querySelector('textarea')!.value).toBe('好的');
  onNote.mockResolvedValue(true);
  await vi.waitFor(() => {
    tap('发出');
    expect(document.querySelector('textarea')!.value).toBe('');
  });
});

test('a notice says who and about whom, a new one carries a word, and a tap opens the visit', () => {
  const onOpen = vi.fn();
  const line: NoticeLine = {
    id: '1',
    kind: 'approved',
    title: '佟立岩看过了，通过',
    about: '曲凤英 上门照料',
    when: '今天 9:50',
    words: null,
    isNew: true,
    visit: 'v1',
  };
  const gone = { ...line, id: '2', visit: null, isNew: false, about: null };
  show(() => <Notices lines={[line, gone]} onBack={nothing} onOpen={onOpen} />);
  const [first, second] = [...document.querySelectorAll<HTMLElement>('.notice')];
  expect(first!.textContent).toBe('佟立岩看过了，通过新曲凤英 上门照料今天 9:50');
  expect(second!.tagName).toBe('DIV'); // nothing to open: nothing to tap
  first!.click();
  expect(onOpen).toHaveBeenCalledExactlyOnceWith('v1');
  dispose();
  show(() => <Notices lines={[]} onBack={nothing} onOpen={onOpen} />);
  expect(text('main')).toContain('还没有通知');
});

test('a mended visit is said to be mended, with the files that go with it', () => {
  const view = {
    name: '朴顺姬',
    form: '上门照料',
    minutes: null,
    state: 'waiting',
    reason: '有网自己送',
    then: null,
    next: null,
  } as const;
  show(() => (
    <Saved
      view={{ ...view, how: 'mended', files: [{ ...file, chip: 'waiting' }] }}
      trouble={null}
      onSlip={nothing}
      onNext={nothing}
      onToday={nothing}
    />
  ));
  expect(text('h2.display')).toBe('补好了');
  expect(text('main')).toContain('照片 1240 kB等信号');
});

test('after a registration and after the end of a matter it is said what follows, and a slip has a way back', () => {
  const view = { name: '佟玉兰', form: '', minutes: 4, state: 'waiting', reason: '', how: 'new', next: null } as const;
  const onSlip = vi.fn();
  const saved = (then: Then) => () => (
    <Saved view={{ ...view, files: [], then }} trouble={null} onSlip={onSlip} onNext={nothing} onToday={nothing} />
  );
  const said = { me: '从现在起由您跟进', team: '由本队一起跟进', nobody: '由谁跟进，县里收到后会安排' } as const;
  for (const by of ['me', 'team', 'nobody'] as const) {
    show(saved({ at: 'followed', by }));
    expect(text('main')).toContain(said[by]);
    expect(text('main')).not.toContain('点错了');
    dispose();
  }
  show(saved({ at: 'done', changeable: false }));
  expect(text('main')).toContain('不再列在要跟进的里面');
  expect(text('main')).not.toContain('点错了');
  dispose();
  show(saved({ at: 'done', changeable: true }));
  tap('点错了，还没办结');
  expect(onSlip).toHaveBeenCalledOnce();
});

test('she says herself whether large pictures wait for Wi-Fi, and why it could not be kept stands there', () => {
  const onWifi = vi.fn();
  const view: MeView = {
    name: '单秀云',
    county: '桦岭县',
    teams: [],
    drafts: 0,
    waiting: 0,
    heard: null,
    storage: null,
    news: 2,
    wifi: false,
    trouble: '手机存满了。',
    version: '1',
    where: { at: 'all' },
    others: [],
    install: null,
  };
  const acts = { onLanguage: nothing, onInstall: nothing, onSent: nothing, onChange: nothing, onJoin: nothing };
  const onNews = vi.fn();
  show(() => <Me view={view} {...acts} onNews={onNews} onWifi={onWifi} onPersist={() => Promise.resolve(true)} />);
  document.querySelector<HTMLInputElement>('input[value=wifi]')!.click();
  expect(onWifi).toHaveBeenCalledExactlyOnceWith(true);
  expect(text('[role=alert]')).toContain('手机存满了');
  tap('通知 2 条新的');
  expect(onNews).toHaveBeenCalledOnce();
});

const camera = (over: Partial<Parameters<typeof CameraSheet>[0]> = {}) => {
  const props = { title: '隐患照片', from: 'camera', prepare: () => Promise.resolve(), onClose: nothing } as const;
  const rest = { onPhoto: () => Promise.resolve(), wordsOf: () => '这张照片打不开，换一张试试。' };
  return () => <CameraSheet {...props} {...rest} {...over} />;
};
function chooses(photo: File, label: string): void {
  const input = document.querySelector<HTMLInputElement>(`input[aria-label="${label}"]`)!;
  Object.defineProperty(input, 'files', { value: [photo], configurable: true });
  Object.defineProperty(input, 'value', { value: '', writable: true, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

test('a camera that she does not allow is one sentence and two other ways', async () => {
  const refused = new DOMException('no', 'NotAllowedError');
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia: () => Promise.reject(refused) } });
  show(camera());
  await vi.waitFor(() => expect(text('dialog')).toContain('没有打开相机。可以在手机设置里允许'));
  expect(says('用手机自带的相机拍')).toBe(true);
  expect(says('从相册选')).toBe(true);
});

test('before another app opens, everything is on the disk', async () => {
  vi.stubGlobal('navigator', {});
  const order: string[] = [];
  const prepare = async () => {
    await Promise.resolve();
    order.push('disk');
  };
  show(camera({ prepare }));
  await vi.waitFor(() => expect(text('dialog')).toContain('这里打不开相机'));
  document.querySelector<HTMLInputElement>('input[capture]')!.click = () => void order.push('camera app');
  tap('用手机自带的相机拍');
  await vi.waitFor(() => expect(order).toEqual(['disk', 'camera app']));
});

test('a file that is no picture is said so, and she may choose another', async () => {
  vi.stubGlobal('navigator', {});
  const onPhoto = vi.fn<(photo: Blob | ImageBitmap) => Promise<void>>(() => Promise.reject(new Error('no picture')));
  show(camera({ onPhoto }));
  await vi.waitFor(() => expect(text('dialog')).toContain('这里打不开相机'));
  chooses(new File(['%PDF'], 'a.pdf'), '从相册选');
  await vi.waitFor(() => expect(text('[role=alert]')).toContain('换一张试试'));
  onPhoto.mockResolvedValue(undefined);
  chooses(new File(['jpeg'], 'a.jpg'), '从相册选');
  await vi.waitFor(() => expect(onPhoto).toHaveBeenCalledTimes(2));
});

test('a browser that records nothing says what to do instead', async () => {
  const store = { beginRecording: vi.fn(), addChunk: vi.fn(), recordingBytes: vi.fn(), dropRecording: vi.fn() };
  const onClose = vi.fn();
  const props = { title: '也可以说一段', visit: 'v', record: 'r', path: '/data/voice', store, onClose };
  show(() => <VoiceSheet {...props} onUse={() => Promise.resolve()} wordsOf={() => ''} />);
  await vi.waitFor(() => expect(text('dialog')).toContain('录不了音，可以先不录'));
  expect(store.beginRecording).not.toHaveBeenCalled();
  tap('先不录');
  expect(onClose).toHaveBeenCalledOnce();
});

test('a recording that was cut off is offered: used, thrown away, or left for later; a failure is told', async () => {
  const onUse = vi.fn(() => Promise.reject(new Error('full')));
  const onDrop = vi.fn(() => Promise.resolve());
  const load = () => Promise.resolve(null);
  show(() => (
    <Unfinished
      title="也可以说一段"
      length="14 秒"
      load={load}
      onUse={onUse}
      onDrop={onDrop}
      wordsOf={() => '手机存满了。'}
      onClose={nothing}
    />
  ));
  expect(text('dialog')).toContain('上次录了 14 秒，要用吗？');
  expect(document.activeElement?.textContent).toContain('要用吗'); // the focus is not on what throws it away
  tap('用这段');
  await vi.waitFor(() => expect(text('[role=alert]')).toContain('手机存满了'));
  tap('不要了');
  expect(onDrop).toHaveBeenCalledOnce();
});
