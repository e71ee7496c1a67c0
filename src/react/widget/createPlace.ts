import { createStore, type Store } from '../../store/createStore.js';
import { isCorner, type WidgetCorner } from './corner.js';

/** A corner that outlives the page. */
export type Place = Store<WidgetCorner>;

/**
 * Remembers a corner on this device, where the browser lets it.
 *
 * @param key in `localStorage`; null remembers nothing.
 * @param fallback until another corner is chosen.
 */
export function createPlace(key: string | null, fallback: WidgetCorner): Place {
  const store = createStore(read(key) ?? fallback);
  return {
    ...store,
    set(corner) {
      store.set(corner);
      if (key === null) return;
      try {
        localStorage.setItem(key, corner);
      } catch {
        // A page without storage, or with a full one, forgets.
      }
    },
  };
}

function read(key: string | null): WidgetCorner | null {
  if (key === null || typeof window === 'undefined') return null;
  try {
    const stored = localStorage.getItem(key);
    return isCorner(stored) ? stored : null;
  } catch {
    // The browser keeps storage from this page.
    return null;
  }
}
