/**
 * Killed at any moment, at most the last 300 ms are gone: whatever is done to any form, in whatever rhythm, on a disk
 * that answers within a tenth of a second and a half. Time is the test's, the form engine and the drafts are real.
 */
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Draft, openForm, warm } from '../../forms';
import { anyMoves, anyPlan, move } from '../../forms/fixtures/chance';
import { xformOf } from '../../forms/fixtures/generated';
import { autosave } from './autosave';

const LOST_MS = 300;
const SLOWEST_DISK_MS = 150;
const DEEP = Boolean(import.meta.env.LIANXIN_DEEP);

beforeAll(() => warm(), 60_000);
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

const user = { name: '单秀云', device: 'lx:1' };
const open = (xform: string, draft?: Draft) =>
  openForm({ xform, user, lists: (name) => Promise.reject(new Error(name)), draft });

interface Moment {
  readonly at: number;
  readonly draft: string;
}

/** What stood on the disk at a moment, or what there was to stand there. */
const lastBefore = (moments: readonly Moment[], at: number) => moments.filter((each) => each.at <= at).at(-1);

const rhythm = fc.record({ wait: fc.nat(400), disk: fc.nat(SLOWEST_DISK_MS) });

it(
  'killed at any moment, at most the last 300 ms are gone',
  async () => {
    const told = fc.asyncProperty(
      anyPlan,
      anyMoves(10),
      fc.array(rhythm, { minLength: 10, maxLength: 10 }),
      fc.nat(2_500),
      async (plan, moves, rhythms, killed) => {
        const xform = xformOf(plan);
        const filling = await open(xform);
        const text = () => JSON.stringify(filling.draft());
        const written: Moment[] = [{ at: performance.now(), draft: text() }];
        const done: Moment[] = [{ at: performance.now(), draft: text() }];
        const began = performance.now();
        let turn = 0;
        const save = autosave(async () => {
          const draft = text();
          await new Promise((later) => setTimeout(later, rhythms[turn++ % rhythms.length]?.disk ?? 0));
          written.push({ at: performance.now(), draft });
        });
        filling.onChange(() => save.touch());
        for (const [index, each] of moves.entries()) {
          move(filling, each);
          done.push({ at: performance.now(), draft: text() });
          await vi.advanceTimersByTimeAsync(rhythms[index]?.wait ?? 0);
        }
        await vi.advanceTimersByTimeAsync(2 * LOST_MS);
        const death = began + killed;
        const found = lastBefore(written, death);
        const owed = done.filter(({ at }) => at <= death - LOST_MS).length - 1;
        const later = done.slice(Math.max(0, owed)).map(({ draft }) => draft);
        expect(later).toContain(found?.draft);
        const again = await open(xform, JSON.parse(found?.draft ?? '') as Draft);
        again.dispose();
        filling.dispose();
        save.stop();
      },
    );
    await fc.assert(told, { numRuns: DEEP ? 1_000 : 25, ...(DEEP ? {} : { seed: 20_261_130 }) });
  },
  DEEP ? 3_600_000 : 180_000,
);
