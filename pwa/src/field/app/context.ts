/** What every page container stands on: the store, the exchange with the county, and what is true on all pages. */
import { type Accessor, createContext, useContext } from 'solid-js';
import type { Store } from '../../store';
import type { Org } from '../../sync/messages';
import type { Where } from '../../ui';
import type { Line } from '../model/sent';
import type { Syncing } from './syncing';

export interface App {
  readonly store: Store;
  readonly sync: Syncing;
  readonly org: Accessor<Org>;
  readonly where: Accessor<Where>;
  readonly line: Accessor<Line>;
}

export const AppContext = createContext<App>();

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('a page outside the app');
  return app;
}
