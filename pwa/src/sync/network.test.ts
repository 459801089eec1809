import { afterEach, describe, expect, it, vi } from 'vitest';
import { isMetered, onNetworkChange } from './network';

afterEach(() => vi.unstubAllGlobals());

describe('the network', () => {
  it.each([
    ['cellular', true],
    ['wimax', true],
    ['bluetooth', true],
    ['wifi', false],
    ['ethernet', false],
    ['unknown', false],
    [undefined, false],
  ])('%s: originals of someone who wants Wi-Fi wait: %s', (type, metered) => {
    vi.stubGlobal('navigator', { connection: { type } });
    expect(isMetered()).toBe(metered);
  });

  it('that is not told, as on an iPhone, counts as Wi-Fi: else no photo would ever leave', () => {
    vi.stubGlobal('navigator', {});
    expect(isMetered()).toBe(false);
    expect(() => onNetworkChange(() => undefined)()).not.toThrow();
  });

  it('that changes wakes who listens, until he stops', () => {
    const connection = Object.assign(new EventTarget(), { type: 'cellular' });
    vi.stubGlobal('navigator', { connection });
    const woken = vi.fn();
    const stop = onNetworkChange(woken);
    connection.dispatchEvent(new Event('change'));
    stop();
    connection.dispatchEvent(new Event('change'));
    expect(woken).toHaveBeenCalledTimes(1);
  });
});
