/**
 * The parts of the store that the first screen does not need. They come behind it as a chunk of their own, so that who
 * is due today is shown sooner; whoever calls one before waits for it.
 */
import { moment } from '../sync/moment';
import { applyingOf } from './apply';
import { partsOf } from './apply/parts';
import { xformsOf } from './bodies';
import { capturesOf } from './captures';
import { correctionsOf } from './corrections';
import { discardedOf } from './discarded';
import { finishingOf } from './finish';
import type { Ground } from './ground';
import { keptOf } from './kept';
import { recordingsOf } from './recordings';
import { choicesOf } from './settings';
import type { Standings } from './standing';
import { talkOf } from './talk';
import { uploadsOf } from './uploads';
import type { Visits } from './visits';
import type { World } from './world';

export function lateParts(ground: Ground, world: World, visits: Visits, standings: Standings) {
  return {
    ...finishingOf(ground, world),
    ...capturesOf(ground),
    ...recordingsOf(ground),
    ...correctionsOf(ground, world, visits),
    ...discardedOf(ground, world),
    ...talkOf(ground, world, visits),
    ...choicesOf(ground, world, () => standings.corrected(moment())),
    ...uploadsOf(ground),
    ...keptOf(ground, world),
    ...xformsOf(ground, world),
    ...applyingOf(ground),
    ...partsOf(ground),
  };
}

export type Late = ReturnType<typeof lateParts>;
