/**
 * Over which network the phone speaks, where the browser tells (Chromium on Android). Where it does not tell, as on every
 * iPhone, "photos only on Wi-Fi" cannot be kept: an unknown network counts as Wi-Fi, else no photo would ever leave.
 */

interface Network {
  readonly type?: string;
  addEventListener?(name: 'change', call: () => void): void;
  removeEventListener?(name: 'change', call: () => void): void;
}

const METERED = new Set(['cellular', 'wimax', 'bluetooth']);

const network = (): Network | undefined =>
  (globalThis as { navigator?: { connection?: Network } }).navigator?.connection;

/** The phone says that it is on a mobile network. */
export function isMetered(): boolean {
  return METERED.has(network()?.type ?? 'unknown');
}

/** Calls back when the network becomes another one. Returns the way to stop it. */
export function onNetworkChange(call: () => void): () => void {
  const here = network();
  here?.addEventListener?.('change', call);
  return () => here?.removeEventListener?.('change', call);
}
