/** For the bench: one box on an empty page. What a key costs here, no page that has a box can save. */
import { watchedKey } from './watched-key';

const loneBox = { watchKey: watchedKey };
Object.assign(globalThis, { bench: loneBox });
