import { afterEach, describe, expect, it, vi } from 'vitest';
import { kept, open } from '../fixtures/cast';
import { show } from '../fixtures/page';

const onePage = async () => {
  const filling = await open('kinds');
  return { filling, page: show(filling, { mode: 'one-page' }) };
};

describe('a time', () => {
  it('is the browser’s own input, and gets the seconds that a record has', async () => {
    const { filling, page } = await onePage();
    expect(page.input('/data/at').type).toBe('time');
    page.write('/data/at', '08:30');
    expect([filling.get('/data/at'), page.input('/data/at').value]).toEqual(['08:30:00', '08:30']);
  });

  it('with its day says where it was meant, and is shown without that', async () => {
    const { filling, page } = await onePage();
    expect(page.input('/data/left').type).toBe('datetime-local');
    page.write('/data/left', '2026-11-30T08:30');
    expect(filling.get('/data/left')).toMatch(/^2026-11-30T08:30:00[+-]\d\d:\d\d$/);
    const again = await open('kinds', { draft: kept(filling.draft()) });
    const shown = show(again, { mode: 'one-page' });
    expect(shown.input('/data/left').value).toBe('2026-11-30T08:30');
  });
});

describe('a month', () => {
  it('is an answer when its year and its name are there, and keeps the half until then', async () => {
    const { filling, page } = await onePage();
    page.write('/data/born', '1950');
    expect([filling.get('/data/born'), page.error('/data/born')]).toEqual(['', '请选一个日子']);
    const list = page.at('/data/born').querySelector('select')!;
    list.value = '03';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    expect([filling.get('/data/born'), page.error('/data/born')]).toEqual(['1950-03-01', undefined]);
    page.write('/data/born', '2999');
    expect(page.error('/data/born')).toBe('还没到这个月');
  });

  it('is left out where the form asks for a year', async () => {
    const { filling, page } = await onePage();
    expect(page.at('/data/since').querySelector('select')).toBeNull();
    page.write('/data/since', '1998');
    expect(filling.get('/data/since')).toBe('1998-01-01');
  });
});

describe('an order', () => {
  it('is made by tapping one after the other, and half of it is kept but is no answer', async () => {
    const { filling, page } = await onePage();
    page.tap('看病', page.at('/data/order'));
    expect([filling.get('/data/order'), filling.box(filling.question('/data/order')!)]).toEqual(['', 'doctor']);
    const again = await open('kinds', { draft: kept(filling.draft()) });
    expect(again.box(again.question('/data/order')!)).toBe('doctor');
    page.tap('吃饭', page.at('/data/order'));
    page.tap('取暖', page.at('/data/order'));
    expect(filling.get('/data/order')).toBe('doctor food warm');
    page.tap('吃饭，第 2', page.at('/data/order'));
    expect(filling.box(filling.question('/data/order')!)).toBe('doctor');
    expect((await filling.finish()).ok).toBe(false);
  });
});

describe('a number between two ends', () => {
  it('of few steps is tapped, none chosen before, judged by the form’s words, and can be taken back', async () => {
    const { filling, page } = await onePage();
    const radios = [...page.at('/data/pain').querySelectorAll<HTMLInputElement>('input[type=radio]')];
    expect([radios.length, radios.some((each) => each.checked)]).toEqual([11, false]);
    radios[10]!.click();
    expect([filling.get('/data/pain'), page.error('/data/pain')]).toEqual(['10', '9 分以上请打 120']);
    page.tap('不选了', page.at('/data/pain'));
    expect(filling.get('/data/pain')).toBe('');
  });

  it('of stars is tapped too', async () => {
    const { filling, page } = await onePage();
    const stars = [...page.at('/data/stars').querySelectorAll<HTMLInputElement>('input')];
    expect(stars.map((each) => each.getAttribute('aria-label'))).toEqual([
      '1 颗星',
      '2 颗星',
      '3 颗星',
      '4 颗星',
      '5 颗星',
    ]);
    stars[3]!.click();
    expect(filling.get('/data/stars')).toBe('4');
    expect(page.at('/data/stars').querySelectorAll('.star.on')).toHaveLength(4);
  });

  it('of many steps is a slider that says that nothing is chosen, and takes its lowest by a tap', async () => {
    const { filling, page } = await onePage();
    const box = page.at('/data/warmth');
    expect(box.querySelector('output')?.textContent).toBe('还没选');
    box.querySelector<HTMLInputElement>('input[type=range]')!.click();
    expect(filling.get('/data/warmth')).toBe('10.0');
    page.tap('多一点', box);
    expect([filling.get('/data/warmth'), box.querySelector('output')?.textContent]).toEqual(['10.5', '10.5']);
  });
});

