import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it } from 'vitest';
import { createLoad } from './load';

interface Waiting {
  key: string;
  answer: (value: string) => void;
  fail: (why: Error) => void;
}

async function loaded(run: (parts: ReturnType<typeof setUp>) => Promise<void>): Promise<void> {
  await createRoot(async (dispose) => {
    await run(setUp());
    dispose();
  });
}

function setUp() {
  const asked: Waiting[] = [];
  const [key, setKey] = createSignal<string | null>('one');
  const load = createLoad(
    key,
    (wanted) => new Promise<string>((answer, fail) => asked.push({ key: wanted, answer, fail })),
  );
  const settled = () => new Promise((done) => setTimeout(done));
  const answer = async (index: number, value: string) => {
    asked[index]?.answer(value);
    await settled();
  };
  return { asked, setKey, load, settled, answer };
}

describe('what a page loads', () => {
  it('is gone the moment another thing is asked for', () =>
    loaded(async ({ setKey, load, settled, answer }) => {
      await settled();
      await answer(0, 'first');
      expect(load.value()).toBe('first');
      setKey('two');
      expect(load.value()).toBeNull();
      await answer(1, 'second');
      expect(load.value()).toBe('second');
    }));

  it('stays on screen while the same thing is loaded anew, and when that fails', () =>
    loaded(async ({ asked, load, settled, answer }) => {
      await settled();
      await answer(0, 'first');
      const again = load.reload();
      expect(load.value()).toBe('first');
      asked[1]?.fail(new Error('no'));
      await again;
      expect(load.value()).toBe('first');
      expect(load.problem()).not.toBeNull();
    }));

  it('is the last one asked for, whatever arrives when', () =>
    loaded(async ({ setKey, load, settled, answer }) => {
      await settled();
      setKey('two');
      await answer(1, 'second');
      await answer(0, 'first');
      expect(load.value()).toBe('second');
    }));

  it('is nothing while nothing is asked for', () =>
    loaded(async ({ setKey, load, settled, answer }) => {
      await settled();
      await answer(0, 'first');
      setKey(null);
      expect(load.value()).toBeNull();
      load.set('put');
      expect(load.value()).toBeNull();
    }));
});
