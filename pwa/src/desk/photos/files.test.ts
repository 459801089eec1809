import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from '../../api/problem';
import { createFiles } from './files';

let alive: Set<string>;
beforeEach(() => {
  alive = new Set();
  let made = 0;
  URL.createObjectURL = () => {
    const url = `blob:${++made}`;
    alive.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => alive.delete(url);
});
afterEach(() => vi.restoreAllMocks());

const settled = () => new Promise((done) => setTimeout(done));

test('a picture is fetched once, however often it is shown, and given back with its page', async () => {
  const get = vi.fn(() => Promise.resolve(new Blob(['x'])));
  await createRoot(async (leave) => {
    const files = createFiles(get);
    const [first, second] = [files('/a'), files('/a')];
    await settled();
    expect(first.url()).toBe('blob:1');
    expect(second.url()).toBe('blob:1');
    leave();
  });
  expect(get).toHaveBeenCalledOnce();
  expect(alive.size).toBe(0);
});

test('one that arrives after its page is gone leaves nothing behind', async () => {
  let arrive: (blob: Blob) => void = () => undefined;
  createRoot((leave) => {
    createFiles(() => new Promise((answer) => (arrive = answer)))('/a');
    leave();
  });
  arrive(new Blob(['x']));
  await settled();
  expect(alive.size).toBe(0);
});

test('one that could not be fetched says so, and can be asked for again', async () => {
  let works = false;
  const get = () =>
    works ? Promise.resolve(new Blob(['x'])) : Promise.reject(new ApiProblem('no_answer', 0, '连不上', '再试'));
  await createRoot(async (leave) => {
    const file = createFiles(get)('/a');
    await settled();
    expect(file.problem()?.code).toBe('no_answer');
    works = true;
    file.again();
    await settled();
    expect(file.problem()).toBeNull();
    expect(file.url()).not.toBeNull();
    leave();
  });
});
