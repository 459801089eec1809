/**
 * Putting the app on the home screen. Chromium offers an event that must be caught before it is wanted; Safari has only
 * its menu, so there the words say where to tap. Nothing is offered once the app runs by itself.
 */
import { createSignal } from 'solid-js';

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
  readonly userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

const [event, setEvent] = createSignal<InstallEvent | null>(null);

const runsAlone = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true;

/** iPadOS calls itself a Mac, but has fingers. */
const isApple = (): boolean =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);

export type Install = 'ask' | 'ios' | null;

export function installWay(): Install {
  if (runsAlone()) return null;
  if (event() !== null) return 'ask';
  return isApple() ? 'ios' : null;
}

/** Called once, first of all: the browser fires its event early. */
export function catchInstall(): void {
  addEventListener('beforeinstallprompt', (caught) => {
    caught.preventDefault();
    setEvent(caught as InstallEvent);
  });
  addEventListener('appinstalled', () => setEvent(null));
}

export async function install(): Promise<void> {
  const caught = event();
  if (caught === null) return;
  await caught.prompt();
  const { outcome } = await caught.userChoice;
  if (outcome === 'accepted') setEvent(null);
}
