/**
 * When a new version of the app is taken: on today, and only while no tab of the app has a form on screen. Taking it
 * reloads every tab, and a form that is being filled is not to be pulled away from under her hands.
 */
import { newVersion, useNewVersion } from '../../ui';

export function takeUpdate(): void {
  if (newVersion()) void takeWhenFree();
}

async function takeWhenFree(): Promise<void> {
  const locks = await navigator.locks.query();
  const filling = (locks.held ?? []).some((lock) => lock.name?.includes('/draft/') === true);
  if (!filling) useNewVersion();
}
