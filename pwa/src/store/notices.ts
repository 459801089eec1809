/** What the county tells her, and which of it she has seen on this phone. */
import type { Ground } from './ground';
import type { NoticeCard } from './types';
import type { World } from './world';

export interface Notices {
  /** Newest first. */
  notices(): Promise<NoticeCard[]>;
  /** All that are here now were seen. */
  readNotices(): Promise<void>;
}

export function noticesOf({ db, channel }: Ground, world: World): Notices {
  async function newestRead(): Promise<string> {
    const read = await db.read(['settings'], (tx) => tx.objectStore('settings').get('notices_read'));
    return typeof read === 'string' ? read : '';
  }

  async function notices(): Promise<NoticeCard[]> {
    const [all, read] = await Promise.all([world.known('notice'), newestRead()]);
    const cards = all.map(({ body }) => ({ ...body, read: body.at <= read }));
    return cards.sort((a, b) => (a.at < b.at ? 1 : -Number(a.at > b.at)));
  }

  return {
    notices,
    async readNotices() {
      const newest = (await notices())[0]?.at;
      if (newest === undefined || newest <= (await newestRead())) return;
      await db.write(['settings'], (tx) => tx.objectStore('settings').put(newest, 'notices_read'));
      channel.tell('notices');
    },
  };
}
