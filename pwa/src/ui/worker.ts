/**
 * The page's side of the service worker: registers it, and says when a new version lies ready. The page decides when
 * to take it (never while a form is on screen); taking it reloads this tab and every other tab of the app.
 */
import { createSignal } from 'solid-js';

const [waiting, setWaiting] = createSignal<ServiceWorker | null>(null);

/** True once a newer version is wholly on this phone. */
export const newVersion = (): boolean => waiting() !== null;

export function useNewVersion(): void {
  waiting()?.postMessage({ type: 'SKIP_WAITING' });
}

/** Called once, by the field app's door. A phone that refuses it still works, but needs the network to open the app. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload(); // the first worker takes over quietly, a later one brings another app
    controlled = true;
  });
  const registration = await navigator.serviceWorker.register('/sw.js');
  const look = (worker: ServiceWorker | null) => {
    if (worker === null) return;
    const settle = () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller !== null) setWaiting(worker);
      else if (worker.state === 'redundant') setWaiting((held) => (held === worker ? null : held));
    };
    worker.addEventListener('statechange', settle);
    settle();
  };
  look(registration.waiting);
  look(registration.installing);
  registration.addEventListener('updatefound', () => look(registration.installing));
}
