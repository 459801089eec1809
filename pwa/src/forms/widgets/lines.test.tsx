import { afterEach, describe, expect, it, vi } from 'vitest';
import { kept, open } from '../fixtures/cast';
import { show } from '../fixtures/page';
import { lengthOf, areaOf, cornersOf, spotsOf } from '../spots';

const WAY = '/data/way';
const PLOT = '/data/plot';

const onePage = async (draft?: Parameters<typeof kept>[0]) => {
  const filling = await open('capture', draft === undefined ? {} : { draft: kept(draft) });
  return { filling, page: show(filling, { mode: 'one-page' }) };
};

afterEach(() => vi.unstubAllGlobals());

/** A receiver that is at these places, one after the other, each time it is asked. */
function walks(...places: readonly (readonly [lat: number, lon: number, accuracy: number])[]): void {
  const left = [...places];
  const watchPosition = (found: PositionCallback): number => {
    const [latitude, longitude, accuracy] = left.shift()!;
    const coords = { latitude, longitude, accuracy, altitude: null };
    setTimeout(() => found({ coords, timestamp: 0 } as unknown as GeolocationPosition));
    return 1;
  };
  vi.stubGlobal('navigator', { ...navigator, geolocation: { watchPosition, clearWatch: () => undefined } });
}

/** A tap at this share of the sketch's width and height. */
function tap(box: HTMLElement, x: number, y: number): void {
  const svg = box.querySelector('svg.taps')!;
  svg.getBoundingClientRect = () => ({ left: 0, top: 0, width: 400, height: 300 }) as DOMRect;
  svg.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: x * 400, clientY: y * 300 }));
}

describe('a way', () => {
  it('is marked point after point where she stands, and one point is kept but is no answer', async () => {
    const { filling, page } = await onePage();
    const box = page.at(WAY);
    walks([45.27, 130.25, 4], [45.271, 130.25, 6]);
    page.tap('记下我站的地方', box);
    await vi.waitFor(() => expect(box.querySelectorAll('.spot')).toHaveLength(1));
    expect([filling.get(WAY), page.error(WAY)]).toEqual(['', undefined]);
    page.tap('记好了');
    await page.rest();
    expect(page.error(WAY)).toBe('再记一个点，一条路至少两个');
    const again = await onePage(filling.draft());
    expect(again.page.at(WAY).querySelectorAll('.spot')).toHaveLength(1);

    page.tap('记下我站的地方', box);
    await vi.waitFor(() => expect(filling.get(WAY)).toBe('45.27 130.25 0.0 4.0;45.271 130.25 0.0 6.0'));
    expect(page.error(WAY)).toBeUndefined();
    expect(box.querySelector('.reading')?.textContent).toBe('2 个点，长约 111 米');
    expect(box.querySelector('svg')?.getAttribute('aria-label')).toBe('2 个点，长约 111 米');
  });

  it('is tapped on squared paper beside where she stands, north up, and goes back point by point', async () => {
    const { filling, page } = await onePage();
    const box = page.at(WAY);
    walks([45.27, 130.25, 4]);
    page.tap('记下我站的地方', box);
    await vi.waitFor(() => expect(box.querySelectorAll('.spot')).toHaveLength(1));
    expect(box.textContent).toContain('一格 5 米');
    tap(box, 0.75, 0.5);
    const [from, to] = spotsOf(filling.get(WAY));
    expect([to!.lat, to!.lon > from!.lon, Math.round(lengthOf([from!, to!], false))]).toEqual([from!.lat, true, 10]);
    tap(box, 0.5, 0.1);
    expect(spotsOf(filling.get(WAY))[2]!.lat).toBeGreaterThan(from!.lat);
    page.tap('退回一个点', box);
    expect(spotsOf(filling.get(WAY))).toHaveLength(2);
    page.tap('去掉第 1 个点', box);
    expect([filling.get(WAY), box.querySelectorAll('.spot').length]).toEqual(['', 1]);
    page.tap('擦掉重来', box);
    expect(box.querySelectorAll('.spot')).toHaveLength(0);
  });

  it('that comes back to its beginning stays a way', async () => {
    const { filling, page } = await onePage();
    walks([45.27, 130.25, 4], [45.271, 130.25, 4], [45.27, 130.25, 4]);
    for (const points of [1, 2, 3]) {
      page.tap('记下我站的地方', page.at(WAY));
      await vi.waitFor(() => expect(page.at(WAY).querySelectorAll('.spot')).toHaveLength(points));
    }
    expect(filling.get(WAY)).toBe('45.27 130.25 0.0 4.0;45.271 130.25 0.0 4.0;45.2700001 130.25 0.0 4.0');
  });

  it('that must be there is asked for, and nobody without a position is blamed', async () => {
    const { page } = await onePage();
    page.tap('记好了');
    await page.rest();
    expect(page.error(WAY)).toBe('请把这条路记下来');
    const lost = (_: unknown, failed: PositionErrorCallback) => {
      setTimeout(() => failed({ code: 1 } as GeolocationPositionError));
      return 1;
    };
    vi.stubGlobal('navigator', { ...navigator, geolocation: { watchPosition: lost, clearWatch: () => undefined } });
    page.tap('记下我站的地方', page.at(PLOT));
    await vi.waitFor(() => expect(page.error(PLOT)).toBe('没有位置权限。请在手机设置里允许，再点一次'));
  });
});

