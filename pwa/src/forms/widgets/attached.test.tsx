import axe from 'axe-core';
import { afterEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n';
import { Toasts, undoToast } from '../../ui';
import { render } from 'solid-js/web';
import { open } from '../fixtures/cast';
import { hostOf, type TestHost } from '../fixtures/host';
import { type Page, show } from '../fixtures/page';

afterEach(() => {
  setLanguage('zh');
  document.body.replaceChildren();
});

const A = 'a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const B = 'b1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const VOICE = 'c1b2c3d4e5f60718293a4b5c6d7e8f90.webm';
const STOVE = '/data/stove';

async function onePage(host: TestHost | undefined = hostOf(), answers: readonly (readonly [string, string])[] = []) {
  const filling = await open('photos');
  for (const [path, name] of answers) filling.set(path, name);
  return { filling, host, page: show(filling, { mode: 'one-page', attachments: host }) };
}

const buttons = (page: Page, path: string) =>
  [...page.at(path).querySelectorAll('button')].map((each) => each.textContent);

describe('a photo', () => {
  it('is taken by a tile, or chosen from the album, and shows itself with the words of where it is', async () => {
    const { filling, host, page } = await onePage();
    expect(buttons(page, STOVE)).toEqual(['拍照', '从相册选']);
    expect(page.at(STOVE).querySelector('legend')?.textContent.trim()).toBe('炉子照片');
    expect(page.at(STOVE).querySelector('.hint')?.textContent).toBe('拍清炉子口');
    host.next.push(A);
    page.tap('拍照', page.at(STOVE));
    await page.rest();
    host.put(A, { words: '等信号' });
    expect(host.taken).toEqual([[STOVE, 'image', 'camera']]);
    expect(filling.get(STOVE)).toBe(A);
    const image = page.at(STOVE).querySelector('img')!;
    expect([image.getAttribute('src'), image.alt]).toEqual([`blob:${A}`, '炉子照片']);
    expect(page.at(STOVE).querySelector('.tag')?.textContent).toBe('等信号');
    host.put(A, { words: '县里已收到' });
    expect(page.at(STOVE).querySelector('.tag')?.textContent).toBe('县里已收到');
    host.next.push(B);
    page.tap('从相册选', page.at('/data/pipe'));
    await page.rest();
    expect(host.taken[1]).toEqual(['/data/pipe', 'image', 'album']);
    expect(filling.get('/data/pipe')).toBe(B);
  });

  it('from the album says when it was taken, as the album has it', async () => {
    const host = hostOf();
    host.put(A, { saidAt: '2020-11-20T06:05:00.000Z' });
    const { page } = await onePage(host, [[STOVE, A]]);
    expect(page.at(STOVE).textContent).toContain('照片上的时间：2020年11月20日');
  });

  it('opens large, and keeps the focus at its question when the button has gone', async () => {
    const { host, page } = await onePage();
    host.next.push(A);
    const tile = page.at(STOVE).querySelector<HTMLButtonElement>('.tile.add')!;
    tile.focus();
    tile.click();
    await page.rest();
    expect(document.activeElement?.className).toBe('tile');
    expect(document.activeElement?.textContent).toBe('看大图');
    (document.activeElement as HTMLElement).click();
    expect(host.shown).toEqual([A]);
  });

  it('that she gives up changes nothing, one at a time is taken, and what is lost is said', async () => {
    const { filling, host, page } = await onePage();
    host.next.push(null);
    page.tap('拍照', page.at(STOVE));
    page.tap('从相册选', page.at(STOVE));
    await page.rest();
    expect([filling.get(STOVE), host.taken.length, page.error(STOVE)]).toEqual(['', 1, undefined]);
    host.next.push(new Error('disk full'));
    page.tap('拍照', page.at(STOVE));
    await page.rest();
    expect([filling.get(STOVE), page.error(STOVE)]).toEqual(['', '这张没存下来，请再拍一次']);
    host.next.push(A);
    page.tap('拍照', page.at(STOVE));
    await page.rest();
    expect([filling.get(STOVE), page.error(STOVE)]).toEqual([A, undefined]);
  });

  it('taken anew or away can be taken back', async () => {
    const { filling, host, page } = await onePage(hostOf(A), [[STOVE, A]]);
    expect(buttons(page, STOVE)).toEqual(['看大图', '重拍', '从相册选', '删除']);
    host.next.push(B);
    page.tap('重拍');
    await page.rest();
    expect(filling.get(STOVE)).toBe(B);
    expect(undoToast()).toBe(true);
    expect(filling.get(STOVE)).toBe(A);
    page.tap('删除');
    expect([filling.get(STOVE), document.activeElement?.textContent]).toEqual(['', '拍照']);
    expect(undoToast()).toBe(true);
    expect(filling.get(STOVE)).toBe(A);
  });

  it('says what was done, and offers no way back once the form is left', async () => {
    const said = document.body.appendChild(document.createElement('div'));
    const gone = render(() => <Toasts />, said);
    const { page } = await onePage(hostOf(A), [[STOVE, A]]);
    page.tap('删除');
    expect(said.textContent).toBe('照片删了撤销');
    page.leave();
    expect([said.textContent, undoToast()]).toEqual(['', false]);
    gone();
  });

  it('that must be there is asked for when she wants to go on', async () => {
    const { page } = await onePage();
    expect(page.error(STOVE)).toBeUndefined();
    page.tap('记好了');
    await page.rest();
    expect([page.error(STOVE), page.finished.length]).toEqual(['请拍一张', 0]);
    expect(document.activeElement?.textContent).toBe('拍照');
    const fieldset = page.at(STOVE).querySelector('fieldset')!;
    const told = fieldset
      .getAttribute('aria-describedby')!
      .split(' ')
      .map((id) => document.getElementById(id));
    expect(told.map((each) => each?.textContent.trim())).toEqual(['拍清炉子口', '请拍一张']);
  });

  it('that is not on this phone says so instead of an empty frame', async () => {
    const host = hostOf();
    host.put(A, { url: null, words: '县里已收到' });
    const { page } = await onePage(host, [[STOVE, A]]);
    expect(page.at(STOVE).querySelector('.tile')?.textContent).toBe('照片不在这里县里已收到');
    expect(page.at(STOVE).querySelector('.tile')?.tagName).toBe('DIV');
  });

  it('is read only where nobody can take one', async () => {
    const filling = await open('photos');
    filling.set(STOVE, A);
    const page = show(filling, { mode: 'one-page' });
    expect(page.at(STOVE).querySelector('.told')?.textContent).toBe('有照片');
    expect(page.at('/data/pipe').querySelector('.told')?.textContent).toBe('—');
    expect([STOVE, '/data/pipe', '/data/voice'].flatMap((path) => buttons(page, path))).toEqual([]);
  });
});

describe('a recording', () => {
  it('is begun by one button, played by one, recorded anew or taken away', async () => {
    const { filling, host, page } = await onePage();
    const path = '/data/voice';
    expect(buttons(page, path)).toEqual(['说一段']);
    host.next.push(VOICE);
    page.tap('说一段');
    await page.rest();
    expect(host.taken).toEqual([[path, 'audio', 'camera']]);
    host.put(VOICE, { words: '等信号' });
    expect([filling.get(path), page.at(path).textContent]).toEqual([VOICE, expect.stringContaining('等信号')]);
    expect(page.at(path).querySelector('audio')?.getAttribute('src')).toBe(`blob:${VOICE}`);
    expect(page.at(path).querySelector('.mic')?.getAttribute('aria-label')).toBe('播放 说两句');
    page.tap('删除');
    expect(filling.get(path)).toBe('');
    undoToast();
    expect(filling.get(path)).toBe(VOICE);
  });

  it('finds its length, goes from play to pause and back, and says where it is', async () => {
    const { page } = await onePage(hostOf(VOICE), [['/data/voice', VOICE]]);
    const audio = page.at('/data/voice').querySelector('audio')!;
    const player = sound(audio);
    const button = page.at('/data/voice').querySelector<HTMLButtonElement>('.mic')!;
    const told = () => page.at('/data/voice').querySelector('.player .cap')?.textContent;
    player.loads(Infinity);
    expect([audio.currentTime > 1000, told()]).toEqual([true, '0:00']);
    player.knows(64.4);
    expect([audio.currentTime, told()]).toEqual([0, '0:00，共 1:04']);
    button.click();
    expect(button.getAttribute('aria-label')).toBe('暂停 说两句');
    player.at(12);
    expect(told()).toBe('0:12，共 1:04');
    button.click();
    expect([button.getAttribute('aria-label'), audio.paused]).toEqual(['播放 说两句', true]);
    audio.dispatchEvent(new Event('error'));
    expect(page.error('/data/voice')).toBe('录音好好的，只是这里放不了');
    const save = page.at('/data/voice').querySelector<HTMLAnchorElement>('a[download]')!;
    expect([save.textContent, save.getAttribute('href'), save.download]).toEqual([
      '存出来，用别的播放器打开',
      `blob:${VOICE}`,
      VOICE,
    ]);
  });
});

/** jsdom draws no sound: what a browser would do with this recording, event by event. */
function sound(audio: HTMLAudioElement) {
  let paused = true;
  let duration = Number.NaN;
  const tell = (name: string) => audio.dispatchEvent(new Event(name));
  const turn = (off: boolean, name: string) => () => {
    paused = off;
    tell(name);
    return Promise.resolve();
  };
  Object.defineProperties(audio, {
    paused: { get: () => paused },
    duration: { get: () => duration },
    currentTime: { value: 0, writable: true },
    play: { value: turn(false, 'play') },
    pause: { value: turn(true, 'pause') },
  });
  return {
    loads(seconds: number) {
      duration = seconds;
      tell('loadedmetadata');
    },
    knows(seconds: number) {
      duration = seconds;
      tell('durationchange');
    },
    at(seconds: number) {
      audio.currentTime = seconds;
      tell('timeupdate');
    },
  };
}

describe('a screen reader', () => {
  it.each(['zh', 'en'] as const)('finds nothing amiss in %s, empty and full', async (language) => {
    setLanguage(language);
    const host = hostOf(A, VOICE);
    const { filling, page } = await onePage(host);
    const check = async () => {
      const off = { enabled: false };
      const rules = { 'color-contrast': off, region: off, 'label-content-name-mismatch': off };
      const { violations } = await axe.run(page.box, { rules });
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    };
    await check();
    page.tap(language === 'zh' ? '记好了' : 'Done');
    await page.rest();
    await check();
    filling.set(STOVE, A);
    filling.set('/data/voice', VOICE);
    await check();
  });
});
