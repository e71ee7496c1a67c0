import { useSyncExternalStore } from 'react';
import type { Store } from '../../store/createStore.js';

/** The value of a store that lives outside of React. @param onServer what the server renders, and hydration begins with. */
export function useStoreValue<T>(store: Pick<Store<T>, 'get' | 'subscribe'>, onServer: T): T {
  return useSyncExternalStore(store.subscribe, store.get, () => onServer);
}
