/** What a question sees of its photo, over the real store: from the tap to the name, and what is sent in the end. */
import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../../store';
import { closeAll, freshPhone } from '../../store/testing/phone';
import { newId } from '../../sync/ids';
import { type Attachments, attachmentsOf, filesNamed } from './attachments';

const VISIT = newId();
const NAME = `${'a'.repeat(32)}.jpg`;
const KEPT = { name: `${'b'.repeat(32)}.jpg`, sha256: 'b'.repeat(64), bytes: 9, type: 'image/jpeg' };
let store: Store;
let files: Attachments;
const made: string[] = [];
const letGo: string[] = [];

beforeEach(async () => {
  made.length = letGo.length = 0;
  URL.createObjectURL = () => {
    made.push(`blob:${made.length}`);
    return made.at(-1)!;
  };
  URL.revokeObjectURL = (url) => void letGo.push(url);
  store = await freshPhone();
  files = createRoot(() => attachmentsOf(store, VISIT, [KEPT]));
});
afterEach(() => {
  files.close();
  closeAll();
});

const keep = () =>
  store.keepCapture({
    visit: VISIT,
    path: '/data/photo',
    name: NAME,
    sha256: 'a'.repeat(64),
    type: 'image/jpeg',
    bytes: new Uint8Array([1, 2, 3, 4]).buffer,
    preview: { type: 'image/jpeg', bytes: new Uint8Array([1, 2]).buffer },
    said_at: '2026-11-24T01:48:30.000Z',
  });

/** She asks for a photo, and the page puts it on the disk. */
async function taken(): Promise<string | null> {
  const asked = files.host.take('/data/photo', 'image', 'album');
  const overlay = files.overlay();
  if (overlay?.at !== 'photo') throw new Error('nothing is asked for');
  expect(overlay).toMatchObject({ path: '/data/photo', from: 'album' });
  await keep();
  overlay.done(NAME);
  return asked;
}

test('the question gets the name once its picture can be seen', async () => {
  expect(files.host.view(NAME)).toBeNull();
  expect(await taken()).toBe(NAME);
  expect(files.overlay()).toBeNull();
  const seen = { name: NAME, bytes: 4, words: null, kept: false, saidAt: '2026-11-24T01:48:30.000Z' };
  expect(files.host.view(NAME)).toMatchObject(seen);
  await vi.waitFor(() => expect(files.host.view(NAME)?.url).toBe('blob:0'));
});

test('who gives up leaves no file and no overlay; a second question takes the place of the first', async () => {
  const first = files.host.take('/data/photo', 'image');
  const second = files.host.take('/data/voice', 'audio');
  expect(await first).toBeNull();
  const overlay = files.overlay();
  expect(overlay).toMatchObject({ at: 'voice', path: '/data/voice' });
  if (overlay?.at === 'voice') overlay.done(null);
  expect(await second).toBeNull();
  expect(await store.captures(VISIT)).toEqual([]);
});

test('a film and a file are asked for with what they may be, and a code gives its text', async () => {
  const film = files.host.take('/data/film', 'video', 'new');
  expect(files.overlay()).toMatchObject({ at: 'file', kind: 'video', from: 'new', path: '/data/film' });
  const code = files.host.scan('/data/code');
  expect(await film).toBeNull();
  const overlay = files.overlay();
  if (overlay?.at === 'code') overlay.done('6901234567892');
  expect([await code, files.overlay()]).toEqual(['6901234567892', null]);
});

test('the whole of a photo can be drawn on while it is on this phone', async () => {
  await keep();
  expect((await files.host.original(NAME))?.size).toBe(4);
  expect(await files.host.original(KEPT.name)).toBeNull();
});

test('a photo that was sent before is known, although this phone has no picture of it', () =>
  expect(files.host.view(KEPT.name)).toMatchObject({ kept: true, url: null, bytes: 9 }));

test('only what the record names is sent', async () => {
  await taken();
  const xml = (name: string) => `<data><photo>${name}</photo></data>`;
  expect(await filesNamed(store, VISIT, xml(NAME), [KEPT])).toMatchObject([
    { name: NAME, bytes: 4, said_at: '2026-11-24T01:48:30.000Z' },
  ]);
  expect(await filesNamed(store, VISIT, xml(KEPT.name), [KEPT])).toEqual([KEPT]);
  expect(await filesNamed(store, VISIT, xml(''), [KEPT])).toEqual([]);
});

test('pictures are let go of with the form', async () => {
  await taken();
  files.host.view(NAME);
  await vi.waitFor(() => expect(made).toHaveLength(1));
  files.close();
  expect(letGo).toEqual(made);
});
