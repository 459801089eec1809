import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../i18n';
import { undoToast } from '../../ui';
import { open } from '../fixtures/cast';
import { hostOf, type TestHost } from '../fixtures/host';
import { show } from '../fixtures/page';

afterEach(() => {
  setLanguage('zh');
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const PHOTO = 'a1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const DRAWN = 'b1b2c3d4e5f60718293a4b5c6d7e8f90.jpg';
const FILM = 'c1b2c3d4e5f60718293a4b5c6d7e8f90.mp4';
const ANEW = 'e1b2c3d4e5f60718293a4b5c6d7e8f90.mp4';
const PAPER = 'd1b2c3d4e5f60718293a4b5c6d7e8f90.pdf';

async function onePage(host: TestHost = hostOf(), answers: readonly (readonly [string, string])[] = []) {
  const filling = await open('capture');
  for (const [path, name] of answers) filling.set(path, name);
  return { filling, host, page: show(filling, { mode: 'one-page', attachments: host }) };
}

describe('a code', () => {
  it('is read by the camera where there is one, and can be typed over', async () => {
    const { filling, host, page } = await onePage();
    const box = page.at('/data/code');
    expect(box.querySelectorAll('button')).toHaveLength(0);
    expect(box.querySelector('.hint')?.textContent).toBe('照着码下面的字写');
    host.canScan();
    host.codes.push('6901234567892');
    page.tap('扫一扫', box);
    await page.rest();
    expect([filling.get('/data/code'), page.input('/data/code').value]).toEqual(['6901234567892', '6901234567892']);
    page.tap('再扫一次', box);
    await page.rest();
    expect(filling.get('/data/code')).toBe('6901234567892');
    page.write('/data/code', '690123');
    expect(filling.get('/data/code')).toBe('690123');
  });
});

describe('a photo', () => {
  it('that must be new is not chosen from the album, and begins at the camera that the form says', async () => {
    const { host, page } = await onePage();
    const buttons = (path: string) => [...page.at(path).querySelectorAll('button')].map((each) => each.textContent);
    expect([buttons('/data/door'), buttons('/data/face'), buttons('/data/damage')]).toEqual([
      ['拍照'],
      ['拍照'],
      ['拍照', '从相册选'],
    ]);
    page.tap('拍照', page.at('/data/door'));
    page.tap('拍照', page.at('/data/face'));
    await page.rest();
    expect(host.taken).toEqual([
      ['/data/door', 'image', 'new'],
      ['/data/face', 'image', 'new-front'],
    ]);
  });

  it('is drawn on, and what was drawn takes its place until it is taken back', async () => {
    const bitmap = { width: 800, height: 600, close: () => undefined };
    vi.stubGlobal('createImageBitmap', () => Promise.resolve(bitmap));
    const drawn: unknown[] = [];
    const pen = { drawImage: (...all: unknown[]) => drawn.push(all.slice(1)), fillRect: () => 0, beginPath: () => 0 };
    const lines = { moveTo: () => 0, lineTo: () => 0, stroke: () => 0 };
    HTMLCanvasElement.prototype.getContext = (() => ({ ...pen, ...lines })) as never;
    HTMLCanvasElement.prototype.toBlob = (done) => done(new Blob(['drawn'], { type: 'image/png' }));
    HTMLCanvasElement.prototype.setPointerCapture = () => undefined;
    const { filling, host, page } = await onePage(hostOf(PHOTO), [['/data/damage', PHOTO]]);
    page.tap('在照片上画', page.at('/data/damage'));
    await page.rest();
    const canvas = document.querySelector('canvas')!;
    expect([canvas.width, canvas.height, drawn]).toEqual([800, 600, [[0, 0, 800, 600]]]);
    page.tap('存下');
    expect(document.querySelector('dialog')?.textContent).toContain('还没写');
    canvas.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, clientX: 1, clientY: 1 }));
    host.next.push(DRAWN);
    page.tap('存下');
    await page.rest();
    await page.rest();
    expect([filling.get('/data/damage'), host.kept]).toEqual([DRAWN, [['/data/damage', 'image/png']]]);
    expect(undoToast()).toBe(true);
    expect(filling.get('/data/damage')).toBe(PHOTO);
  });

  it('that is not on this phone any more cannot be drawn on, and says so', async () => {
    const { page } = await onePage(hostOf(), [['/data/damage', PHOTO]]);
    page.tap('在照片上画', page.at('/data/damage'));
    await page.rest();
    expect(page.error('/data/damage')).toBe('照片不在这里');
  });
});

describe('a film', () => {
  it('says before how large it may be, is played where it stands, and can be taken back', async () => {
    const { filling, host, page } = await onePage();
    const box = page.at('/data/film');
    expect(box.textContent).toContain('最多 20 MB');
    host.next.push(FILM);
    page.tap('拍一段录像', box);
    await page.rest();
    expect(host.taken).toEqual([['/data/film', 'video', 'camera']]);
    const film = box.querySelector('video')!;
    expect([filling.get('/data/film'), film.getAttribute('src'), film.getAttribute('aria-label')]).toEqual([
      FILM,
      `blob:${FILM}`,
      '水管怎么漏的',
    ]);
    page.tap('删除', box);
    expect(filling.get('/data/film')).toBe('');
    expect(undoToast()).toBe(true);
    expect(filling.get('/data/film')).toBe(FILM);
  });

  it('that this browser cannot decode is said in words, and can be saved; one filmed anew is tried again', async () => {
    const { host, page } = await onePage(hostOf(FILM), [['/data/film', FILM]]);
    const box = page.at('/data/film');
    box.querySelector('video')!.dispatchEvent(new Event('error'));
    expect(box.querySelector('video')).toBeNull();
    expect(page.error('/data/film')).toBe('录像好好的，只是这里放不了');
    const save = box.querySelector<HTMLAnchorElement>('a[download]')!;
    expect([save.getAttribute('href'), save.download]).toEqual([`blob:${FILM}`, FILM]);
    host.next.push(ANEW);
    page.tap('重拍', box);
    await page.rest();
    expect(box.querySelector('video')?.getAttribute('src')).toBe(`blob:${ANEW}`);
  });
});

describe('a file', () => {
  it('says before what it may be, and then its kind and size', async () => {
    const { filling, host, page } = await onePage();
    const box = page.at('/data/paper');
    expect(box.textContent).toContain('Word、Excel 请先存成 PDF');
    host.next.push(PAPER);
    page.tap('选一个文件', box);
    await page.rest();
    host.put(PAPER, { bytes: 640_400, words: '等信号' });
    expect([filling.get('/data/paper'), box.querySelector('.told')?.textContent]).toEqual([PAPER, 'PDF 文件，640 kB']);
    expect(box.textContent).toContain('等信号');
  });

  it('that could not be kept is said', async () => {
    const { host, page } = await onePage();
    host.next.push(new Error('disk full'));
    page.tap('选一个文件');
    await page.rest();
    expect(page.error('/data/paper')).toBe('没存下来，请再来一次');
  });
});

describe('a screen reader', () => {
  it.each(['zh', 'en'] as const)('finds nothing amiss in %s', async (language) => {
    setLanguage(language);
    const host = hostOf(PHOTO, FILM, PAPER);
    host.canScan();
    const { page } = await onePage(host, [
      ['/data/damage', PHOTO],
      ['/data/film', FILM],
      ['/data/paper', PAPER],
    ]);
    const off = { enabled: false };
    const rules = { 'color-contrast': off, region: off, 'label-content-name-mismatch': off };
    const { violations } = await axe.run(page.box, { rules });
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
  });
});
