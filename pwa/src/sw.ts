/**
 * The service worker of the field app: everything is precached, and a new version becomes active only when it is
 * complete and the page says so (a form on screen is never pulled away). Requests that are not GET pass untouched
 * (WebKit would send them with an empty body), and so do the pages and addresses that belong to others. Where the browser
 * has Background Sync, it wakes this worker to send what waits after she has put the phone away.
 */
import { createHandlerBoundToURL, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { SYNC_TAG, syncInBackground } from './sync/background';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };

const NOT_OURS = [/^\/(desk|preview|demo|start|rescue|api|healthz|readyz)(\.html)?(\/|\?|$)/];

precacheAndRoute(self.__WB_MANIFEST, { cleanURLs: false });
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_OURS }));

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

// The event is not in TypeScript's library: only Chromium has it.
self.addEventListener('sync' as 'activate', (event: ExtendableEvent & { readonly tag?: string }) => {
  if (event.tag === SYNC_TAG) event.waitUntil(syncInBackground());
});
