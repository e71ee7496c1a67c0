import { notify } from '../events/notify.js';

/** The smallest store that `useSyncExternalStore` can read. */
export interface Store<T> {
  get(): T;
  /** Replaces the value and tells every subscriber, unless nothing changed. */
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store around one immutable value. */
export function createStore<T>(initial: T): Store<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    set(next) {
      if (Object.is(value, next)) return;
      value = next;
      notify(listeners);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
