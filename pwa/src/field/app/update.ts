/**
 * When a new version of the app is taken: on today, and only while no tab of the app has a form on screen. Taking it
 * reloads every tab, and a form that is being filled is not to be pulled away from under her hands. A form that was left
 * just now may still be writing: it is asked again until all are gone.
 */
import { createEffect, onCleanup } from 'solid-js';
import { newVersion, useNewVersion } from '../../ui';

const AGAIN_MS = 2000;

/** As long as the page that calls it is on screen. */
export function takeUpdatesHere(): void {
  createEffect(() => {
    if (!newVersion()) return;
    const take = () => void takeWhenFree();
    take();
    const timer = setInterval(take, AGAIN_MS);
    onCleanup(() => clearInterval(timer));
  });
}

async function takeWhenFree(): Promise<void> {
  const locks = await navigator.locks.query();
  const filling = (locks.held ?? []).some((lock) => lock.name?.includes('/draft/') === true);
  if (!filling) useNewVersion();
}