describe('what is to be confirmed', () => {
  it('is a box to tick, and stands in the way until it is', async () => {
    const { filling, page } = await onePage();
    const finished = await filling.finish();
    expect(finished.ok ? [] : finished.problems).toEqual([
      { path: '/data/told', label: '讲清楚了', words: '办到了请点一下' },
    ]);
    page.tap('好，办到了');
    expect(filling.get('/data/told')).toBe('OK');
  });
});

describe('choices side by side', () => {
  it('are a line of segments on a scale, and cards in columns where the form asks for them', async () => {
    const { filling, page } = await onePage();
    expect(page.at('/data/likert').querySelectorAll('.segment')).toHaveLength(3);
    page.at('/data/likert').querySelectorAll('input')[1]!.click();
    expect(filling.get('/data/likert')).toBe('fair');
    expect([page.at('/data/wide').querySelector('.two'), page.at('/data/flat').querySelector('.two')]).not.toContain(
      null,
    );
  });
});

describe('a position', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A receiver that gives these fixes, or the error of this code. */
  function receiver(...fixes: readonly (Partial<GeolocationCoordinates> | number)[]): void {
    const watchPosition = (found: PositionCallback, lost: PositionErrorCallback): number => {
      setTimeout(() => {
        for (const fix of fixes) {
          if (typeof fix === 'number') lost({ code: fix } as GeolocationPositionError);
          else found({ coords: { altitude: null, ...fix }, timestamp: 0 } as GeolocationPosition);
        }
      });
      return 1;
    };
    vi.stubGlobal('navigator', { ...navigator, geolocation: { watchPosition, clearWatch: () => undefined } });
  }

  it('is taken when it is good enough, and is read in words', async () => {
    const { filling, page } = await onePage();
    receiver(
      { latitude: 45.27, longitude: 130.25, accuracy: 60 },
      { latitude: 45.2741234, longitude: 130.2612345, accuracy: 8 },
    );
    page.tap('记下现在的位置');
    await vi.waitFor(() => expect(filling.get('/data/where')).toBe('45.2741234 130.2612345 0.0 8.0'));
    expect(page.at('/data/where').querySelector('.told')?.textContent).toBe(
      '北纬 45.27412，东经 130.26123，误差约 8 米',
    );
  });

  it('that is still poor is taken when she says so', async () => {
    const { filling, page } = await onePage();
    receiver({ latitude: 45.27, longitude: 130.25, accuracy: 60 });
    page.tap('记下现在的位置');
    await vi.waitFor(() => expect(page.at('/data/where').textContent).toContain('误差约 60 米，还在变准'));
    page.tap('就用这个');
    await vi.waitFor(() => expect(filling.get('/data/where')).toBe('45.27 130.25 0.0 60.0'));
  });

  it('that may not be seen says what to do, and is not in the way', async () => {
    const { page } = await onePage();
    receiver(1);
    page.tap('记下现在的位置');
    await vi.waitFor(() => expect(page.error('/data/where')).toBe('没有位置权限。请在手机设置里允许，再点一次'));
  });
});
