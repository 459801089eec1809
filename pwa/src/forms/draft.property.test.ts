/**
 * Whatever is done to any form: its draft opened again is the same draft, shows what it showed, and goes on in the same
 * way. One filling is never closed; its twin is opened from its own draft again and again, and everything is done to
 * both. LIANXIN_DEEP tries forty times as many forms; a failing run prints its seed and path.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Draft } from './draft';
import type { Filling } from './filling';
import { kept } from './fixtures/cast';
import { anyMoves, anyPlan, move, seen } from './fixtures/chance';
import { xformOf } from './fixtures/generated';
import { openForm } from './open';

const DEEP = Boolean(import.meta.env.LIANXIN_DEEP);
const FORMS = DEEP ? 2_000 : 50;

const user = { name: '单秀云', device: 'lx:1' };
const lists = (name: string) => Promise.reject(new Error(name));
const open = (xform: string, draft?: Draft): Promise<Filling> => openForm({ xform, user, lists, draft });

it(
  'whatever is done to any form, its draft opened again is the same, shows the same, and goes on in the same way',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, anyMoves(16), async (plan, moves) => {
        const xform = xformOf(plan);
        const first = await open(xform);
        let twin = await open(xform, kept(first.draft()));
        for (const each of [...moves, { does: 'leaves', where: 0, what: 0 } as const]) {
          move(first, each);
          move(twin, each);
          if (each.does === 'leaves' || each.does === 'dies') {
            if (each.does === 'leaves') twin.settle();
            const draft = kept(twin.draft());
            const again = await open(xform, draft);
            if (each.does === 'leaves') expect(again.draft()).toEqual(draft);
            first.settle(); // what she was composing is an answer from then on
            twin.dispose();
            twin = again;
          }
          expect(seen(twin)).toEqual(seen(first));
        }
        first.dispose();
        twin.dispose();
      }),
      { numRuns: FORMS, ...(DEEP ? {} : { seed: 20_261_130 }) },
    );
  },
  DEEP ? 3_600_000 : 180_000,
);