describe('an area', () => {
  it('closes itself at three corners, says how large it is, and is read back as its corners', async () => {
    const { filling, page } = await onePage();
    const box = page.at(PLOT);
    walks([45.27, 130.25, 4]);
    page.tap('记下我站的地方', box);
    await vi.waitFor(() => expect(box.querySelectorAll('.spot')).toHaveLength(1));
    tap(box, 0.75, 0.5);
    expect([filling.get(PLOT), box.querySelector('polygon')]).toEqual(['', null]);
    tap(box, 0.75, 0.5 - 40 / 300 / 2.5);
    const corners = cornersOf(filling.get(PLOT));
    expect([corners.length, spotsOf(filling.get(PLOT)).length, box.querySelectorAll('.spot').length]).toEqual([
      3, 4, 3,
    ]);
    expect(Math.round(areaOf(corners))).toBe(8);
    expect(box.querySelector('.reading')?.textContent).toBe('3 个点，约 8 平方米，一圈约 22 米');
    expect(box.querySelector('polygon')).not.toBeNull();
    const again = await onePage(filling.draft());
    expect(again.filling.get(PLOT)).toBe(filling.get(PLOT));
    expect(again.page.at(PLOT).querySelectorAll('.spot')).toHaveLength(3);
  });
});

describe('a position', () => {
  it('ends its search where the form says that it is good enough, and warns where it says that it is poor', async () => {
    const { filling, page } = await onePage();
    const box = page.at('/data/spot');
    walks([45.27, 130.25, 8]);
    page.tap('记下现在的位置', box);
    await vi.waitFor(() => expect(box.textContent).toContain('误差约 8 米，还在变准'));
    page.tap('就用这个', box);
    await vi.waitFor(() => expect(filling.get('/data/spot')).toBe('45.27 130.25 0.0 8.0'));
    walks([45.27, 130.25, 60]);
    page.tap('重新记位置', box);
    await vi.waitFor(() => expect(box.textContent).toContain('误差约 60 米，还太大，请等一等…'));
    page.tap('就用这个', box);
    await vi.waitFor(() => expect(box.textContent).toContain('误差约 60 米，有点大'));
  });

  it('is moved by a tap where the form lets it, and only shown where it does not', async () => {
    const { filling, page } = await onePage();
    walks([45.27, 130.25, 4], [45.27, 130.25, 4]);
    page.tap('记下现在的位置', page.at('/data/gate'));
    await vi.waitFor(() => expect(filling.get('/data/gate')).not.toBe(''));
    expect([
      page.at('/data/gate').querySelectorAll('svg .spot').length,
      page.at('/data/gate').querySelector('.taps'),
    ]).toEqual([1, null]);
    page.tap('记下现在的位置', page.at('/data/spot'));
    await vi.waitFor(() => expect(page.at('/data/spot').querySelector('.taps')).not.toBeNull());
    tap(page.at('/data/spot'), 0.5, 0.25);
    const [spot] = spotsOf(filling.get('/data/spot'));
    expect([spot!.lat > 45.27, spot!.accuracy]).toEqual([true, 0]);
    expect(page.at('/data/spot').querySelectorAll('.here')).toHaveLength(1);
  });
});
