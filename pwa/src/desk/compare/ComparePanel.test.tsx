import { createRoot, createSignal } from 'solid-js';
import { render } from 'solid-js/web';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Comparison } from '../../api/types';
import { createLoad, type Load } from '../parts/load';
import { type Evidence, EvidenceProvider } from '../photos/evidence';
import { createFiles } from '../photos/files';
import { answer, attachment, both, json, sitDown } from '../testing/seat';
import { ComparePanel } from './ComparePanel';

const revisions = [1, 2, 3].map((number) => ({
  id: `r${number}`,
  number,
  by: '单秀云',
  received_at: `2026-11-2${number}T01:12:00.000Z`,
  why: null,
  reason: null,
  merges: null,
}));
const row = { group: null, asked: null, answer: null } as const;
const photo = (letter: string) =>
  answer('/data/photo', '隐患照片', letter, { attachment: attachment({ sha256: letter.repeat(64), said_at: null }) });
const compared: Comparison = {
  from: revisions[1]!,
  to: revisions[2]!,
  records: [
    {
      record: 'rec1',
      title: both('上门照料'),
      about: null,
      rows: [
        {
          ...row,
          path: '/data/ate',
          label: both('今天吃饭'),
          before: answer('/data/ate', '今天吃饭', '吃得好'),
          after: answer('/data/ate', '今天吃饭', '吃得好'),
          changed: false,
        },
        {
          ...row,
          path: '/data/room',
          label: both('屋里多少度'),
          before: answer('/data/room', '', '2 ℃'),
          after: answer('/data/room', '', '20 ℃'),
          changed: true,
        },
        { ...row, path: '/data/photo', label: both('隐患照片'), before: photo('a'), after: photo('b'), changed: true },
      ],
    },
  ],
};

let dispose: () => void;
beforeEach(async () => {
  URL.createObjectURL = () => 'blob:1';
  URL.revokeObjectURL = () => undefined;
  await sitDown(() => json({}));
});
afterEach(() => {
  dispose();
  document.body.replaceChildren();
});

async function show(which = revisions) {
  const chosen = vi.fn();
  let load!: Load<Comparison>;
  dispose = createRoot((end) => {
    load = createLoad(
      () => 'one',
      () => Promise.resolve(compared),
    );
    const stop = render(() => {
      const [only, setOnly] = createSignal(false);
      const evidence: Evidence = {
        base: '/api/visits/v1',
        files: createFiles(() => Promise.resolve(new Blob(['x']))),
        show: () => undefined,
        fetch: () => undefined,
      };
      return (
        <EvidenceProvider value={evidence}>
          <ComparePanel
            load={load}
            revisions={which}
            pair={{ from: 'r2', to: 'r3' }}
            onPair={chosen}
            onlyChanged={only()}
            onOnlyChanged={setOnly}
          />
        </EvidenceProvider>
      );
    }, document.body);
    return () => {
      stop();
      end();
    };
  });
  await vi.waitFor(() => expect(load.value()).not.toBeNull());
  return chosen;
}
const rows = () => [...document.querySelectorAll('tbody tr')].map((each) => each.textContent);

test('a changed answer is struck and underlined, the same one says that it is', async () => {
  await show();
  expect(document.querySelector('del')!.textContent).toBe('2 ℃');
  expect(document.querySelector('ins')!.textContent).toBe('20 ℃');
  expect(rows()[0]).toBe('今天吃饭吃得好没有变');
  expect(document.body.textContent).toContain('改了 2 处，其余 1 项没有变。');
});

test('photos stand beside each other, each with its version', async () => {
  await show();
  const tags = [...document.querySelectorAll('.shot .tag')].map((each) => each.textContent);
  expect(tags).toEqual(['第 2 版', '第 3 版']);
});

test('only what was changed is left when that is asked for', async () => {
  await show();
  document.querySelector<HTMLButtonElement>('[aria-keyshortcuts=D]')!.click();
  expect(rows()).toHaveLength(2);
  expect(document.body.textContent).not.toContain('今天吃饭');
});

test('another version can be chosen where there are more than two, and none where there are two', async () => {
  const chosen = await show();
  const [from] = [...document.querySelectorAll('select')];
  expect([...from!.options].map((option) => option.value)).toEqual(['r1', 'r2']);
  from!.value = 'r1';
  from!.dispatchEvent(new Event('change', { bubbles: true }));
  expect(chosen).toHaveBeenCalledWith({ from: 'r1', to: 'r3' });
  dispose();
  document.body.replaceChildren();
  await show(revisions.slice(1));
  expect(document.querySelectorAll('select')).toHaveLength(0);
});
