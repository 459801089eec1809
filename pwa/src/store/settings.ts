/** What she chose for this phone, and what it has cost her today. */
import type { World } from './world';
import { dayIn } from './day';
import type { Ground } from './ground';
import type { Settings } from './schema';

export interface Choices {
  /** Originals wait for Wi-Fi. Words and previews go at once, whatever the network. */
  photosOnWifi(): Promise<boolean>;
  setPhotosOnWifi(on: boolean): Promise<void>;
  /** Bytes that this phone has sent to the county today. */
  sentToday(): Promise<number>;
  noteSent(bytes: number): Promise<void>;
}

type Traffic = Settings['traffic'];

/** `now`: by the county's clock as far as the phone knows it. */
export function choicesOf({ db, channel }: Ground, world: World, now: () => Promise<number>): Choices {
  async function today(): Promise<string> {
    return dayIn((await world.org()).timezone, await now());
  }

  return {
    async photosOnWifi() {
      return (await db.read(['settings'], (tx) => tx.objectStore('settings').get('photos_on_wifi'))) === true;
    },
    async setPhotosOnWifi(on) {
      await db.write(['settings'], (tx) => tx.objectStore('settings').put(on, 'photos_on_wifi'));
      channel.tell('sync', 'outbox'); // what waited for Wi-Fi may go now
    },
    async sentToday() {
      const [row, day] = [
        await db.read(['settings'], (tx) => tx.objectStore('settings').get('traffic')),
        await today(),
      ];
      const traffic = row as Traffic | undefined;
      return traffic?.day === day ? traffic.bytes : 0;
    },
    async noteSent(bytes) {
      const day = await today();
      await db.write(['settings'], async (tx) => {
        const before = (await tx.objectStore('settings').get('traffic')) as Traffic | undefined;
        const sum = before?.day === day ? before.bytes : 0;
        await tx.objectStore('settings').put({ day, bytes: sum + bytes }, 'traffic');
      });
    },
  };
}
