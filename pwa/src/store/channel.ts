/** Tells every tab of this user what has changed, so that a page reads again only what it shows. */
import type { Topic } from './types';

export type Listener = (topics: ReadonlySet<Topic>) => void;

export interface Channel {
  tell(...topics: Topic[]): void;
  listen(listener: Listener): () => void;
  close(): void;
}

export function channelOf(database: string): Channel {
  const listeners = new Set<Listener>();
  const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(database);
  const hear = (topics: readonly Topic[]): void => {
    const set = new Set(topics);
    for (const listener of [...listeners]) listener(set);
  };
  if (others !== null) others.onmessage = (event: MessageEvent<Topic[]>) => hear(event.data);
  return {
    tell(...topics) {
      others?.postMessage(topics);
      hear(topics);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      listeners.clear();
      others?.close();
    },
  };
}
